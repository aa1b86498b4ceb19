package dev.stemma.ingest.image.vhdx;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The newer of the two headers, and where the two regions lie that every file has. Source: Microsoft's [MS-VHDX], sections 2.2
 * and 2.2.3.
 *
 * @param dataId changes with the content; an overlay names its parent by it
 */
record VhdxHeader(String dataId, Region blocks, Region metadata) {

    private static final long[] HEADERS = {64 << 10, 128 << 10};
    private static final int HEADER_BYTES = 4_096;
    private static final long[] REGION_TABLES = {192 << 10, 256 << 10};
    private static final int REGION_TABLE_BYTES = 64 << 10;
    private static final int MAX_REGIONS = 2_047;
    private static final String BLOCKS = "2dc27766-f623-4200-9d64-115e9bfd4a08";
    private static final String METADATA = "8b7ca206-4790-4b9a-b8fe-575f050f886e";
    private static final byte[] NO_LOG = new byte[16];

    /** A region of the file. */
    record Region(long offset, long length) {}

    /**
     * @throws Unsupported {@code needs-recovery} when the log was not written back
     * @throws Corrupt when neither copy of the header, or of the region table, is sound
     */
    static VhdxHeader read(ByteSource file) throws ImageProblem {
        Origin origin = file.origin().within("vhdx header");
        if (file.sizeBytes() < REGION_TABLES[1] + REGION_TABLE_BYTES) {
            throw new Corrupt("truncated", origin, "the headers do not fit into " + file.sizeBytes() + " bytes");
        }
        if (!part(file, "vhdx identifier", 0, 8).has(0, "vhdxfile".getBytes(StandardCharsets.US_ASCII))) {
            throw new Corrupt("bad-magic", origin, "does not start with vhdxfile");
        }
        Optional<Fields> newest = Optional.empty();
        for (long at : HEADERS) {
            Fields header = part(file, "vhdx header", at, HEADER_BYTES);
            if (sound(header, "head", HEADER_BYTES)
                    && (newest.isEmpty()
                            || Long.compareUnsigned(header.i64(8), newest.get().i64(8)) > 0)) {
                newest = Optional.of(header);
            }
        }
        Fields header = newest.orElseThrow(() -> new Corrupt("bad-checksum", origin, "neither copy is sound"));
        if (header.u16(66) != 1) {
            throw new Unsupported("unsupported-feature", origin, "is of version " + header.u16(66) + ", not 1");
        }
        if (!header.has(48, NO_LOG)) {
            throw new Unsupported(
                    "needs-recovery",
                    origin,
                    "was not closed cleanly: its log holds changes that are not written back",
                    "Start and stop its machine once, or attach it in Windows once (Mount-VHD, Dismount-VHD); qemu-img check"
                            + " -r all does it too.");
        }
        return regions(file, Guids.text(header.bytes(32, 16)));
    }

    private static VhdxHeader regions(ByteSource file, String dataId) throws ImageProblem {
        Origin origin = file.origin().within("vhdx region table");
        for (long at : REGION_TABLES) {
            Fields table = part(file, "vhdx region table", at, REGION_TABLE_BYTES);
            if (sound(table, "regi", REGION_TABLE_BYTES)) {
                return new VhdxHeader(dataId, region(file, table, BLOCKS), region(file, table, METADATA));
            }
        }
        throw new Corrupt("bad-checksum", origin, "neither copy is sound");
    }

    private static Region region(ByteSource file, Fields table, String wanted) throws ImageProblem {
        long count = table.u32(8);
        if (count > MAX_REGIONS) {
            throw new Corrupt("bad-value", table.origin(), "claims " + count + " regions");
        }
        Optional<Region> found = Optional.empty();
        for (int i = 0; i < count; i++) {
            Fields entry = table.part("region " + (i + 1), 16 + i * 32L, 32);
            String id = Guids.text(entry.bytes(0, 16));
            if (id.equals(wanted)) {
                Region region = new Region(entry.u63(16), entry.u32(24));
                if (region.offset % (1 << 20) != 0 || region.offset > file.sizeBytes() - region.length) {
                    throw new Corrupt(
                            "truncated",
                            entry.origin(),
                            "lies at byte " + region.offset + ", the file ends at " + file.sizeBytes(),
                            "Copy the image again from its source.");
                }
                found = Optional.of(region);
            } else if (!id.equals(BLOCKS) && !id.equals(METADATA) && entry.u32(28) != 0) {
                throw new Unsupported("unsupported-feature", entry.origin(), "needs a region that is not known, " + id);
            }
        }
        return found.orElseThrow(() -> new Corrupt("bad-value", table.origin(), "has no region " + wanted));
    }

    private static Fields part(ByteSource file, String name, long at, int length) throws ImageProblem {
        return Fields.read(file, name, at, length, ByteOrder.LITTLE_ENDIAN);
    }

    private static boolean sound(Fields structure, String signature, int length) throws Corrupt {
        if (!structure.has(0, signature.getBytes(StandardCharsets.US_ASCII))) {
            return false;
        }
        byte[] bytes = structure.bytes(0, length);
        java.util.Arrays.fill(bytes, 4, 8, (byte) 0);
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue() == structure.u32(4);
    }
}
