package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;

/**
 * The extent tree of ext4 ("The Contents of inode.i_block", kernel documentation): nodes of at most 5 levels whose keys are
 * logical blocks. Each node must lie within the range of logical blocks that its parent gives it and start no earlier
 * than the one before ended; so no node can be met twice, and the walk ends.
 */
record ExtentTree(Inode inode, Pages pages) implements Mapping {

    private static final int MAGIC = 0xf30a;
    private static final int HEADER_BYTES = 12;
    private static final int ENTRY_BYTES = 12;
    private static final int MAX_DEPTH = 5;
    private static final int MAX_WRITTEN = 32_768;
    private static final long ALL_BLOCKS = 1L << 32;

    @Override
    public void walk(long endBlock, RunSink sink) throws ImageProblem {
        Structure root = inode.map().named(inode.origin().within("extent tree"));
        int depth = root.u16(6);
        if (depth > MAX_DEPTH) {
            throw new Corrupt("bad-value", root.origin(), "it is " + depth + " levels deep");
        }
        new Walk(endBlock, sink).node(root, depth, 0, ALL_BLOCKS);
    }

    private final class Walk {
        private final long endBlock;
        private final RunSink sink;
        private long mapped;

        Walk(long endBlock, RunSink sink) {
            this.endBlock = endBlock;
            this.sink = sink;
        }

        /** Walks the node, whose keys must lie from {@code low} up to before {@code high}. */
        void node(Structure raw, int depth, long low, long high) throws ImageProblem {
            int entries = raw.u16(2);
            int max = raw.u16(4);
            if (raw.u16(0) != MAGIC || raw.u16(6) != depth) {
                throw new Corrupt("bad-magic", raw.origin(), "is not an extent node of depth " + depth);
            }
            if (max > (raw.length() - HEADER_BYTES) / ENTRY_BYTES || entries > max || depth > 0 && entries == 0) {
                throw new Corrupt("bad-value", raw.origin(), "has " + entries + " of " + max + " entries");
            }
            long next = low;
            for (int i = 0; i < entries; i++) {
                int at = HEADER_BYTES + i * ENTRY_BYTES;
                long first = raw.u32(at);
                if (first < next || first >= high) {
                    throw new Corrupt("bad-value", raw.origin(), "entry " + i + " is out of order");
                }
                if (first >= endBlock) {
                    return;
                }
                if (depth == 0) {
                    next = extent(raw, at, first, high);
                } else {
                    long end = i + 1 < entries ? raw.u32(at + ENTRY_BYTES) : high;
                    if (end <= first || end > high) {
                        throw new Corrupt("bad-value", raw.origin(), "entry " + (i + 1) + " is out of order");
                    }
                    child(raw, at, depth - 1, first, end);
                    next = end;
                }
            }
        }

        private long extent(Structure raw, int at, long first, long high) throws ImageProblem {
            int length = raw.u16(at + 4);
            boolean written = length <= MAX_WRITTEN;
            int count = written ? length : length - MAX_WRITTEN;
            long physical = raw.u32(at + 8) | (long) raw.u16(at + 6) << 32;
            if (count == 0 || first + count > high) {
                throw new Corrupt("bad-value", raw.origin(), "an extent of " + count + " blocks overlaps the next");
            }
            inode.superblock().requireBlocks(physical, count, raw.origin());
            mapped += count;
            if (mapped > inode.superblock().blocks()) {
                throw new Corrupt("loop", raw.origin(), "maps more blocks than the file system has");
            }
            if (written) {
                sink.run(first, physical, Math.min(count, endBlock - first));
            }
            return first + count;
        }

        private void child(Structure raw, int at, int depth, long first, long end) throws ImageProblem {
            long block = raw.u32(at + 4) | (long) raw.u16(at + 8) << 32;
            Origin origin = inode.origin().within("extent node in block " + block);
            inode.superblock().requireBlocks(block, 1, origin);
            int blockBytes = inode.superblock().blockBytes();
            Structure child = pages.at(block * blockBytes, blockBytes, origin);
            verify(child);
            node(child, depth, first, end);
        }

        private void verify(Structure node) throws Corrupt {
            if (!inode.superblock().hasRo(Feature.RO_METADATA_CSUM)) {
                return;
            }
            int tail = HEADER_BYTES + node.u16(4) * ENTRY_BYTES;
            if (tail <= node.length() - 4
                    && inode.checksum().bytes(node, 0, tail).value() != node.s32(tail)) {
                throw new Corrupt("bad-checksum", node.origin(), "the extent node's checksum is wrong");
            }
        }
    }
}
