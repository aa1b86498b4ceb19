package dev.stemma.ingest.volume;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Superblocks of version 0.90: {@code struct mdp_superblock_s}, in the machine's byte order; those of little-endian machines are read. */
final class Md09 {

    private static final int BYTES = 4_096;
    private static final int MAX_MEMBERS = 27;
    private static final int FIRST_MEMBER = 128 * 4;
    private static final int THIS_MEMBER = 992 * 4;
    private static final int MEMBER_BYTES = 32 * 4;
    private static final int SETTLED = 90;
    /** Active and in sync, and neither faulty nor removed. */
    private static final long IN_SYNC = 0b0110;

    private static final long STATES = 0b1111;

    private Md09() {}

    static MdSuperblock read(ByteSource bytes, long place) throws ImageProblem {
        Fields block = Fields.read(bytes, "MD superblock", place, BYTES, ByteOrder.LITTLE_ENDIAN);
        MdSuperblock.requireSum(block, BYTES, 38 * 4);
        long minor = block.u32(8);
        int level = (int) block.u32(7 * 4);
        long used = block.u32(8 * 4) << 10;
        boolean whole = level == 0 || level == MdSuperblock.LINEAR;
        if (used > place) {
            throw new Corrupt("bad-value", block.origin(), "uses " + used + " bytes of " + place);
        }
        byte[] id = new byte[16];
        System.arraycopy(block.bytes(5 * 4, 4), 0, id, 0, 4);
        System.arraycopy(block.bytes(13 * 4, 12), 0, id, 4, 12);
        return new MdSuperblock(
                HexFormat.of().formatHex(id),
                level,
                block.u32(64 * 4),
                block.u32(65 * 4),
                MdSuperblock.requireDisks(block.u32(10 * 4), block),
                role(block),
                block.u63(39 * 4),
                minor == SETTLED ? "" : "is being reshaped",
                bytes.slice("MD data", 0, whole ? place : used));
    }

    private static int role(Fields block) throws Corrupt {
        long number = block.u32(THIS_MEMBER);
        if (number >= MAX_MEMBERS) {
            return -1;
        }
        long at = FIRST_MEMBER + number * MEMBER_BYTES;
        return (block.u32(at + 16) & STATES) == IN_SYNC
                ? (int) Math.min(block.u32(at + 12), MdSuperblock.MAX_DISKS)
                : -1;
    }
}
