package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.util.Arrays;

/**
 * One thread's way to the store's writer: what is new goes into frames that are gathered and compressed here. Neighbours of a content so stay
 * neighbours, and threads meet only where a frame is written. Not thread-safe; closed by who opened it, before the writer commits.
 */
final class FrameWriter implements AutoCloseable {

    private final StoreWriter writer;
    private final FrameBuilder frames;

    FrameWriter(StoreWriter writer) {
        this.writer = writer;
        this.frames = new FrameBuilder(writer::frame);
    }

    /** Whether the store has a content, or will have it when this run commits. */
    boolean has(Digest content) {
        return writer.has(new ObjectName(ObjectKind.CHUNK, content))
                || writer.has(new ObjectName(ObjectKind.RECIPE, content));
    }

    /**
     * Stores an object, unless it is there.
     *
     * @param lengthBytes 1 to {@link PackForm#MAX_OBJECT_BYTES}
     */
    void put(ObjectName name, byte[] bytes, int offset, int lengthBytes) throws IOException {
        if (lengthBytes < 1 || lengthBytes > PackForm.MAX_OBJECT_BYTES) {
            throw new IllegalArgumentException("no object has " + lengthBytes + " bytes");
        }
        if (!writer.claim(name, lengthBytes)) {
            return;
        }
        if (name.kind() == ObjectKind.RECIPE) {
            writer.recipe(name, Arrays.copyOfRange(bytes, offset, offset + lengthBytes));
        } else {
            frames.add(name, bytes, offset, lengthBytes);
        }
    }

    /** Hands over what is left. */
    void finish() throws IOException {
        frames.finish();
    }

    @Override
    public void close() {
        frames.close();
    }
}
