package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** A content of the store. Each chunk is held against its digest when it is read. Safe for use by several threads. */
public final class StoredContent {

    private final ContentStore store;
    private final Digest digest;
    private final Recipe recipe;
    private final long sizeBytes;

    /** Takes a content's bytes, in order. */
    public interface Sink {
        /** The next bytes, to be looked at during the call only, and not to be changed, since others look at them too. */
        void data(byte[] bytes, int offset, int lengthBytes) throws IOException;

        /** The next stretch is zeros. */
        void zeros(long lengthBytes) throws IOException;
    }

    private StoredContent(ContentStore store, Digest digest, Recipe recipe) {
        this.store = store;
        this.digest = digest;
        this.recipe = recipe;
        this.sizeBytes = recipe.lengthBytes();
    }

    static StoredContent open(ContentStore store, Digest digest) throws IOException {
        if (digest.equals(Digest.EMPTY)) {
            return new StoredContent(store, digest, new Recipe(0, java.util.List.of()));
        }
        ObjectName recipe = new ObjectName(ObjectKind.RECIPE, digest);
        ObjectName chunk = new ObjectName(ObjectKind.CHUNK, digest);
        if (store.has(chunk)) {
            int length = store.lengthBytes(chunk);
            return new StoredContent(
                    store, digest, new Recipe(0, java.util.List.of(new Recipe.Item(length, Optional.of(digest)))));
        }
        if (store.has(recipe)) {
            return new StoredContent(store, digest, Recipe.parseRecipe(recipe, store.object(recipe)));
        }
        NoSuchFileException missing = new NoSuchFileException("content " + digest);
        if (!store.damagedPacks().names().isEmpty()) {
            throw store.lacking("content " + digest + " is not there", missing);
        }
        throw missing;
    }

    /** Bytes of it. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** What makes it. */
    Recipe recipe() {
        return recipe;
    }

    /**
     * Reads a stretch, in order.
     *
     * @param offsetBytes 0 or more
     * @param lengthBytes 0 or more; the stretch must lie within the content
     */
    public void read(long offsetBytes, long lengthBytes, Sink sink) throws IOException {
        if (offsetBytes < 0 || lengthBytes < 0 || offsetBytes > sizeBytes - lengthBytes) {
            throw new IndexOutOfBoundsException("bytes " + offsetBytes + " to " + (offsetBytes + lengthBytes)
                    + " of content " + digest + ", which has " + sizeBytes);
        }
        if (lengthBytes > 0) {
            read(recipe, offsetBytes, offsetBytes + lengthBytes, sink);
        }
    }

    /** A recipe's level falls with each step, so the depth is bounded. */
    private void read(Recipe part, long from, long to, Sink sink) throws IOException {
        long at = 0;
        for (Recipe.Item item : part.items()) {
            long start = Math.max(from, at);
            long end = Math.min(to, at + item.lengthBytes());
            if (start < end) {
                if (item.object().isEmpty()) {
                    sink.zeros(end - start);
                } else if (part.level() == 0) {
                    try (ContentStore.Stretch chunk = chunk(item)) {
                        sink.data(chunk.bytes(), chunk.offset() + (int) (start - at), (int) (end - start));
                    }
                } else {
                    read(node(part, item), start - at, end - at, sink);
                }
            }
            at += item.lengthBytes();
            if (at >= to) {
                return;
            }
        }
    }

    private ContentStore.Stretch chunk(Recipe.Item item) throws IOException {
        ObjectName name = new ObjectName(ObjectKind.CHUNK, item.object().orElseThrow());
        ContentStore.Stretch chunk = required(name);
        if (chunk.lengthBytes() != item.lengthBytes()) {
            chunk.close();
            throw new DamagedStoreException(name + " has " + chunk.lengthBytes() + " bytes, and content " + digest
                    + " wants " + item.lengthBytes());
        }
        return chunk;
    }

    private ContentStore.Stretch required(ObjectName name) throws IOException {
        try {
            return store.stretch(name);
        } catch (NoSuchFileException e) {
            throw store.lacking("the store lacks " + name + ", a part of content " + digest, e);
        }
    }

    private Recipe node(Recipe above, Recipe.Item item) throws IOException {
        ObjectName name = new ObjectName(ObjectKind.NODE, item.object().orElseThrow());
        Recipe node;
        try (ContentStore.Stretch found = required(name)) {
            node = Recipe.parseNode(name, found.copy());
        }
        if (node.level() != above.level() - 1 || node.lengthBytes() != item.lengthBytes()) {
            throw new DamagedStoreException(name + " is not the part that content " + digest + " has there");
        }
        return node;
    }

    /** All of it as a stream, which needs no closing. */
    public InputStream stream() {
        return new ContentStream(this);
    }
}
