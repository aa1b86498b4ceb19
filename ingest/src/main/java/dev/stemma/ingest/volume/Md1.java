package dev.stemma.ingest.volume;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Superblocks of version 1: {@code struct mdp_superblock_1}, little-endian. */
final class Md1 {

    private static final int SECTOR_BYTES = 512;
    private static final int FIXED_BYTES = 256;
    private static final int MAX_ROLES = 1_920;

    private static final long BITMAP = 1;
    private static final long RAID0_LAYOUT = 4_096;
    private static final long RECOVERING = 2;
    private static final long RESHAPING = 4;

    private Md1() {}

    static MdSuperblock read(ByteSource bytes, long place) throws ImageProblem {
        Fields head = Fields.read(bytes, "MD superblock", place, FIXED_BYTES, ByteOrder.LITTLE_ENDIAN);
        long roles = head.u32(220);
        if (roles > MAX_ROLES) {
            throw new Corrupt("bad-value", head.origin(), "has room for " + roles + " members");
        }
        long length = FIXED_BYTES + 2 * roles;
        Fields block = Fields.read(bytes, "MD superblock", place, length, ByteOrder.LITTLE_ENDIAN);
        MdSuperblock.requireSum(block, length, 216);
        if (block.i64(144) != place / SECTOR_BYTES) {
            throw new Corrupt("bad-value", block.origin(), "says that it lies in sector " + block.i64(144));
        }
        long start = bytes(block, 128);
        long size = bytes(block, 136);
        long used = bytes(block, 80);
        int level = (int) block.u32(72);
        // Linear and RAID0 use all of each member, the others as much as the smallest has.
        boolean whole = level == 0 || level == MdSuperblock.LINEAR;
        if (!whole && used > size) {
            throw new Corrupt("bad-value", block.origin(), "uses " + used + " of " + size + " bytes");
        }
        return new MdSuperblock(
                HexFormat.of().formatHex(block.bytes(16, 16)),
                level,
                block.u32(76),
                block.u32(88) * SECTOR_BYTES,
                MdSuperblock.requireDisks(block.u32(92), block),
                role(block, roles),
                block.u63(200),
                unusual(block.u32(8)),
                bytes.slice("MD data", start, whole ? size : used));
    }

    private static int role(Fields block, long roles) throws Corrupt {
        long number = block.u32(160);
        int role = number < roles ? block.u16(FIXED_BYTES + 2 * number) : 0xffff;
        return role >= 0xfffd ? -1 : role;
    }

    private static String unusual(long features) {
        if ((features & RESHAPING) != 0) {
            return "is being reshaped";
        }
        if ((features & RECOVERING) != 0) {
            return "is being recovered";
        }
        long others = features & ~(BITMAP | RAID0_LAYOUT);
        return others == 0 ? "" : String.format("has features %#x", others);
    }

    private static long bytes(Fields block, long at) throws Corrupt {
        long sectors = block.u63(at);
        if (sectors > Long.MAX_VALUE / SECTOR_BYTES) {
            throw new Corrupt("bad-value", block.origin(), "has " + sectors + " sectors at byte " + at);
        }
        return sectors * SECTOR_BYTES;
    }
}
