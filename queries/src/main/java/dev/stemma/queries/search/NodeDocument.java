package dev.stemma.queries.search;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.Chunk;
import dev.stemma.graph.tree.TreeEntry;
import dev.stemma.graph.tree.TreeNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;

/** A directory or chunk of the Merkle graph as a document: what it holds, so that one finds up to it, and down without asking the graph. Not thread-safe. */
final class NodeDocument {

    /** Letters of {@link IndexFields#ENTRY}. */
    static final char DIRECTORY = 'd';

    static final char LINK = 'l';
    static final char LONG_LINK = 'm';

    private static final int MAX_NAME = 8_000;
    private static final int MAX_TERM = 32_000;

    private final Document document = new Document();
    private final List<String> directories = new ArrayList<>();
    private final List<String> chunks = new ArrayList<>();

    NodeDocument(TreeNode node) {
        add(IndexFields.NODE, ImageFeeder.digestBytes(node.id()));
        document.add(new BinaryDocValuesField(
                IndexFields.NODE_ID, new BytesRef(node.id().bytes())));
        if (node instanceof Chunk) {
            add(IndexFields.CHUNK, new BytesRef(IndexFields.YES));
        }
        byte[] whole = NodeBytes.of(node);
        if (whole.length <= MAX_TERM) {
            document.add(new BinaryDocValuesField(IndexFields.HELD, new BytesRef(whole)));
        }
        switch (node.content()) {
            case TreeNode.Content.Entries held -> held.entries().forEach(this::entry);
            case TreeNode.Content.Chunks held ->
                held.ids().forEach(chunk -> {
                    chunks.add(chunk.hex());
                    add(IndexFields.CHILD, ImageFeeder.digestBytes(chunk));
                });
        }
    }

    private void entry(TreeEntry entry) {
        String name = entry.name().escaped();
        boolean named = named(name);
        switch (entry.child()) {
            case Child.File file when named -> add(IndexFields.CHILD, child(file.content(), name));
            case Child.Directory directory -> {
                directories.add(directory.id().hex());
                if (named) {
                    BytesRef id = ImageFeeder.digestBytes(directory.id());
                    add(IndexFields.CHILD, child(directory.id(), name));
                    add(IndexFields.ENTRY, join(prefix(name, DIRECTORY), id));
                }
            }
            case Child.Link link
            when named -> {
                BytesRef term =
                        join(prefix(name, LINK), new BytesRef(link.target().escaped()));
                add(IndexFields.ENTRY, term.length <= MAX_TERM ? term : prefix(name, LONG_LINK));
            }
            case Child.File _, Child.Link _, Child.UnreadFile _, Child.Device _, Child.Pipe _, Child.Socket _ -> {}
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

    private static BytesRef child(Digest id, String name) {
        return join(ImageFeeder.digestBytes(id), new BytesRef(name));
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
