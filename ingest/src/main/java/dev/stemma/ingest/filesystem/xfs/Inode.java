package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.graph.model.Times;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.time.Instant;
import java.util.Optional;

/**
 * An inode of version 1, 2 or 3 ({@code struct xfs_dinode}).
 *
 * @param raw its bytes on disk, of the superblock's inode size
 * @param mode kind and permission bits as in {@code stat(2)}
 * @param sizeBytes logical length, 0 or more
 */
record Inode(Superblock superblock, long number, Fields raw, int version, int mode, long sizeBytes) {

    static final int FIFO = 0x1000;
    static final int CHARACTER = 0x2000;
    static final int DIRECTORY = 0x4000;
    static final int BLOCK = 0x6000;
    static final int REGULAR = 0x8000;
    static final int LINK = 0xa000;
    static final int SOCKET = 0xc000;

    private static final int KIND = 0xf000;
    private static final int MAGIC = 0x494e;
    private static final int OLD_BYTES = 100;
    private static final int V3_BYTES = 176;
    private static final int CHECKSUM = 100;
    private static final int FLAG_REALTIME = 0x1;
    private static final int FLAG2_BIG_TIME = 0x8;
    private static final int FLAG2_BIG_COUNTS = 0x10;
    private static final long BIG_TIME_START = Integer.MIN_VALUE;
    private static final long NANOS = 1_000_000_000;

    /**
     * @param number as a directory entry names it
     * @throws Corrupt when there is no such inode, or it is not in use
     */
    static Inode read(long number, Superblock superblock, Blocks blocks) throws ImageProblem {
        Origin at = superblock.origin().within("inode " + Long.toUnsignedString(number));
        Fields raw = blocks.at(superblock.inodeOffset(number, at), superblock.inodeBytes(), at);
        int version = raw.u8(4);
        if (raw.u16(0) != MAGIC || version < 1 || version > 3 || (version == 3) != superblock.version5()) {
            throw new Corrupt("bad-magic", at, "is not an inode of this version");
        }
        if (version == 3) {
            if (!Checksum.fits(raw, CHECKSUM)) {
                throw new Corrupt("bad-checksum", at, "the inode's checksum is wrong");
            }
            if (raw.i64(152) != number || !raw.has(160, superblock.metadataUuid())) {
                throw new Corrupt("bad-value", at, "the inode says that it belongs elsewhere");
            }
        }
        int mode = raw.u16(2);
        long links = version == 1 ? raw.u16(6) : raw.u32(16);
        if (mode == 0 || links == 0) {
            throw new Corrupt("bad-value", at, "the inode is not in use");
        }
        return new Inode(superblock, number, raw, version, mode, raw.u63(56));
    }

    /** The part of {@link #mode} that says what it is. */
    int kind() {
        return mode & KIND;
    }

    Origin origin() {
        return raw.origin();
    }

    /** Its content: names, blocks or the thing itself. */
    Fork data() throws Corrupt {
        int start = start();
        int room = superblock.inodeBytes() - start;
        int bytes = attributeOffset() == 0 ? room : attributeOffset();
        long count = bigCounts() ? raw.i64(24) : raw.u32(76);
        return Fork.of("data fork", raw.u8(5), raw.part("data fork", start, bytes), count);
    }

    /** Its extended attributes; empty when it has none. */
    Optional<Fork> attributes() throws Corrupt {
        int offset = attributeOffset();
        if (offset == 0) {
            return Optional.empty();
        }
        int at = start() + offset;
        long count = bigCounts() ? raw.u32(76) : raw.u16(80);
        return Optional.of(Fork.of(
                "attribute fork", raw.u8(83), raw.part("attribute fork", at, superblock.inodeBytes() - at), count));
    }

    /** Whether its blocks lie on a realtime device. */
    boolean realtime() throws Corrupt {
        return (raw.u16(90) & FLAG_REALTIME) != 0;
    }

    long uid() throws Corrupt {
        return raw.u32(8);
    }

    long gid() throws Corrupt {
        return raw.u32(12);
    }

    long links() throws Corrupt {
        return version == 1 ? raw.u16(6) : raw.u32(16);
    }

    /** All four times; creation only with version 3. */
    Times times() throws Corrupt {
        return new Times(
                time(40),
                Optional.of(time(48)),
                Optional.of(time(32)),
                version == 3 ? Optional.of(time(144)) : Optional.empty());
    }

    private Instant time(int at) throws Corrupt {
        if ((flags2() & FLAG2_BIG_TIME) != 0) {
            long nanos = raw.i64(at);
            return Instant.ofEpochSecond(
                    BIG_TIME_START + Long.divideUnsigned(nanos, NANOS), Long.remainderUnsigned(nanos, NANOS));
        }
        // Nothing on disk keeps nanoseconds below a second.
        return Instant.ofEpochSecond((int) raw.u32(at), Math.min(raw.u32(at + 4), NANOS - 1));
    }

    private boolean bigCounts() throws Corrupt {
        return (flags2() & FLAG2_BIG_COUNTS) != 0;
    }

    private long flags2() throws Corrupt {
        return version == 3 ? raw.i64(120) : 0;
    }

    private int start() {
        return version == 3 ? V3_BYTES : OLD_BYTES;
    }

    private int attributeOffset() throws Corrupt {
        int offset = raw.u8(82) * 8;
        if (offset >= superblock.inodeBytes() - start()) {
            throw new Corrupt("out-of-bounds", origin(), "its attribute fork lies at " + offset);
        }
        return offset;
    }
}
