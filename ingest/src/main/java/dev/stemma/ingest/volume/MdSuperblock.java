package dev.stemma.ingest.volume;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a member of a Linux software RAID says of its array ({@code include/uapi/linux/raid/md_p.h}).
 *
 * @param arrayId of the array, 16 bytes in hexadecimal
 * @param level 0, 1, 4, 5, 6, 10, or -1 for linear
 * @param layout as the level understands it
 * @param chunkBytes 0 where the level has none
 * @param disks how many members a whole array has
 * @param role the member's place, or negative: a spare, a faulty member
 * @param events how often the array's state had changed when this member was last written
 * @param unusual what makes a member one that Java does not read; empty for a settled one
 * @param data the member's share, metadata left out
 */
record MdSuperblock(
        String arrayId,
        int level,
        long layout,
        long chunkBytes,
        int disks,
        int role,
        long events,
        String unusual,
        ByteSource data) {

    static final int LINEAR = -1;
    static final int MAX_DISKS = 2_048;
    private static final int SECTOR_BYTES = 512;
    private static final int ALIGN_09_BYTES = 64 << 10;
    private static final byte[] MAGIC = {(byte) 0xfc, 0x4e, 0x2b, (byte) 0xa9};

    /** Finds the member's superblock: 1.1 at its start, 1.2 at 4 KiB, 1.0 and 0.90 near its end. */
    static Optional<MdSuperblock> find(ByteSource bytes) throws ImageProblem {
        List<Long> places = places(bytes);
        if (places.isEmpty()) {
            return Optional.empty();
        }
        long place = places.getFirst();
        Fields start = Fields.read(bytes, "MD superblock", place, SECTOR_BYTES, ByteOrder.LITTLE_ENDIAN);
        return Optional.of(
                switch ((int) start.u32(4)) {
                    case 0 -> Md09.read(bytes, place);
                    case 1 -> Md1.read(bytes, place);
                    default -> throw new Corrupt("bad-value", start.origin(), "has version " + start.u32(4));
                });
    }

    /** Where the magic number stands, in the order in which superblocks are looked for. */
    static List<Long> places(ByteSource bytes) throws ImageProblem {
        long size = bytes.sizeBytes();
        long end10 = (size / SECTOR_BYTES - 16 & ~7L) * SECTOR_BYTES;
        long end09 = (size & -ALIGN_09_BYTES) - ALIGN_09_BYTES;
        List<Long> places = new ArrayList<>();
        for (long place : new long[] {0, 4_096, end10, end09}) {
            if (place >= 0
                    && place <= size - SECTOR_BYTES
                    && Fields.read(bytes, "MD superblock", place, MAGIC.length, ByteOrder.LITTLE_ENDIAN)
                            .has(0, MAGIC)) {
                places.add(place);
            }
        }
        return places;
    }

    /** The sum of 32-bit words that both versions use; the field of the sum itself counts as 0. */
    static void requireSum(Fields block, long lengthBytes, long sumAt) throws Corrupt {
        long sum = -block.u32(sumAt);
        for (long at = 0; at + 4 <= lengthBytes; at += 4) {
            sum += block.u32(at);
        }
        if (lengthBytes % 4 != 0) {
            sum += block.u16(lengthBytes - 2);
        }
        long folded = (sum & 0xffffffffL) + (sum >>> 32) & 0xffffffffL;
        if (folded != block.u32(sumAt)) {
            throw new Corrupt(
                    "bad-checksum", block.origin(), String.format("checksum %08x, not %08x", folded, block.u32(sumAt)));
        }
    }

    static int requireDisks(long disks, Fields block) throws Corrupt {
        if (disks < 1 || disks > MAX_DISKS) {
            throw new Corrupt("bad-value", block.origin(), "has " + disks + " members");
        }
        return (int) disks;
    }
}
