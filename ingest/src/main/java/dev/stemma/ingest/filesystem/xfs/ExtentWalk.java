package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Hands out the blocks of a fork: from the list in the inode, or from the tree that starts there
 * ({@code fs/xfs/libxfs/xfs_bmap_btree.c}). Every record must start no earlier than the one before ended; so no node can be
 * used twice, and the walk ends. The tree is walked without recursion.
 */
final class ExtentWalk {

    private static final int MAGIC_V4 = 0x424d4150;
    private static final int MAGIC_V5 = 0x424d4133;
    private static final int RECORD_BYTES = 16;
    private static final int POINTER_BYTES = 8;
    private static final int ROOT_HEADER_BYTES = 4;
    private static final int HEADER_V4_BYTES = 24;
    private static final int HEADER_V5_BYTES = 72;
    private static final int MAX_LEVELS = 9;
    private static final long MAX_BLOCK = 1L << 54;

    private final Inode inode;
    private final Blocks blocks;
    private final long endBlock;
    private final RunSink sink;
    private long next;

    /** Takes runs. */
    interface RunSink {
        /**
         * @param logical first block within the file
         * @param disk where the run lies in the file system, in bytes
         * @param count of blocks, more than 0
         */
        void run(long logical, long disk, long count) throws ImageProblem;
    }

    private ExtentWalk(Inode inode, Blocks blocks, long endBlock, RunSink sink) {
        this.inode = inode;
        this.blocks = blocks;
        this.endBlock = endBlock;
        this.sink = sink;
    }

    /**
     * Hands out all written runs that start below a logical block, in ascending order without overlap; what is not handed out is a
     * hole, preallocated or not.
     */
    static void walk(Inode inode, Fork fork, Blocks blocks, long endBlock, RunSink sink) throws ImageProblem {
        ExtentWalk walk = new ExtentWalk(inode, blocks, endBlock, sink);
        switch (fork.format()) {
            case EXTENTS -> {
                if (fork.extents() < 0 || fork.extents() > fork.area().sizeBytes() / RECORD_BYTES) {
                    throw new Corrupt("bad-value", fork.area().origin(), "counts " + fork.extents() + " extents");
                }
                walk.records(fork.area(), 0, (int) fork.extents());
            }
            case BTREE -> walk.tree(fork);
            case LOCAL, DEVICE -> throw new Corrupt("bad-value", fork.area().origin(), "has no blocks");
        }
    }

    /** An inner node, and how far the walk is in it. */
    private static final class Cursor {
        private final Fields node;
        private final int pointers;
        private final int count;
        private final int level;
        private int index;

        Cursor(Fields node, int pointers, int count, int level) {
            this.node = node;
            this.pointers = pointers;
            this.count = count;
            this.level = level;
        }
    }

    private void tree(Fork fork) throws ImageProblem {
        Fields root = fork.area();
        int level = root.u16(0);
        int room = (root.sizeBytes() - ROOT_HEADER_BYTES) / RECORD_BYTES;
        if (level < 1 || level > MAX_LEVELS || root.u16(2) > room) {
            throw new Corrupt("bad-value", root.origin(), "a tree of " + level + " levels");
        }
        Deque<Cursor> path = new ArrayDeque<>();
        path.push(new Cursor(root, ROOT_HEADER_BYTES + room * POINTER_BYTES, root.u16(2), level));
        while (!path.isEmpty() && next < endBlock) {
            Cursor cursor = path.peek();
            if (cursor.index == cursor.count) {
                path.pop();
                continue;
            }
            long block = cursor.node.i64(cursor.pointers + (long) cursor.index++ * POINTER_BYTES);
            Fields child = node(block, cursor.level - 1);
            int header = headerBytes();
            int count = child.u16(6);
            if (cursor.level == 1) {
                records(child, header, count);
            } else {
                int pointers = header + (child.sizeBytes() - header) / RECORD_BYTES * POINTER_BYTES;
                path.push(new Cursor(child, pointers, count, cursor.level - 1));
            }
        }
    }

    private Fields node(long block, int level) throws ImageProblem {
        Origin at = inode.origin().within("extent tree block " + Long.toUnsignedString(block));
        Fields node = blocks.block(block, at);
        boolean v5 = inode.superblock().version5();
        if ((int) node.u32(0) != (v5 ? MAGIC_V5 : MAGIC_V4) || node.u16(4) != level) {
            throw new Corrupt("bad-magic", at, "is not a node of level " + level + " of an extent tree");
        }
        blocks.verify(node, 64, inode.superblock().offset(block, 1, at), 24, 40, 56, inode.number());
        int count = node.u16(6);
        if (count == 0 || count > (node.sizeBytes() - headerBytes()) / RECORD_BYTES) {
            throw new Corrupt("bad-value", at, "has " + count + " entries");
        }
        return node;
    }

    private int headerBytes() {
        return inode.superblock().version5() ? HEADER_V5_BYTES : HEADER_V4_BYTES;
    }

    /** A record has 1 bit for "never written", 54 for the place in the file, 52 for the block and 21 for the count. */
    private void records(Fields raw, int first, int count) throws ImageProblem {
        for (int i = 0; i < count && next < endBlock; i++) {
            long high = raw.i64(first + (long) i * RECORD_BYTES);
            long low = raw.i64(first + (long) i * RECORD_BYTES + 8);
            long logical = (high & Long.MAX_VALUE) >>> 9;
            long block = (high & 0x1ff) << 43 | low >>> 21;
            long length = low & 0x1fffff;
            if (length == 0 || logical < next || logical > MAX_BLOCK - length) {
                throw new Corrupt("bad-value", raw.origin(), "extent " + i + " overlaps another");
            }
            long disk = inode.superblock().offset(block, length, raw.origin());
            next = logical + length;
            if (high >= 0 && logical < endBlock) {
                sink.run(logical, disk, Math.min(length, endBlock - logical));
            }
        }
    }
}
