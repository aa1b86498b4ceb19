package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * The bytes of a file system as they are once its journal is replayed. Nothing is written and nothing is kept but numbers: a
 * replayed block is read from the journal, where it lies. Safe for several threads; closing it does nothing.
 */
final class ReplayedSource implements ByteSource {

    private static final byte[] MAGIC = {(byte) 0xc0, 0x3b, 0x39, (byte) 0x98};

    private final ByteSource disk;
    private final int blockBytes;
    private final long[] blocks;
    private final long[] places;

    /**
     * @param disk the bytes as they are
     * @param replayed where each replayed block lies in the disk
     */
    ReplayedSource(ByteSource disk, int blockBytes, SortedMap<Long, Place> replayed) {
        this.disk = disk;
        this.blockBytes = blockBytes;
        this.blocks = replayed.keySet().stream().mapToLong(Long::longValue).toArray();
        this.places = replayed.values().stream()
                .mapToLong(place -> place.offsetBytes() << 1 | (place.escaped() ? 1 : 0))
                .toArray();
    }

    /**
     * Where the journal holds a block.
     *
     * @param escaped whether its first four bytes, which are a journal's magic number, stand there as zeros
     */
    record Place(long offsetBytes, boolean escaped) {}

    /** How many blocks come from the journal. */
    int replayedBlocks() {
        return blocks.length;
    }

    @Override
    public long sizeBytes() {
        return disk.sizeBytes();
    }

    @Override
    public Origin origin() {
        return disk.origin();
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
        disk.read(offsetBytes, target);
        long end = offsetBytes + target.byteSize();
        int found = Arrays.binarySearch(blocks, offsetBytes / blockBytes);
        for (int i = found < 0 ? -found - 1 : found; i < blocks.length && blocks[i] * blockBytes < end; i++) {
            long start = blocks[i] * blockBytes;
            long from = Math.max(offsetBytes, start);
            long to = Math.min(end, start + blockBytes);
            disk.read((places[i] >>> 1) + from - start, target.asSlice(from - offsetBytes, to - from));
            if ((places[i] & 1) != 0) {
                for (long at = from; at < Math.min(to, start + MAGIC.length); at++) {
                    target.set(ValueLayout.JAVA_BYTE, at - offsetBytes, MAGIC[(int) (at - start)]);
                }
            }
        }
    }

    /** All of it is data: a replayed block may lie in what is a hole of the disk. */
    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
        disk.extents(offsetBytes, lengthBytes);
        return lengthBytes == 0 ? List.of() : List.of(new Extent(offsetBytes, lengthBytes, false));
    }

    /** A replayed block lies in the journal, and may stand there in another form: it has no place. */
    @Override
    public boolean trace(long offsetBytes, long lengthBytes, Trace trace) throws ImageProblem {
        int found = Arrays.binarySearch(blocks, offsetBytes / blockBytes);
        int next = found < 0 ? -found - 1 : found;
        boolean replayed = next < blocks.length && blocks[next] * blockBytes < offsetBytes + lengthBytes;
        return !replayed && disk.trace(offsetBytes, lengthBytes, trace);
    }

    @Override
    public void close() {}
}
