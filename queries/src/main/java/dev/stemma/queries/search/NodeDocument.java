package dev.stemma.queries.search;

import dev.stemma.graph.store.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;

/** A directory or chunk of the Merkle graph as a document: what it holds, so that one finds up to it. Not thread-safe. */
final class NodeDocument {

    /** Letters of {@link IndexFields#ENTRY}. */
    static final char DIRECTORY = 'd';

    static final char LINK = 'l';
    static final char LONG_LINK = 'm';

    private static final int MAX_NAME = 8_000;
    private static final int MAX_TERM = 32_000;

    private final Document document = new Document();
    private final List<String> directories = new ArrayList<>();
    private final List<String> chunks;

    /** @param row of {@code search/names} */
    NodeDocument(Row row) {
        String id = row.text("id");
        add(IndexFields.NODE, ImageFeeder.digestBytes(id));
        document.add(new BinaryDocValuesField(
                IndexFields.NODE_ID, new BytesRef(HexFormat.of().parseHex(id))));
        if (!row.flag("directory")) {
            add(IndexFields.CHUNK, new BytesRef(IndexFields.YES));
        }
        row.texts("entries").forEach(this::entry);
        chunks = row.texts("chunks");
        chunks.forEach(chunk -> add(IndexFields.CHILD, child(chunk, "")));
    }

    private void entry(String text) {
        switch (text.charAt(0)) {
            case 'f' -> {
                String name = text.substring(33);
                if (named(name)) {
                    add(IndexFields.CHILD, child(text.substring(1, 33), name));
                }
            }
            case 'd' -> {
                String id = text.substring(1, 65);
                String name = text.substring(65);
                directories.add(id);
                if (named(name)) {
                    add(IndexFields.CHILD, child(id, name));
                    add(IndexFields.ENTRY, directory(name, ImageFeeder.digestBytes(id)));
                }
            }
            case 'l' -> {
                int slash = text.indexOf('/');
                String name = text.substring(1, slash);
                if (named(name)) {
                    BytesRef link = join(prefix(name, LINK), new BytesRef(text.substring(slash + 1)));
                    add(IndexFields.ENTRY, link.length <= MAX_TERM ? link : prefix(name, LONG_LINK));
                }
            }
            default -> named(text.substring(1));
        }
    }

    private boolean named(String name) {
        if (name.length() > MAX_NAME) {
            return false;
        }
        add(IndexFields.FILE_NAME, new BytesRef(name));
        return true;
    }

    private void add(String field, BytesRef term) {
        document.add(new StringField(field, term, Field.Store.NO));
    }

    private static BytesRef child(String id, String name) {
        return join(ImageFeeder.digestBytes(id), new BytesRef(name));
    }

    private static BytesRef directory(String name, BytesRef id) {
        return join(prefix(name, DIRECTORY), id);
    }

    /** What terms of {@link IndexFields#ENTRY} start with. */
    static BytesRef prefix(String name, char kind) {
        return new BytesRef((name + '\0' + kind).getBytes(StandardCharsets.UTF_8));
    }

    static BytesRef join(BytesRef one, BytesRef other) {
        byte[] bytes = new byte[one.length + other.length];
        System.arraycopy(one.bytes, one.offset, bytes, 0, one.length);
        System.arraycopy(other.bytes, other.offset, bytes, one.length, other.length);
        return new BytesRef(bytes);
    }

    Document document() {
        return document;
    }

    /** Ids of the directories in it. */
    List<String> directories() {
        return directories;
    }

    /** Ids of the chunks of it. */
    List<String> chunks() {
        return chunks;
    }
}
