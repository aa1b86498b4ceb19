package dev.stemma.ingest.content;

import com.github.luben.zstd.Zstd;
import dev.stemma.ingest.digest.ContentDigests;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Tells before anything is stored whether it plainly does not fit: from samples of it, which are compressed, and looked for in the store. Where it is not plain, storing tells.
 * Not thread-safe.
 */
public final class SpaceEstimate {

    /** What a check-in of nothing new takes: a manifest, a list of packs, directories. */
    private static final long LEAST_BYTES = 1 << 20;

    /** Samples do not see what of an image is there twice. */
    private static final double PLAINLY = 2;

    /** Of an image that shares as much with the store, nobody knows how much is new before it is read. */
    private static final double RELATED_SHARE = 0.01;

    private static final int BLOCK_BYTES = 4 << 10;
    private static final int LEVEL = 3;
    private static final byte[] ZEROS = new byte[BLOCK_BYTES];

    private final ContentStore store;
    private long sampledBytes;
    private long compressedBytes;
    private long chunkBytes;
    private long knownBytes;

    public SpaceEstimate(ContentStore store) {
        this.store = store;
    }

    /**
     * Whether samples are wanted: not, where all of it fits however it compresses, and where nobody knows how much is free.
     *
     * @param dataBytes of what is to be stored, some of which may be zeros
     * @throws StoreFullException when next to nothing is free
     */
    public boolean wantsSamples(long dataBytes) throws IOException {
        OptionalLong free = store.freeBytes();
        if (free.isPresent() && free.getAsLong() < LEAST_BYTES) {
            throw new StoreFullException("the content store has " + megabytes(free.getAsLong()) + " free");
        }
        return free.isPresent() && free.getAsLong() < dataBytes;
    }

    /** A sample, from anywhere; the array is changed. */
    public void sample(byte[] bytes, int lengthBytes) {
        sampledBytes += lengthBytes;
        int filled = 0;
        for (int at = 0; at < lengthBytes; at += BLOCK_BYTES) {
            int length = Math.min(BLOCK_BYTES, lengthBytes - at);
            if (Arrays.mismatch(bytes, at, at + length, ZEROS, 0, length) >= 0) {
                System.arraycopy(bytes, at, bytes, filled, length);
                filled += length;
            }
        }
        if (filled == 0) {
            return;
        }
        compressedBytes += Zstd.compress(Arrays.copyOf(bytes, filled), LEVEL).length;
        for (int at = 0; at < filled; ) {
            int length = Chunker.cut(bytes, at, filled - at);
            chunkBytes += length;
            byte[] chunk = Arrays.copyOfRange(bytes, at, at + length);
            if (store.has(new ObjectName(ObjectKind.CHUNK, ContentDigests.sha256(chunk)))) {
                knownBytes += length;
            }
            at += length;
        }
    }

    /**
     * All samples were given.
     *
     * @throws StoreFullException when it plainly does not fit
     */
    public void require(long dataBytes) throws IOException {
        OptionalLong free = store.freeBytes();
        if (free.isEmpty() || sampledBytes == 0 || knownBytes > RELATED_SHARE * chunkBytes) {
            return;
        }
        long wanted = (long) ((double) compressedBytes / sampledBytes * dataBytes);
        if (wanted > PLAINLY * free.getAsLong()) {
            throw new StoreFullException("the content store has " + megabytes(free.getAsLong())
                    + " free, and nothing of the image, which takes some " + megabytes(wanted) + " there");
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
