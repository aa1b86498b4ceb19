package dev.stemma.ingest.reference;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Where everything lies in a qcow2 file that is written in one go: header, reference counts, first level, second levels, data, in the order of the
 * disk. Version 3, clusters of 64 KiB, counts of 16 bits. Source: docs/interop/qcow2.txt of QEMU.
 */
final class Qcow2Plan {

    static final int CLUSTER_BITS = 16;
    static final int CLUSTER_BYTES = 1 << CLUSTER_BITS;

    /** What the format allows for a backing file's name. */
    static final int MAX_NAME_BYTES = 1_023;

    private static final int MAGIC = 0x514649fb;
    private static final int HEADER_BYTES = 104;
    private static final int BACKING_FORMAT = 0xe2792aca;
    private static final int REFCOUNT_ORDER = 4;
    private static final int REFCOUNTS = CLUSTER_BYTES / 2;
    private static final int ENTRIES = CLUSTER_BYTES / 8;
    private static final int SECTOR_BYTES = 512;

    /** The cluster that is named belongs to nothing else. */
    private static final long OWNED = 1L << 63;

    private static final long ZERO = 1;

    private final long sizeBytes;
    private final BitSet differing;
    private final BitSet data;
    private final int levels;
    private final long levelsAt;
    private final long countsAt;
    private final int countBlocks;
    private final long firstAt;
    private final long dataAt;
    private final long clusters;

    /** @param sizeBytes of the disk as a guest sees it */
    Qcow2Plan(long sizeBytes, DiskDifference difference) {
        // QEMU's disks are of whole sectors; it pads a raw one in the same way.
        this.sizeBytes = (sizeBytes + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;
        this.differing = difference.differing();
        this.data = difference.data();
        this.levels = secondLevels();
        long firstClusters = clusters(firstEntries() * 8L);
        long rest = 1 + firstClusters + levels + data.cardinality();
        long blocks = 0;
        long table = 0;
        for (long before = -1; before != blocks + table; ) {
            before = blocks + table;
            blocks = (rest + before + REFCOUNTS - 1) / REFCOUNTS;
            table = clusters(blocks * 8);
        }
        this.countBlocks = (int) blocks;
        this.countsAt = 1 + table;
        this.firstAt = countsAt + blocks;
        this.levelsAt = firstAt + firstClusters;
        this.dataAt = levelsAt + levels;
        this.clusters = rest + blocks + table;
    }

    private static long clusters(long bytes) {
        return (bytes + CLUSTER_BYTES - 1) >> CLUSTER_BITS;
    }

    private int firstEntries() {
        return (int) Math.max(1, (clusters(sizeBytes) + ENTRIES - 1) / ENTRIES);
    }

    private int secondLevels() {
        int count = 0;
        for (int at = differing.nextSetBit(0); at >= 0; at = nextLevel(at)) {
            count++;
        }
        return count;
    }

    /** The first differing cluster of the next second level that has any. */
    private int nextLevel(int cluster) {
        return differing.nextSetBit((cluster / ENTRIES + 1) * ENTRIES);
    }

    /** Length of the file. */
    long fileBytes() {
        return clusters << CLUSTER_BITS;
    }

    /** Where the data begin in the file; clusters with data lie there one behind the other. */
    long dataAt() {
        return dataAt << CLUSTER_BITS;
    }

    /** The first cluster of the file. */
    ByteBuffer header(byte[] backingName, String backingFormat) {
        byte[] format = backingFormat.getBytes(StandardCharsets.US_ASCII);
        int padded = (format.length + 7) / 8 * 8;
        int nameAt = HEADER_BYTES + 8 + padded + 8;
        ByteBuffer header = ByteBuffer.allocate(nameAt + backingName.length);
        header.putInt(MAGIC).putInt(3).putLong(nameAt).putInt(backingName.length);
        header.putInt(CLUSTER_BITS).putLong(sizeBytes).putInt(0);
        header.putInt(firstEntries()).putLong(firstAt << CLUSTER_BITS);
        header.putLong(1L << CLUSTER_BITS).putInt((int) (countsAt - 1));
        header.putInt(0).putLong(0); // no snapshots
        header.putLong(0).putLong(0).putLong(0); // no features beyond the format's own
        header.putInt(REFCOUNT_ORDER).putInt(HEADER_BYTES);
        header.putInt(BACKING_FORMAT).putInt(format.length).put(format);
        header.position(nameAt).put(backingName);
        return header.flip();
    }

    /** Takes pieces of the file, each not longer than a cluster. */
    interface Sink<E extends Exception> {
        void write(ByteBuffer bytes, long at) throws E;
    }

    /** All tables. */
    <E extends Exception> void tables(Sink<E> out) throws E {
        counts(out);
        levels(out);
    }

    private <E extends Exception> void counts(Sink<E> out) throws E {
        for (long block = 0; block < countBlocks; block++) {
            ByteBuffer entry = ByteBuffer.allocate(8).putLong((countsAt + block) << CLUSTER_BITS);
            out.write(entry.flip(), CLUSTER_BYTES + block * 8);
            ByteBuffer counts = ByteBuffer.allocate(CLUSTER_BYTES);
            for (long one = block * REFCOUNTS; one < Math.min(clusters, (block + 1) * REFCOUNTS); one++) {
                counts.putShort((short) 1);
            }
            out.write(counts.flip(), (countsAt + block) << CLUSTER_BITS);
        }
    }

    private <E extends Exception> void levels(Sink<E> out) throws E {
        long level = levelsAt;
        long next = dataAt;
        for (int at = differing.nextSetBit(0); at >= 0; at = nextLevel(at)) {
            int first = at / ENTRIES;
            ByteBuffer entry = ByteBuffer.allocate(8).putLong(level << CLUSTER_BITS | OWNED);
            out.write(entry.flip(), (firstAt << CLUSTER_BITS) + first * 8L);
            ByteBuffer entries = ByteBuffer.allocate(CLUSTER_BYTES);
            for (int i = 0; i < ENTRIES; i++) {
                int cluster = first * ENTRIES + i;
                if (data.get(cluster)) {
                    entries.putLong(next++ << CLUSTER_BITS | OWNED);
                } else {
                    entries.putLong(differing.get(cluster) ? ZERO : 0);
                }
            }
            out.write(entries.flip(), level++ << CLUSTER_BITS);
        }
    }
}
