package dev.stemma.ingest.filesystem.ext;

import dev.stemma.graph.model.Times;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import java.time.Instant;
import java.util.Optional;

/**
 * An inode: what the file system knows of a file beside its names.
 *
 * @param number from 1
 * @param raw its bytes on disk, of the superblock's inode size
 * @param mode kind and permission bits as in {@code stat(2)}
 * @param sizeBytes logical length, checked against what the format can address
 * @param aclBlock block of extended attributes; 0 for none
 * @param extraBytes how much of the large inode's fixed part is in use, after the first 128 bytes
 */
record Inode(
        Superblock superblock,
        long number,
        Structure raw,
        int mode,
        int flags,
        long sizeBytes,
        long generation,
        long aclBlock,
        int extraBytes) {

    static final int ROOT = 2;

    static final int FLAG_ENCRYPTED = 0x800;
    static final int FLAG_INDEX = 0x1000;
    static final int FLAG_EXTENTS = 0x80000;
    static final int FLAG_EA_INODE = 0x200000;
    static final int FLAG_INLINE_DATA = 0x10000000;

    static final int KIND = 0xf000;
    static final int FIFO = 0x1000;
    static final int CHARACTER = 0x2000;
    static final int DIRECTORY = 0x4000;
    static final int BLOCK = 0x6000;
    static final int REGULAR = 0x8000;
    static final int LINK = 0xa000;
    static final int SOCKET = 0xc000;

    static final int OLD_BYTES = 128;
    static final int MAP_OFFSET = 0x28;
    static final int MAP_BYTES = 60;

    private static final int CHECKSUM_LOW = 0x7c;
    private static final int CHECKSUM_HIGH = 0x82;
    private static final int MAX_NANOS = 999_999_999;

    static Inode parse(Superblock superblock, long number, Structure raw) throws Corrupt {
        Origin at = raw.origin();
        int mode = raw.u16(0x0);
        if (mode == 0) {
            throw new Corrupt("bad-value", at, "the inode is not in use");
        }
        int extra = superblock.inodeBytes() > OLD_BYTES ? raw.u16(0x80) : 0;
        if (extra % 4 != 0 || extra > superblock.inodeBytes() - OLD_BYTES) {
            throw new Corrupt("bad-value", at, "its extra size is " + extra);
        }
        long generation = raw.u32(0x64);
        if (superblock.hasRo(Feature.RO_METADATA_CSUM)) {
            verify(superblock, number, raw, generation, extra);
        }
        if (raw.u16(0x1a) == 0) {
            throw new Corrupt("bad-value", at, "the inode was deleted");
        }
        int kind = mode & KIND;
        boolean long64 = kind == REGULAR || kind == DIRECTORY && superblock.has(Feature.INCOMPAT_LARGEDIR);
        long sizeBytes = long64 ? raw.split(0x4, 0x6c, 4) : raw.u32(0x4);
        int flags = raw.s32(0x20);
        if (sizeBytes < 0 || Long.compareUnsigned(sizeBytes, maxSize(superblock, flags)) > 0) {
            throw new Corrupt(
                    "bad-value", at, "its size of " + sizeBytes + " bytes is more than the format can address");
        }
        long acl = superblock.hurd() ? raw.u32(0x68) : raw.split(0x68, 0x76, 2);
        return new Inode(superblock, number, raw, mode, flags, sizeBytes, generation, acl, extra);
    }

    /** The part of {@link #mode} that says what it is. */
    int kind() {
        return mode & KIND;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    Origin origin() {
        return raw.origin();
    }

    /** The 60 bytes that hold the block map, the extent tree's root, a short link or inline data. */
    Structure map() throws Corrupt {
        return raw.part(MAP_OFFSET, MAP_BYTES);
    }

    /** The running checksum of this inode's blocks: seed, number and generation. */
    Checksums.Running checksum() {
        return Checksums.seeded(superblock.seed()).start().u32(number).u32(generation);
    }

    long uid() throws Corrupt {
        return raw.u16(0x2) | (long) raw.u16(0x78) << 16;
    }

    long gid() throws Corrupt {
        return raw.u16(0x18) | (long) raw.u16(0x7a) << 16;
    }

    long links() throws Corrupt {
        return raw.u16(0x1a);
    }

    /** All four times; those of small inodes have whole seconds and end in 2038. */
    Times times() throws Corrupt {
        return new Times(
                time(0x10, 0x88),
                Optional.of(time(0xc, 0x84)),
                Optional.of(time(0x8, 0x8c)),
                holds(0x90) ? Optional.of(time(0x90, 0x94)) : Optional.empty());
    }

    private Instant time(int seconds, int extra) throws Corrupt {
        long second = raw.s32(seconds);
        if (!holds(extra)) {
            return Instant.ofEpochSecond(second);
        }
        int more = raw.s32(extra);
        // Two bits carry the epoch, the rest nanoseconds; nothing on disk keeps these below a second.
        return Instant.ofEpochSecond(second + ((more & 3L) << 32), Math.min(more >>> 2, MAX_NANOS));
    }

    /** Whether the four bytes at this offset are in use in this inode. */
    private boolean holds(int offset) {
        return offset + 4 <= OLD_BYTES + extraBytes;
    }

    private static long maxSize(Superblock superblock, int flags) {
        long block = superblock.blockBytes();
        if ((flags & (FLAG_EXTENTS | FLAG_INLINE_DATA)) != 0) {
            return block << 32;
        }
        long pointers = block / 4;
        return (12 + pointers + pointers * pointers + pointers * pointers * pointers) * block;
    }

    private static void verify(Superblock superblock, long number, Structure raw, long generation, int extra)
            throws Corrupt {
        boolean high = superblock.inodeBytes() > OLD_BYTES && OLD_BYTES + extra >= CHECKSUM_HIGH + 2;
        Checksums.Running running = Checksums.seeded(superblock.seed())
                .start()
                .u32(number)
                .u32(generation)
                .bytes(raw, 0, CHECKSUM_LOW)
                .zeros(2);
        if (high) {
            running.bytes(raw, CHECKSUM_LOW + 2, CHECKSUM_HIGH - CHECKSUM_LOW - 2)
                    .zeros(2)
                    .bytes(raw, CHECKSUM_HIGH + 2, raw.length() - CHECKSUM_HIGH - 2);
        } else {
            running.bytes(raw, CHECKSUM_LOW + 2, raw.length() - CHECKSUM_LOW - 2);
        }
        int stored = raw.u16(CHECKSUM_LOW) | (high ? raw.u16(CHECKSUM_HIGH) << 16 : 0);
        int expected = high ? running.value() : running.value() & 0xffff;
        if (stored != expected) {
            throw new Corrupt("bad-checksum", raw.origin(), "the inode's checksum is wrong");
        }
    }
}
