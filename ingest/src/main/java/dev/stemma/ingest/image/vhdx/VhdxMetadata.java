package dev.stemma.ingest.image.vhdx;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the metadata region says. Source: [MS-VHDX], section 2.6.
 *
 * @param sectorBytes 512 or 4,096
 * @param backing the parent of a differencing disk
 */
record VhdxMetadata(long blockBytes, long virtualBytes, int sectorBytes, Optional<Layer.Backing> backing) {

    private static final int TABLE_BYTES = 64 << 10;
    private static final int MAX_ITEMS = 2_047;
    private static final int MAX_ITEM_BYTES = 64 << 10;
    private static final long MAX_VIRTUAL_BYTES = 64L << 40;
    private static final int REQUIRED = 4;
    private static final int HAS_PARENT = 2;

    private static final String PARAMETERS = "caa16737-fa36-4d43-b3b6-33f0aa44e76b";
    private static final String SIZE = "2fa54224-cd1b-4876-b211-5dbed83bf4b8";
    private static final String SECTOR = "8141bf1d-a96f-4709-ba47-f233a8faab5f";
    private static final String PARENT = "a8d35f2d-b30b-454d-abf7-d3d84834ab0c";
    private static final Set<String> KNOWN = Set.of(
            PARAMETERS,
            SIZE,
            SECTOR,
            PARENT,
            "beca12ab-b2e6-4523-93ef-c309e000c746", // the disk's own id
            "cda348c7-445d-4471-9cc9-e9885251c556"); // physical sector size

    static VhdxMetadata read(ByteSource file, VhdxHeader.Region region) throws ImageProblem {
        Fields table = Fields.read(file, "vhdx metadata", region.offset(), TABLE_BYTES, ByteOrder.LITTLE_ENDIAN);
        if (!table.has(0, "metadata".getBytes(StandardCharsets.US_ASCII))) {
            throw new Corrupt("bad-magic", table.origin(), "does not start with metadata");
        }
        int count = table.u16(10);
        if (count > MAX_ITEMS) {
            throw new Corrupt("bad-value", table.origin(), "claims " + count + " items");
        }
        Map<String, Fields> items = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Fields entry = table.part("item " + (i + 1), 32 + i * 32L, 32);
            String id = Guids.text(entry.bytes(0, 16));
            if (KNOWN.contains(id)) {
                long length = entry.u32(20);
                if (length > MAX_ITEM_BYTES || entry.u32(16) > region.length() - length) {
                    throw new Corrupt("bad-value", entry.origin(), "claims " + length + " bytes");
                }
                items.put(
                        id,
                        Fields.read(
                                file,
                                "vhdx metadata " + id,
                                region.offset() + entry.u32(16),
                                length,
                                ByteOrder.LITTLE_ENDIAN));
            } else if ((entry.u32(24) & REQUIRED) != 0) {
                throw new Unsupported("unsupported-feature", entry.origin(), "needs an item that is not known, " + id);
            }
        }
        return of(items, table);
    }

    private static VhdxMetadata of(Map<String, Fields> items, Fields table) throws ImageProblem {
        Fields parameters = item(items, PARAMETERS, table);
        long blockBytes = parameters.u32(0);
        long virtualBytes = item(items, SIZE, table).u63(0);
        long sectorBytes = item(items, SECTOR, table).u32(0);
        if (blockBytes < 1 << 20 || blockBytes > 256 << 20 || Long.bitCount(blockBytes) != 1) {
            throw new Corrupt("bad-value", parameters.origin(), "has blocks of " + blockBytes + " bytes");
        }
        if (sectorBytes != 512 && sectorBytes != 4_096) {
            throw new Corrupt("bad-value", table.origin(), "has sectors of " + sectorBytes + " bytes");
        }
        if (virtualBytes == 0 || virtualBytes > MAX_VIRTUAL_BYTES || virtualBytes % sectorBytes != 0) {
            throw new Corrupt("bad-value", table.origin(), "claims a disk of " + virtualBytes + " bytes");
        }
        Optional<Layer.Backing> backing = (parameters.u32(4) & HAS_PARENT) == 0
                ? Optional.empty()
                : Optional.of(VhdxParent.read(item(items, PARENT, table)));
        return new VhdxMetadata(blockBytes, virtualBytes, (int) sectorBytes, backing);
    }

    private static Fields item(Map<String, Fields> items, String id, Fields table) throws Corrupt {
        Fields item = items.get(id);
        if (item == null) {
            throw new Corrupt("bad-value", table.origin(), "has no item " + id);
        }
        return item;
    }
}
