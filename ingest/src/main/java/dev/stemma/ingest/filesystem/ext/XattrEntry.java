package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.util.ArrayList;
import java.util.List;

/**
 * One extended attribute as stored, in the inode or in its attribute block ("Extended Attributes", kernel documentation).
 *
 * @param namespace number of the name's prefix
 * @param name the rest of the name
 * @param valueInode inode that holds the value; 0 when it lies in {@code area}
 * @param valueOffset in {@code area}
 * @param valueBytes length of the value
 */
record XattrEntry(int namespace, byte[] name, long valueInode, int valueOffset, int valueBytes, Structure area) {

    static final int NAMESPACE_SYSTEM = 7;

    private static final int MAGIC = 0xea020000;
    private static final int BLOCK_HEADER_BYTES = 32;
    private static final int BLOCK_CHECKSUM = 0x10;
    private static final int ENTRY_BYTES = 16;
    private static final int MAX_VALUE_BYTES = 64 << 10;

    /** Those behind the fixed part of a large inode. */
    static List<XattrEntry> inBody(Inode inode) throws Corrupt {
        int start = Inode.OLD_BYTES + inode.extraBytes();
        int room = inode.superblock().inodeBytes() - start - 4;
        if (inode.superblock().inodeBytes() == Inode.OLD_BYTES
                || room < 4
                || inode.raw().s32(start) != MAGIC) {
            return List.of();
        }
        Origin at = inode.origin().within("attributes");
        return parse(inode.raw().part(start + 4, room).named(at), 0);
    }

    /** Those in the inode's attribute block. */
    static List<XattrEntry> inBlock(Inode inode, Pages pages) throws ImageProblem {
        long block = inode.aclBlock();
        if (block == 0) {
            return List.of();
        }
        Origin at = inode.origin().within("attributes in block " + block);
        Superblock superblock = inode.superblock();
        superblock.requireBlocks(block, 1, at);
        Structure raw = pages.at(block * superblock.blockBytes(), superblock.blockBytes(), at);
        if (raw.s32(0) != MAGIC) {
            throw new Corrupt("bad-magic", at, "is not a block of attributes");
        }
        if (superblock.hasRo(Feature.RO_METADATA_CSUM)) {
            int sum = Checksums.seeded(superblock.seed())
                    .start()
                    .u32(block)
                    .u32(block >>> 32)
                    .bytes(raw, 0, BLOCK_CHECKSUM)
                    .zeros(4)
                    .bytes(raw, BLOCK_CHECKSUM + 4, raw.length() - BLOCK_CHECKSUM - 4)
                    .value();
            if (sum != raw.s32(BLOCK_CHECKSUM)) {
                throw new Corrupt("bad-checksum", at, "the attribute block's checksum is wrong");
            }
        }
        return parse(raw, BLOCK_HEADER_BYTES);
    }

    private static List<XattrEntry> parse(Structure area, int first) throws Corrupt {
        List<XattrEntry> entries = new ArrayList<>();
        int at = first;
        while (at <= area.length() - 4 && area.s32(at) != 0) {
            int nameBytes = area.u8(at);
            long inode = area.u32(at + 4);
            long size = area.u32(at + 8);
            int offset = area.u16(at + 2);
            if (size > MAX_VALUE_BYTES || inode == 0 && size > 0 && offset > area.length() - size) {
                throw new Corrupt("out-of-bounds", area.origin(), "a value of " + size + " bytes lies at " + offset);
            }
            byte[] name = area.copy(at + ENTRY_BYTES, nameBytes);
            entries.add(new XattrEntry(area.u8(at + 1), name, inode, offset, (int) size, area));
            at += ENTRY_BYTES + (nameBytes + 3 & ~3);
        }
        return entries;
    }

    /** The value as stored; only when it lies in the area. */
    Structure storedValue() throws Corrupt {
        return valueBytes == 0 ? area.part(0, 0) : area.part(valueOffset, valueBytes);
    }
}
