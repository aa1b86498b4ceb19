package dev.stemma.ingest.filesystem.ext;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the primary superblock says, checked: sizes are powers of two within the format's range, counts agree with each
 * other and with the bytes there are.
 *
 * @param facts type, label and so on, for people
 * @param blockBytes 1024 to 65536
 * @param blocks count of blocks; the last is {@code blocks - 1}
 * @param firstDataBlock 1 with blocks of 1 KiB (0 with bigalloc), else 0
 * @param groups count of block groups
 * @param inodeBytes size of an inode on disk, 128 to the block size
 * @param descriptorBytes size of a group descriptor
 * @param seed of CRC-32C checksums
 * @param journalInode inode of the journal; 0 when it lies on another device or there is none
 */
record Superblock(
        Origin origin,
        FileSystem facts,
        int compat,
        int incompat,
        int roCompat,
        int blockBytes,
        long blocks,
        int firstDataBlock,
        long blocksPerGroup,
        long groups,
        long inodes,
        long inodesPerGroup,
        int inodeBytes,
        int descriptorBytes,
        long firstMetaGroup,
        long[] backupGroups,
        boolean hurd,
        byte[] uuid,
        int seed,
        long journalInode) {

    static final int OFFSET_BYTES = 1024;
    static final int LENGTH_BYTES = 1024;
    static final int MAGIC_OFFSET = 0x38;
    static final int MAGIC = 0xef53;

    private static final int CREATOR_HURD = 1;
    private static final int CHECKSUM_CRC32C = 1;

    static Superblock parse(Structure raw, Origin place, long sourceBytes) throws ImageProblem {
        Origin at = place.within("superblock");
        if (raw.u16(MAGIC_OFFSET) != MAGIC) {
            throw new Corrupt("bad-magic", at, "the superblock does not carry ext's magic number");
        }
        int compat = raw.s32(0x5c);
        int incompat = raw.s32(0x60);
        int roCompat = raw.s32(0x64);
        refuse(incompat, at);
        boolean checksummed = (roCompat & Feature.RO_METADATA_CSUM) != 0;
        if (checksummed) {
            verify(raw, at);
        }
        require(raw.u32(0x18) <= 6, at, "block size is 2^" + raw.u32(0x18) + " KiB");
        int blockBytes = 1024 << raw.s32(0x18);
        boolean wide = (incompat & Feature.INCOMPAT_64BIT) != 0;
        long blocks = wide ? raw.split(0x4, 0x150, 4) : raw.u32(0x4);
        require(blocks > 0 && blocks <= Long.MAX_VALUE / blockBytes, at, "it counts " + blocks + " blocks");
        long sizeBytes = blocks * blockBytes;
        if (sizeBytes > sourceBytes) {
            throw new Corrupt(
                    "truncated",
                    at,
                    "the file system has " + sizeBytes + " bytes, and only " + sourceBytes + " are there");
        }
        boolean bigalloc = (roCompat & Feature.RO_BIGALLOC) != 0;
        long firstDataBlock = raw.u32(0x14);
        require(
                firstDataBlock == (blockBytes == 1024 && !bigalloc ? 1 : 0)
                        || bigalloc && blockBytes == 1024 && firstDataBlock == 1,
                at,
                "first data block is " + firstDataBlock);
        long clusterRatio = 1;
        if (bigalloc) {
            long shift = raw.u32(0x1c) - raw.u32(0x18);
            require(shift >= 0 && shift <= 20, at, "cluster size is 2^" + raw.u32(0x1c) + " KiB");
            clusterRatio = 1L << shift;
        }
        long blocksPerGroup = raw.u32(0x20);
        require(
                blocksPerGroup > 0 && blocksPerGroup <= 8L * blockBytes * clusterRatio,
                at,
                "a group has " + blocksPerGroup + " blocks");
        long groups = Math.ceilDiv(blocks - firstDataBlock, blocksPerGroup);
        int revision = raw.s32(0x4c);
        int inodeBytes = revision == 0 ? 128 : raw.u16(0x58);
        require(
                inodeBytes >= 128 && inodeBytes <= blockBytes && Integer.bitCount(inodeBytes) == 1,
                at,
                "an inode has " + inodeBytes + " bytes");
        long inodes = raw.u32(0x0);
        long inodesPerGroup = raw.u32(0x28);
        require(
                inodesPerGroup > 0 && inodesPerGroup <= 8L * blockBytes,
                at,
                "a group has " + inodesPerGroup + " inodes");
        require(
                inodes == groups * inodesPerGroup,
                at,
                inodes + " inodes in " + groups + " groups of " + inodesPerGroup);
        int descriptorBytes = wide ? raw.u16(0xfe) : 32;
        require(
                descriptorBytes >= 32 && descriptorBytes <= 1024 && Integer.bitCount(descriptorBytes) == 1,
                at,
                "a group descriptor has " + descriptorBytes + " bytes");
        byte[] uuid = raw.copy(0x68, 16);
        int seed = (incompat & Feature.INCOMPAT_CSUM_SEED) != 0 ? raw.s32(0x270) : Checksums.seedOf(uuid);
        long free = (wide ? raw.split(0xc, 0x158, 4) : raw.u32(0xc)) * clusterRatio;
        // Linux counts anew when it mounts what was not unmounted: until then the counter is old.
        boolean counted = (incompat & Feature.INCOMPAT_RECOVER) == 0;
        FileSystem facts = new FileSystem(
                Feature.type(compat, incompat, roCompat),
                uuidText(uuid),
                Optional.of(raw.text(0x78, 16))
                        .filter(label -> label.length > 0)
                        .map(label -> GuestName.of(label).escaped()),
                createdAt(raw),
                sizeBytes,
                counted && free >= 0 && free <= blocks ? Optional.of((blocks - free) * blockBytes) : Optional.empty(),
                "java");
        return new Superblock(
                place.within(facts.type()),
                facts,
                compat,
                incompat,
                roCompat,
                blockBytes,
                blocks,
                (int) firstDataBlock,
                blocksPerGroup,
                groups,
                inodes,
                inodesPerGroup,
                inodeBytes,
                descriptorBytes,
                raw.u32(0x104),
                new long[] {raw.u32(0x24c), raw.u32(0x250)},
                raw.s32(0x48) == CREATOR_HURD,
                uuid,
                seed,
                raw.u32(0xe0));
    }

    boolean has(int incompatBit) {
        return (incompat & incompatBit) != 0;
    }

    boolean hasRo(int roCompatBit) {
        return (roCompat & roCompatBit) != 0;
    }

    /** Requires that a run of blocks lies within the file system and not on its first block, where no file can lie. */
    void requireBlocks(long first, long count, Origin at) throws Corrupt {
        if (first <= firstDataBlock || count < 0 || first > blocks - count) {
            throw new Corrupt(
                    "out-of-bounds", at, "points to " + count + " blocks from block " + first + " of " + blocks);
        }
    }

    private static void refuse(int incompat, Origin at) throws Unsupported {
        if ((incompat & Feature.INCOMPAT_JOURNAL_DEV) != 0) {
            throw new Unsupported("unsupported-feature", at, "this is the journal of another file system");
        }
        if ((incompat & ~Feature.INCOMPAT_READ) != 0) {
            throw new Unsupported("unsupported-feature", at, "it uses " + String.join(", ", Feature.unread(incompat)));
        }
    }

    private static void verify(Structure raw, Origin at) throws Corrupt, Unsupported {
        if (raw.u8(0x175) != CHECKSUM_CRC32C) {
            throw new Unsupported("unsupported-feature", at, "checksum type " + raw.u8(0x175));
        }
        if (Checksums.whole(raw.bytes(), raw.start(), 0x3fc) != raw.s32(0x3fc)) {
            throw new Corrupt("bad-checksum", at, "the superblock's checksum is wrong", "Run e2fsck in the guest.");
        }
    }

    private static Optional<Instant> createdAt(Structure raw) throws Corrupt {
        long seconds = raw.u32(0x108) | (long) raw.u8(0x276) << 32;
        return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    private static Optional<String> uuidText(byte[] uuid) {
        ByteBuffer buffer = ByteBuffer.wrap(uuid);
        UUID id = new UUID(buffer.getLong(), buffer.getLong());
        return id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0
                ? Optional.empty()
                : Optional.of(id.toString());
    }

    private static void require(boolean condition, Origin at, String message) throws Corrupt {
        if (!condition) {
            throw new Corrupt("bad-value", at, message);
        }
    }
}
