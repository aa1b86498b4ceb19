package dev.stemma.queries.search;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;

/**
 * Brings kept texts into the index, each once, and takes out what is no longer kept, so that a secret that a better rule takes out
 * of a text leaves the index as well. Not thread-safe.
 */
final class TextFeeder {

    private final TextSource source;
    private final IndexWriter writer;
    private final Map<String, String> known;

    /**
     * @param known version of each text that the index has, by digest; kept up to date here
     */
    TextFeeder(TextSource source, IndexWriter writer, Map<String, String> known) {
        this.source = source;
        this.writer = writer;
        this.known = known;
    }

    void feed() throws IOException {
        Map<String, String> kept = source.all();
        Set<String> gone = new HashSet<>(known.keySet());
        gone.removeAll(kept.keySet());
        for (String digest : gone) {
            writer.deleteDocuments(new Term(IndexFields.TEXT, digest));
            known.remove(digest);
        }
        for (Map.Entry<String, String> text : kept.entrySet()) {
            if (!text.getValue().equals(known.get(text.getKey()))) {
                writer.updateDocument(
                        new Term(IndexFields.TEXT, text.getKey()),
                        document(text.getKey(), text.getValue(), source.text(text.getKey())));
                known.put(text.getKey(), text.getValue());
            }
        }
    }

    /** Each line is a value of its own: the gap between values keeps words of different lines from standing side by side. */
    private static Document document(String digest, String version, Optional<String> text) {
        Document document = new Document();
        document.add(new StringField(IndexFields.TEXT, digest, Field.Store.YES));
        document.add(new StoredField(IndexFields.TEXT_VERSION, version));
        text.ifPresent(lines -> lines.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> document.add(new TextField(IndexFields.TEXT_WORDS, line, Field.Store.NO))));
        return document;
    }
}
