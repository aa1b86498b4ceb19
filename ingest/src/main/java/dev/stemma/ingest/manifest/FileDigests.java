package dev.stemma.ingest.manifest;

import dev.stemma.graph.id.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a manifest's section says of its regular files, to be asked by inode: some 70 bytes of memory a file. Filled by one thread;
 * afterwards safe for use by several.
 */
public final class FileDigests {

    private static final int ROW_LONGS = 7;
    private static final int CHUNK_ROWS = 1 << 12;

    /** In the place of a size: names of one inode that contradict each other, so nothing is known of it. */
    private static final long CONTRADICTED = -1;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final List<long[]> chunks = new ArrayList<>();

    /** Row numbers plus one by hash of the inode, 0 where there is none; a power of two, at most half full. */
    private int[] slots = new int[1 << 10];

    private int rows;

    /** Adds a name of a file; several of one inode must say the same. */
    void add(long inode, long sizeBytes, long modifiedNanos, Digest digest) {
        int row = find(inode);
        if (row >= 0) {
            long[] chunk = chunk(row);
            int at = at(row);
            if (chunk[at + 1] != sizeBytes
                    || chunk[at + 2] != modifiedNanos
                    || !digest(chunk, at).equals(digest)) {
                chunk[at + 1] = CONTRADICTED;
            }
            return;
        }
        if (rows % CHUNK_ROWS == 0) {
            chunks.add(new long[CHUNK_ROWS * ROW_LONGS]);
        }
        long[] chunk = chunk(rows);
        int at = at(rows);
        chunk[at] = inode;
        chunk[at + 1] = sizeBytes;
        chunk[at + 2] = modifiedNanos;
        chunk[at + 3] = digest.a();
        chunk[at + 4] = digest.b();
        chunk[at + 5] = digest.c();
        chunk[at + 6] = digest.d();
        rows++;
        if (rows > slots.length / 2) {
            slots = new int[slots.length * 2];
            for (int i = 0; i < rows; i++) {
                enter(i);
            }
        } else {
            enter(rows - 1);
        }
    }

    /** How many inodes are known. */
    public int count() {
        return rows;
    }

    /**
     * The digest of a file's content, if the section has a file of that inode, size and time of modification.
     *
     * @param modifiedNanos as {@link #nanos} has it
     */
    public Optional<Digest> find(long inode, long sizeBytes, long modifiedNanos) {
        int row = find(inode);
        if (row < 0) {
            return Optional.empty();
        }
        long[] chunk = chunk(row);
        int at = at(row);
        return chunk[at + 1] == sizeBytes && chunk[at + 2] == modifiedNanos
                ? Optional.of(digest(chunk, at))
                : Optional.empty();
    }

    /** Times as one number, for comparison alone: those more than 292 years from 1970 may share one. */
    public static long nanos(Instant time) {
        return nanos(time.getEpochSecond(), time.getNano());
    }

    static long nanos(long seconds, long nanos) {
        return seconds * 1_000_000_000L + nanos;
    }

    private int find(long inode) {
        for (int slot = slot(inode); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
            int row = slots[slot] - 1;
            if (chunk(row)[at(row)] == inode) {
                return row;
            }
        }
        return -1;
    }

    private void enter(int row) {
        int slot = slot(chunk(row)[at(row)]);
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = row + 1;
    }

    /** A guest chooses its inode numbers, and must not choose where they go: the last step of MurmurHash3, from a random start. */
    private int slot(long inode) {
        long hash = inode ^ seed;
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return (int) (hash ^ hash >>> 33) & slots.length - 1;
    }

    private long[] chunk(int row) {
        return chunks.get(row / CHUNK_ROWS);
    }

    private static int at(int row) {
        return row % CHUNK_ROWS * ROW_LONGS;
    }

    private static Digest digest(long[] chunk, int at) {
        return new Digest(chunk[at + 3], chunk[at + 4], chunk[at + 5], chunk[at + 6]);
    }
}
