package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.UUID;

/**
 * What the primary superblock says, checked ({@code struct xfs_dsb}, {@code fs/xfs/libxfs/xfs_format.h}).
 *
 * @param facts type, label and so on, for people
 * @param version5 whether metadata carries checksums and owners
 * @param blockBytes 512 to 65536
 * @param blocks count of blocks in all allocation groups
 * @param groupBlocks blocks of an allocation group; the last may have less
 * @param groupBits bits of a block's number within its group, in a file system block number
 * @param inodeBytes 256 to 2048
 * @param inodeBits bits of an inode's index within its block
 * @param directoryBits a directory block has 2 to the power of this many blocks
 * @param fileTypes whether directory entries have a byte for the kind
 * @param metadataUuid that metadata blocks carry
 * @param logStart block number of the log
 */
record Superblock(
        Origin origin,
        FileSystem facts,
        boolean version5,
        int blockBytes,
        long blocks,
        long groupBlocks,
        int groupBits,
        int inodeBytes,
        int inodeBits,
        int directoryBits,
        boolean fileTypes,
        byte[] metadataUuid,
        long root,
        long logStart,
        long logBlocks,
        long sequence) {

    static final int LENGTH_BYTES = 512;
    static final byte[] MAGIC = {'X', 'F', 'S', 'B'};

    private static final int VERSION_DIRECTORY_2 = 0x2000;
    private static final int VERSION_MORE = 0x8000;
    private static final int FEATURES2_FILE_TYPES = 0x200;
    private static final int INCOMPAT_FILE_TYPES = 0x1;
    private static final int INCOMPAT_SPARSE_INODES = 0x2;
    private static final int INCOMPAT_META_UUID = 0x4;
    private static final int INCOMPAT_BIG_TIME = 0x8;
    private static final int INCOMPAT_NEEDS_REPAIR = 0x10;
    private static final int INCOMPAT_BIG_COUNTS = 0x20;
    private static final int INCOMPAT_READ =
            INCOMPAT_FILE_TYPES | INCOMPAT_SPARSE_INODES | INCOMPAT_META_UUID | INCOMPAT_BIG_TIME | INCOMPAT_BIG_COUNTS;
    private static final int CHECKSUM = 224;

    static Superblock read(ByteSource source) throws ImageProblem {
        Origin place = source.origin().within("xfs");
        byte[] bytes = new byte[LENGTH_BYTES];
        source.read(0, java.lang.foreign.MemorySegment.ofArray(bytes));
        Fields raw = Fields.of(bytes, place.within("superblock"), ByteOrder.BIG_ENDIAN);
        Origin at = raw.origin();
        if (!raw.has(0, MAGIC)) {
            throw new Corrupt("bad-magic", at, "the superblock does not carry XFS's magic number");
        }
        int version = raw.u16(100);
        boolean version5 = (version & 0xf) == 5;
        int incompat = version5 ? (int) raw.u32(216) : 0;
        refuse(raw, version, incompat);
        int sectorBytes = raw.u16(102);
        require(power(sectorBytes, 9, 15) == raw.u8(121), at, "a sector has " + sectorBytes + " bytes");
        if (version5) {
            byte[] sector = new byte[sectorBytes];
            dev.stemma.ingest.bytes.Fields whole =
                    Fields.read(source, "xfs superblock", 0, sector.length, ByteOrder.BIG_ENDIAN);
            if (!Checksum.fits(whole, CHECKSUM)) {
                throw new Corrupt(
                        "bad-checksum", at, "the superblock's checksum is wrong", "Run xfs_repair in the guest.");
            }
        }
        int blockBytes = (int) raw.u32(4);
        require(power(blockBytes, 9, 16) == raw.u8(120), at, "a block has " + raw.u32(4) + " bytes");
        int inodeBytes = raw.u16(104);
        require(
                power(inodeBytes, 8, 11) == raw.u8(122) && inodeBytes <= blockBytes,
                at,
                "an inode has " + inodeBytes + " bytes");
        int inodeBits = raw.u8(120) - raw.u8(122);
        require(
                raw.u8(123) == inodeBits && raw.u16(106) == 1 << inodeBits,
                at,
                "a block has " + raw.u16(106) + " inodes");
        long blocks = raw.u63(8);
        long groupBlocks = raw.u32(84);
        long groups = raw.u32(88);
        int groupBits = raw.u8(124);
        require(
                groupBlocks > 0 && groupBits == 64 - Long.numberOfLeadingZeros(groupBlocks - 1),
                at,
                "a group has " + groupBlocks + " blocks, in " + groupBits + " bits");
        require(
                groups > 0 && blocks > (groups - 1) * groupBlocks && blocks <= groups * groupBlocks,
                at,
                blocks + " blocks in " + groups + " groups of " + groupBlocks);
        require(blocks <= Long.MAX_VALUE / blockBytes, at, "it counts " + blocks + " blocks");
        long sizeBytes = blocks * blockBytes;
        if (sizeBytes > source.sizeBytes()) {
            throw new Corrupt(
                    "truncated",
                    at,
                    "the file system has " + sizeBytes + " bytes, and only " + source.sizeBytes() + " are there");
        }
        int directoryBits = raw.u8(192);
        require(directoryBits + raw.u8(120) <= 16, at, "a directory block has 2^" + directoryBits + " blocks");
        boolean fileTypes = version5
                ? (incompat & INCOMPAT_FILE_TYPES) != 0
                : (version & VERSION_MORE) != 0 && (raw.u32(200) & FEATURES2_FILE_TYPES) != 0;
        byte[] uuid = raw.bytes(32, 16);
        long free = raw.i64(144);
        FileSystem facts = new FileSystem(
                "xfs",
                uuidText(uuid),
                label(raw.bytes(108, 12)),
                Optional.empty(),
                sizeBytes,
                free >= 0 && free <= blocks ? Optional.of((blocks - free) * blockBytes) : Optional.empty(),
                "java");
        Superblock superblock = new Superblock(
                place,
                facts,
                version5,
                blockBytes,
                blocks,
                groupBlocks,
                groupBits,
                inodeBytes,
                inodeBits,
                directoryBits,
                fileTypes,
                (incompat & INCOMPAT_META_UUID) != 0 ? raw.bytes(248, 16) : uuid,
                raw.i64(56),
                raw.i64(48),
                raw.u32(96),
                version5 ? raw.i64(240) : 0);
        superblock.inodeOffset(superblock.root(), at);
        return superblock;
    }

    /**
     * Where a run of blocks lies, in bytes.
     *
     * @param block as the file system numbers it: group, then block within the group
     * @throws Corrupt when it does not lie within one group
     */
    long offset(long block, long count, Origin at) throws Corrupt {
        long group = block >>> groupBits;
        long within = block & (1L << groupBits) - 1;
        long first = group <= blocks / groupBlocks ? group * groupBlocks + within : blocks;
        if (within == 0 && group == 0
                || count < 0
                || count > groupBlocks
                || within + count > groupBlocks
                || first + count > blocks) {
            throw new Corrupt(
                    "out-of-bounds", at, "points to " + count + " blocks from block " + within + " of group " + group);
        }
        return first * blockBytes;
    }

    /**
     * Where an inode lies, in bytes.
     *
     * @throws Corrupt when there is no room for it
     */
    long inodeOffset(long number, Origin at) throws Corrupt {
        if (number <= 0) {
            throw new Corrupt("out-of-bounds", at, "there is no inode " + Long.toUnsignedString(number));
        }
        return offset(number >>> inodeBits, 1, at) + (number & (1L << inodeBits) - 1) * inodeBytes;
    }

    private static void refuse(Fields raw, int version, int incompat) throws ImageProblem {
        Origin at = raw.origin();
        int number = version & 0xf;
        if (number != 5 && (number != 4 || (version & VERSION_DIRECTORY_2) == 0)) {
            throw new Unsupported("unsupported-feature", at, "it has version 0x" + Integer.toHexString(version));
        }
        if ((incompat & INCOMPAT_NEEDS_REPAIR) != 0) {
            throw new Unsupported(
                    "needs-recovery", at, "it is marked as in need of repair", "Run xfs_repair in the guest.");
        }
        if ((incompat & ~INCOMPAT_READ) != 0) {
            throw new Unsupported(
                    "unsupported-feature", at, "it uses incompat 0x" + Integer.toHexString(incompat & ~INCOMPAT_READ));
        }
        if (raw.i64(16) != 0) {
            throw new Unsupported("unsupported-feature", at, "a part of its files lies on a realtime device");
        }
        require(raw.u8(126) == 0, at, "it was not made to the end");
    }

    /** The exponent, or -1 when it is no power of two within the range. */
    private static int power(long number, int low, int high) {
        int bits = 63 - Long.numberOfLeadingZeros(number);
        return Long.bitCount(number) == 1 && bits >= low && bits <= high ? bits : -1;
    }

    private static Optional<String> label(byte[] padded) {
        int end = 0;
        while (end < padded.length && padded[end] != 0) {
            end++;
        }
        return end == 0
                ? Optional.empty()
                : Optional.of(GuestName.of(java.util.Arrays.copyOf(padded, end)).escaped());
    }

    private static Optional<String> uuidText(byte[] uuid) {
        ByteBuffer buffer = ByteBuffer.wrap(uuid);
        return Optional.of(new UUID(buffer.getLong(), buffer.getLong()).toString());
    }

    private static void require(boolean condition, Origin at, String message) throws Corrupt {
        if (!condition) {
            throw new Corrupt("bad-value", at, message);
        }
    }
}
