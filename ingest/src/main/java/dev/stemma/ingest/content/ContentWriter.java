package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.ingest.digest.ContentDigests;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores contents, one after another, in the thread that it belongs to. What the store has already is digested and dropped as far as it fits the
 * buffer; of a longer content each chunk is looked for by itself.
 */
public final class ContentWriter implements AutoCloseable {

    /** Most files are shorter, and a known one then costs its digest alone. */
    private static final int BUFFER_BYTES = 1 << 20;

    private static final int PIECE_BYTES = 1 << 16;

    /** Shorter stretches of zeros are as cheap as bytes of a chunk. */
    private static final int MIN_ZEROS_BYTES = Chunker.MAX_BYTES;

    private static final byte[] ZEROS = new byte[PIECE_BYTES];

    private final FrameWriter frames;
    private final MessageDigest whole = ContentDigests.of(Algorithm.SHA256);
    private final MessageDigest chunk = ContentDigests.of(Algorithm.SHA256);
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private boolean digesting = true;
    private int filled;
    private long sizeBytes;
    private @Nullable RecipeWriter recipe;

    ContentWriter(FrameWriter frames) {
        this.frames = frames;
    }

    /** The next bytes of the content. */
    public void data(byte[] bytes, int offset, int lengthBytes) throws IOException {
        if (digesting) {
            whole.update(bytes, offset, lengthBytes);
        }
        keep(bytes, offset, lengthBytes);
    }

    /** The next stretch is zeros; they are digested and not kept. */
    public void zeros(long lengthBytes) throws IOException {
        for (long left = lengthBytes; digesting && left > 0; left -= PIECE_BYTES) {
            whole.update(ZEROS, 0, (int) Math.min(PIECE_BYTES, left));
        }
        if (lengthBytes < MIN_ZEROS_BYTES) {
            for (long left = lengthBytes; left > 0; left -= PIECE_BYTES) {
                keep(ZEROS, 0, (int) Math.min(PIECE_BYTES, left));
            }
            return;
        }
        cut(true);
        recipe().add(new Recipe.Item(lengthBytes, Optional.empty()));
        sizeBytes += lengthBytes;
    }

    private void keep(byte[] bytes, int offset, int lengthBytes) throws IOException {
        int at = offset;
        int left = lengthBytes;
        while (left > 0) {
            if (filled == buffer.length) {
                cut(false);
            }
            int some = Math.min(left, buffer.length - filled);
            System.arraycopy(bytes, at, buffer, filled, some);
            filled += some;
            at += some;
            left -= some;
        }
        sizeBytes += lengthBytes;
    }

    /**
     * Stores bytes that are no content by themselves, and says as which chunks.
     *
     * @param lengthBytes more than 0
     */
    public List<Chunk> chunks(byte[] bytes, int offset, int lengthBytes) throws IOException {
        List<Chunk> chunks = new ArrayList<>(1 + lengthBytes / Chunker.MIN_BYTES);
        int at = offset;
        while (at < offset + lengthBytes) {
            int length = Chunker.cut(bytes, at, offset + lengthBytes - at);
            chunks.add(new Chunk(put(bytes, at, length), length));
            at += length;
        }
        return chunks;
    }

    /** A chunk that is in the store. */
    public record Chunk(Digest digest, int lengthBytes) {}

    private Digest put(byte[] bytes, int offset, int lengthBytes) throws IOException {
        chunk.update(bytes, offset, lengthBytes);
        Digest digest = Digest.of(chunk.digest());
        frames.put(new ObjectName(ObjectKind.CHUNK, digest), bytes, offset, lengthBytes);
        return digest;
    }

    /** The content has ended. Gives its digest, and is ready for the next one. */
    public Digest end() throws IOException {
        Digest digest = Digest.of(whole.digest());
        end(digest);
        return digest;
    }

    /** A content has ended that was begun with {@link #beginDigested}; ready for the next one. */
    public void end(Digest digest) throws IOException {
        if (sizeBytes > 0 && !(recipe == null && frames.has(digest))) {
            if (recipe == null && Chunker.cut(buffer, 0, filled) == filled) {
                frames.put(new ObjectName(ObjectKind.CHUNK, digest), buffer, 0, filled);
            } else {
                cut(true);
                recipe().finish(digest);
            }
        }
        reset();
    }

    /** Drops a content that broke off; chunks of it may stay in the store until its garbage is collected. */
    public void reset() {
        whole.reset();
        digesting = true;
        filled = 0;
        sizeBytes = 0;
        recipe = null;
    }

    /** The same; who gives the next content digests it too, and ends it with what it came to: that is not done twice. */
    public void beginDigested() {
        reset();
        digesting = false;
    }

    /** Stores the chunks of the buffer. What is left may go on, unless the stretch ends here. */
    private void cut(boolean ends) throws IOException {
        int at = 0;
        while (ends ? at < filled : filled - at >= Chunker.MAX_BYTES) {
            int length = Chunker.cut(buffer, at, filled - at);
            recipe().add(new Recipe.Item(length, Optional.of(put(buffer, at, length))));
            at += length;
        }
        System.arraycopy(buffer, at, buffer, 0, filled - at);
        filled -= at;
    }

    private RecipeWriter recipe() {
        RecipeWriter writer = recipe;
        if (writer == null) {
            writer = new RecipeWriter(frames);
            recipe = writer;
        }
        return writer;
    }

    /** Hands what is gathered to the store's writer; to be called before that commits. */
    public void finish() throws IOException {
        frames.finish();
    }

    /** Frees what it holds; what was not handed over is dropped. */
    @Override
    public void close() {
        frames.close();
    }
}
