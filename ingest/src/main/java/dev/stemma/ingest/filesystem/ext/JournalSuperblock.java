package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;

/**
 * What the first block of a journal says, checked ({@code journal_superblock_t}, "Journal (jbd2)", kernel documentation). All
 * numbers of a journal are big-endian.
 *
 * @param blockBytes that of the file system
 * @param first log block that may hold a transaction
 * @param end log block before which the ring ends
 * @param start log block of the oldest transaction; 0 when there is none
 * @param sequence of the oldest transaction; wraps at 32 bits
 * @param compat 1 for checksums over whole transactions
 * @param seed of CRC-32C checksums
 */
record JournalSuperblock(
        Origin origin,
        int blockBytes,
        long first,
        long end,
        long start,
        int sequence,
        int compat,
        int incompat,
        int seed) {

    static final int LENGTH_BYTES = 1024;
    static final int MAGIC = 0xc03b3998;

    private static final int KIND_OLD = 3;
    private static final int KIND = 4;
    private static final int COMPAT_CHECKSUM = 0x1;
    private static final int INCOMPAT_64BIT = 0x2;
    private static final int INCOMPAT_ASYNC_COMMIT = 0x4;
    private static final int INCOMPAT_CSUM_V2 = 0x8;
    private static final int INCOMPAT_CSUM_V3 = 0x10;
    private static final int INCOMPAT_FAST_COMMIT = 0x20;
    private static final int INCOMPAT_READ = 0x3f;
    private static final int CHECKSUM_CRC32C = 4;
    private static final int CHECKSUM_OFFSET = 0xfc;
    private static final int MIN_BLOCKS = 1024;
    private static final int DEFAULT_FAST_COMMIT_BLOCKS = 256;

    /**
     * @param raw first bytes of log block 0
     * @param blockBytes of the file system
     * @param logBlocks that the journal's inode has
     */
    static JournalSuperblock parse(Fields raw, int blockBytes, long logBlocks) throws ImageProblem {
        Origin at = raw.origin();
        long kind = raw.u32(4);
        if (raw.u32(0) != Integer.toUnsignedLong(MAGIC) || kind != KIND && kind != KIND_OLD) {
            throw new Corrupt("bad-magic", at, "the journal does not start with a superblock");
        }
        require(raw.u32(0xc) == blockBytes, at, "its blocks have " + raw.u32(0xc) + " bytes");
        // The first version of the superblock ends before the features.
        int compat = kind == KIND ? (int) raw.u32(0x24) : 0;
        int incompat = kind == KIND ? (int) raw.u32(0x28) : 0;
        boolean old = (compat & COMPAT_CHECKSUM) != 0;
        boolean v2 = (incompat & INCOMPAT_CSUM_V2) != 0;
        boolean v3 = (incompat & INCOMPAT_CSUM_V3) != 0;
        if ((incompat & ~INCOMPAT_READ) != 0 || kind == KIND && raw.u32(0x2c) != 0) {
            throw new Unsupported(
                    "unsupported-feature", at, "the journal uses incompat 0x" + Integer.toHexString(incompat));
        }
        require(!(v2 && v3) && !(old && (v2 || v3)), at, "it states more than one kind of checksum");
        if (v2 || v3) {
            verify(raw);
        }
        long maxBlocks = raw.u32(0x10);
        long first = raw.u32(0x14);
        long start = raw.u32(0x1c);
        long end = maxBlocks;
        if ((incompat & INCOMPAT_FAST_COMMIT) != 0) {
            long fast = raw.u32(0x54) == 0 ? DEFAULT_FAST_COMMIT_BLOCKS : raw.u32(0x54);
            end = maxBlocks - fast >= MIN_BLOCKS ? maxBlocks - fast : maxBlocks;
        }
        require(maxBlocks <= logBlocks, at, "it has " + maxBlocks + " blocks, and its inode " + logBlocks);
        require(first > 0 && first < end, at, "its first block is " + first + " of " + end);
        require(start == 0 || start >= first && start < end, at, "its oldest transaction lies in block " + start);
        return new JournalSuperblock(
                at,
                blockBytes,
                first,
                end,
                start,
                (int) raw.u32(0x18),
                compat,
                incompat,
                Checksums.seedOf(raw.bytes(0x30, 16)));
    }

    /** Whether block numbers have 64 bits. */
    boolean wide() {
        return (incompat & INCOMPAT_64BIT) != 0;
    }

    /** Whether a commit block may lie on disk before what it commits. */
    boolean asyncCommit() {
        return (incompat & INCOMPAT_ASYNC_COMMIT) != 0;
    }

    /** Whether commit blocks may sum up their transaction with CRC-32. */
    boolean sumsTransactions() {
        return (compat & COMPAT_CHECKSUM) != 0;
    }

    boolean v2() {
        return (incompat & INCOMPAT_CSUM_V2) != 0;
    }

    boolean v3() {
        return (incompat & INCOMPAT_CSUM_V3) != 0;
    }

    /** Whether each block of the journal carries a CRC-32C. */
    boolean sumsBlocks() {
        return v2() || v3();
    }

    /** Whether blocks behind the ring are kept for fast commits. */
    boolean fastCommits() {
        return (incompat & INCOMPAT_FAST_COMMIT) != 0;
    }

    /** Bytes at the end of a descriptor or revoke block that hold its checksum. */
    int tailBytes() {
        return sumsBlocks() ? 4 : 0;
    }

    /** The log block so many behind another, around the ring. */
    long after(long logBlock, long count) {
        return first + (logBlock - first + count) % (end - first);
    }

    private static void verify(Fields raw) throws ImageProblem {
        if (raw.u8(0x50) != CHECKSUM_CRC32C) {
            throw new Unsupported("unsupported-feature", raw.origin(), "checksum type " + raw.u8(0x50));
        }
        byte[] bytes = raw.bytes(0, LENGTH_BYTES);
        java.util.Arrays.fill(bytes, CHECKSUM_OFFSET, CHECKSUM_OFFSET + 4, (byte) 0);
        if (Checksums.whole(bytes, 0, LENGTH_BYTES) != (int) raw.u32(CHECKSUM_OFFSET)) {
            throw new Corrupt("bad-checksum", raw.origin(), "the journal superblock's checksum is wrong");
        }
    }

    private static void require(boolean condition, Origin at, String message) throws Corrupt {
        if (!condition) {
            throw new Corrupt("bad-value", at, message);
        }
    }
}
