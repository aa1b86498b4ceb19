package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;

/**
 * Extended attributes in blocks of their own ({@code fs/xfs/libxfs/xfs_attr_leaf.c} and {@code xfs_attr_remote.c}): one leaf, or the leaves of
 * a tree, which are chained; values too large for a leaf lie in blocks of their own. Not thread-safe.
 */
final class AttributeBlocks {

    private static final int LEAF_V4 = 0xfbee;
    private static final int LEAF_V5 = 0x3bee;
    private static final int NODE_V4 = 0xfebe;
    private static final int NODE_V5 = 0x3ebe;
    private static final int MAX_LEVELS = 5;
    private static final int MAX_VALUE_BYTES = 64 << 10;
    private static final int MAX_ALL_BYTES = 16 << 20;
    private static final int REMOTE_MAGIC = 0x5841524d;
    private static final int REMOTE_HEADER_BYTES = 56;
    private static final long ALL_BLOCKS = 1L << 32;

    private final Inode inode;
    private final Blocks blocks;
    private final ForkMap map;
    private final boolean v5;
    private final int header;
    private long valueBytes;

    AttributeBlocks(Inode inode, Fork fork, Blocks blocks) throws ImageProblem {
        this.inode = inode;
        this.blocks = blocks;
        this.map = new ForkMap(inode, fork, blocks, ALL_BLOCKS);
        this.v5 = inode.superblock().version5();
        // What all blocks of attributes and of the tree above them begin with.
        this.header = v5 ? 56 : 12;
    }

    void addTo(SortedMap<GuestName, GuestName> seen) throws ImageProblem {
        Set<Long> met = new HashSet<>();
        Fields leaf = firstLeaf();
        while (true) {
            entries(leaf, seen);
            long next = leaf.u32(0);
            if (next == 0) {
                return;
            }
            if (!met.add(next)) {
                throw new Corrupt("loop", leaf.origin(), "the leaves of attributes form a circle");
            }
            leaf = block(next);
            requireLeaf(leaf);
        }
    }

    private Fields firstLeaf() throws ImageProblem {
        Fields block = block(0);
        for (int level = 0; block.u16(8) == (v5 ? NODE_V5 : NODE_V4); level++) {
            if (level == MAX_LEVELS || block.u16(header) == 0) {
                throw new Corrupt("bad-value", block.origin(), "is no node of a tree of attributes");
            }
            block = block(block.u32(header + (v5 ? 8 : 4) + 4));
        }
        requireLeaf(block);
        return block;
    }

    private void requireLeaf(Fields block) throws Corrupt {
        if (block.u16(8) != (v5 ? LEAF_V5 : LEAF_V4)) {
            throw new Corrupt("bad-magic", block.origin(), "is not a leaf of attributes");
        }
    }

    private Fields block(long logical) throws ImageProblem {
        Origin at = inode.origin().within("attribute block " + logical);
        Fields block = map.read(logical, 1, at);
        blocks.verify(block, 12, map.offset(logical), 16, 32, 48, inode.number());
        return block;
    }

    private void entries(Fields leaf, SortedMap<GuestName, GuestName> seen) throws ImageProblem {
        int count = leaf.u16(header);
        int first = v5 ? 80 : 32;
        for (int i = 0; i < count; i++) {
            int index = leaf.u16(first + i * 8L + 4);
            int flags = leaf.u8(first + i * 8L + 6);
            Attribute attribute;
            if ((flags & Attribute.LOCAL) != 0) {
                int size = leaf.u16(index);
                int nameBytes = leaf.u8(index + 2);
                attribute = new Attribute(
                        flags,
                        leaf.bytes(index + 3, nameBytes),
                        () -> leaf.bytes(index + 3L + nameBytes, size),
                        leaf.origin());
            } else {
                long start = leaf.u32(index);
                long size = leaf.u32(index + 4);
                attribute = new Attribute(
                        flags, leaf.bytes(index + 9, leaf.u8(index + 8)), () -> remote(start, size), leaf.origin());
            }
            attribute.addTo(seen);
        }
    }

    /** A value in blocks of its own, which have a header with version 5. */
    private byte[] remote(long start, long size) throws ImageProblem {
        Origin at = inode.origin().within("attribute value in block " + start);
        if (size > MAX_VALUE_BYTES) {
            throw new Corrupt("bad-value", at, "has " + size + " bytes");
        }
        valueBytes += size;
        if (valueBytes > MAX_ALL_BYTES) {
            throw new OverBudget("size-limit", at, "the attributes have more than " + MAX_ALL_BYTES + " bytes");
        }
        byte[] value = new byte[(int) size];
        int skip = v5 ? REMOTE_HEADER_BYTES : 0;
        long block = start;
        for (int done = 0; done < size; block++) {
            Fields raw = map.read(block, 1, at);
            int count = (int) Math.min(raw.sizeBytes() - skip, size - done);
            if (v5) {
                blocks.verify(raw, 12, map.offset(block), 40, 16, 32, inode.number());
                if ((int) raw.u32(0) != REMOTE_MAGIC || raw.u32(4) != done || raw.u32(8) != count) {
                    throw new Corrupt("bad-value", at, "is not this part of a value");
                }
            }
            System.arraycopy(raw.bytes(skip, count), 0, value, done, count);
            done += count;
        }
        return value;
    }
}
