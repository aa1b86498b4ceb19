package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;

/**
 * Finds the inode table of a block group by its descriptor. Placement follows {@code descriptor_loc()} in
 * {@code fs/ext4/super.c}: behind the superblock, or with {@code meta_bg} in the groups that they describe; with bigalloc and
 * blocks of 1 KiB, block 0 counts although the superblock lies in block 1. Safe for several threads.
 */
final class Groups {

    private static final int TABLE_LOW = 0x8;
    private static final int TABLE_HIGH = 0x28;
    private static final int CHECKSUM = 0x1e;

    private final Superblock superblock;
    private final Pages pages;
    private volatile Known known = new Known(-1, 0);

    /** What was found last: neighbouring inodes mostly lie in one group. */
    private record Known(long group, long table) {}

    Groups(Superblock superblock, Pages pages) {
        this.superblock = superblock;
        this.pages = pages;
    }

    /**
     * @param group from 0 to the count of groups - 1
     * @return first block of its inode table, all of which lies within the file system
     */
    long inodeTable(long group) throws ImageProblem {
        Known last = known;
        if (last.group != group) {
            last = new Known(group, find(group));
            known = last;
        }
        return last.table;
    }

    private long find(long group) throws ImageProblem {
        Origin at = superblock.origin().within("group " + group + " descriptor");
        int perBlock = superblock.blockBytes() / superblock.descriptorBytes();
        long block = descriptorBlock(group / perBlock, perBlock);
        Structure raw = pages.at(
                block * superblock.blockBytes() + group % perBlock * superblock.descriptorBytes(),
                superblock.descriptorBytes(),
                at);
        verify(raw, group);
        long table = superblock.descriptorBytes() >= 64 ? raw.split(TABLE_LOW, TABLE_HIGH, 4) : raw.u32(TABLE_LOW);
        long tableBlocks =
                Math.ceilDiv(superblock.inodesPerGroup() * superblock.inodeBytes(), (long) superblock.blockBytes());
        superblock.requireBlocks(table, tableBlocks, at);
        return table;
    }

    private long descriptorBlock(long index, int perBlock) {
        int superblockBlock = Superblock.OFFSET_BYTES / superblock.blockBytes();
        if (!superblock.has(Feature.INCOMPAT_META_BG) || index < superblock.firstMetaGroup()) {
            return superblockBlock + 1 + index;
        }
        long group = index * perBlock;
        long skipped = hasSuperblock(group) ? 1 : 0;
        if (superblock.blockBytes() == 1024 && index == 0 && superblock.firstDataBlock() == 0) {
            skipped++;
        }
        return skipped + superblock.firstDataBlock() + group * superblock.blocksPerGroup();
    }

    private boolean hasSuperblock(long group) {
        if (group == 0) {
            return true;
        }
        if ((superblock.compat() & Feature.COMPAT_SPARSE_SUPER2) != 0) {
            return group == superblock.backupGroups()[0] || group == superblock.backupGroups()[1];
        }
        if (group == 1 || !superblock.hasRo(Feature.RO_SPARSE_SUPER)) {
            return true;
        }
        return isPower(group, 3) || isPower(group, 5) || isPower(group, 7);
    }

    private static boolean isPower(long number, long base) {
        long power = base;
        while (power < number) {
            power *= base;
        }
        return power == number;
    }

    private void verify(Structure raw, long group) throws Corrupt {
        int expected;
        if (superblock.hasRo(Feature.RO_METADATA_CSUM)) {
            expected = Checksums.seeded(superblock.seed())
                            .start()
                            .u32(group)
                            .bytes(raw, 0, CHECKSUM)
                            .zeros(2)
                            .bytes(raw, CHECKSUM + 2, raw.length() - CHECKSUM - 2)
                            .value()
                    & 0xffff;
        } else if (superblock.hasRo(Feature.RO_GDT_CSUM)) {
            byte[] number = {(byte) group, (byte) (group >>> 8), (byte) (group >>> 16), (byte) (group >>> 24)};
            expected = Checksums.crc16(0xffff, superblock.uuid(), 0, 16);
            expected = Checksums.crc16(expected, number, 0, 4);
            expected = Checksums.crc16(expected, raw.bytes(), raw.start(), CHECKSUM);
            expected = Checksums.crc16(expected, raw.bytes(), raw.start() + CHECKSUM + 2, raw.length() - CHECKSUM - 2);
        } else {
            return;
        }
        if (expected != raw.u16(CHECKSUM)) {
            throw new Corrupt("bad-checksum", raw.origin(), "the group descriptor's checksum is wrong");
        }
    }
}
