package dev.stemma.ingest.image.parallels;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.Pages;
import dev.stemma.ingest.image.layer.Run;
import dev.stemma.ingest.image.layer.Soundness;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * An expanding Parallels image: one table of blocks. Source: docs/interop/parallels.txt of QEMU.
 *
 * @param unitBytes what an entry of the table counts in: sectors, or blocks in the newer form
 */
public record ParallelsLayer(ByteSource file, Pages table, long virtualBytes, long blockBytes, long unitBytes)
        implements Layer {

    private static final byte[] OLD = "WithoutFreeSpace".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] NEW = "WithouFreSpacExt".getBytes(StandardCharsets.ISO_8859_1);
    private static final int HEADER_BYTES = 64;
    private static final int SECTOR_BYTES = 512;
    private static final int MAX_BLOCKS = 1 << 26;
    private static final long IN_USE = 0x746f6e59L;

    /**
     * Reads and checks header and table.
     *
     * @throws Corrupt {@code truncated}, {@code bad-magic}, {@code bad-value}
     * @throws Unsupported {@code unsupported-feature}, {@code needs-recovery}
     */
    public static ParallelsLayer open(ByteSource file, Budget budget) throws ImageProblem {
        Origin origin = file.origin().within("parallels header");
        if (file.sizeBytes() < HEADER_BYTES) {
            throw new Corrupt("truncated", origin, "the header does not fit into " + file.sizeBytes() + " bytes");
        }
        Fields header = Fields.read(file, "parallels header", 0, HEADER_BYTES, ByteOrder.LITTLE_ENDIAN);
        boolean old = header.has(0, OLD);
        if (!old && !header.has(0, NEW)) {
            throw new Corrupt("bad-magic", origin, "does not start with WithoutFreeSpace or WithouFreSpacExt");
        }
        if (header.u32(16) != 2) {
            throw new Unsupported("unsupported-feature", origin, "is of version " + header.u32(16) + ", not 2");
        }
        if (header.u32(44) == IN_USE) {
            throw new Unsupported(
                    "needs-recovery",
                    origin,
                    "was not closed cleanly",
                    "Start and stop its machine once, or repair it: qemu-img check -f parallels -r all.");
        }
        long blockBytes = header.u32(28) * SECTOR_BYTES;
        long blocks = header.u32(32);
        // The older form has 32 bits for the size; what lies behind them is not said to be zero.
        long sectors = old ? header.u32(36) : header.u63(36);
        require(blockBytes > 0 && blockBytes <= 1L << 32, "has blocks of " + blockBytes + " bytes", origin);
        require(
                sectors > 0 && blocks <= MAX_BLOCKS && sectors <= blocks * (blockBytes / SECTOR_BYTES),
                "claims a disk of " + sectors + " sectors in " + blocks + " blocks",
                origin);
        require(blocks * 4 <= file.sizeBytes() - HEADER_BYTES, "claims a table of " + blocks + " blocks", origin);
        ParallelsLayer layer = new ParallelsLayer(
                file,
                new Pages(file, "parallels table", ByteOrder.LITTLE_ENDIAN),
                sectors * SECTOR_BYTES,
                blockBytes,
                old ? SECTOR_BYTES : blockBytes);
        Soundness.require(layer, file.sizeBytes(), false, file.origin().within("parallels table"), budget);
        return layer;
    }

    private static void require(boolean condition, String message, Origin origin) throws Corrupt {
        if (!condition) {
            throw new Corrupt("bad-value", origin, message);
        }
    }

    @Override
    public Run run(long offsetBytes) throws ImageProblem {
        long within = offsetBytes % blockBytes;
        long length = Math.min(virtualBytes - offsetBytes, blockBytes - within);
        long entry = table.u32(HEADER_BYTES + offsetBytes / blockBytes * 4);
        return entry == 0 ? new Run.Below(length) : new Run.Stored(file, entry * unitBytes + within, length);
    }
}
