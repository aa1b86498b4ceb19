package dev.stemma.ingest.image.vhdx;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.Pages;
import dev.stemma.ingest.image.layer.Run;
import dev.stemma.ingest.image.layer.Soundness;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A VHDX file: one table of blocks, in which after each {@code chunkRatio} blocks comes the bitmap of their sectors. Source:
 * [MS-VHDX], section 2.5.
 */
public final class VhdxLayer implements Layer {

    private static final long MEGABYTE = 1 << 20;
    private static final long BITMAP_BITS = 8 * MEGABYTE;
    private static final int NOT_PRESENT = 0;
    private static final int UNDEFINED = 1;
    private static final int ZERO = 2;
    private static final int UNMAPPED = 3;
    private static final int PRESENT = 6;
    private static final int PARTIALLY_PRESENT = 7;

    private final ByteSource file;
    private final VhdxHeader header;
    private final VhdxMetadata metadata;
    private final Pages table;
    private final Pages bitmaps;
    private final long chunkRatio;

    private VhdxLayer(ByteSource file, VhdxHeader header, VhdxMetadata metadata) {
        this.file = file;
        this.header = header;
        this.metadata = metadata;
        this.table = new Pages(file, "vhdx block table", ByteOrder.LITTLE_ENDIAN);
        this.bitmaps = new Pages(file, "vhdx sector bitmap", ByteOrder.LITTLE_ENDIAN);
        this.chunkRatio = BITMAP_BITS * metadata.sectorBytes() / metadata.blockBytes();
    }

    /**
     * Reads and checks headers, metadata and table.
     *
     * @throws Corrupt {@code truncated}, {@code bad-magic}, {@code bad-checksum}, {@code bad-value}
     * @throws dev.stemma.ingest.problem.Unsupported {@code needs-recovery}, {@code unsupported-feature}, {@code backing-unnamed}
     */
    public static VhdxLayer open(ByteSource file, Budget budget) throws ImageProblem {
        VhdxHeader header = VhdxHeader.read(file);
        VhdxMetadata metadata = VhdxMetadata.read(file, header.metadata());
        VhdxLayer layer = new VhdxLayer(file, header, metadata);
        Origin origin = file.origin().within("vhdx block table");
        long blocks = (metadata.virtualBytes() - 1) / metadata.blockBytes() + 1;
        if ((layer.index(blocks - 1) + 1) * 8 > header.blocks().length()) {
            throw new Corrupt(
                    "bad-value", origin, "has " + header.blocks().length() + " bytes for " + blocks + " blocks");
        }
        Soundness.require(layer, file.sizeBytes(), false, origin, budget);
        return layer;
    }

    private long index(long block) {
        return block + block / chunkRatio;
    }

    private long entry(long index) throws ImageProblem {
        return table.i64(header.blocks().offset() + index * 8);
    }

    private static long offset(long entry) {
        return entry >>> 20 << 20;
    }

    @Override
    public long virtualBytes() {
        return metadata.virtualBytes();
    }

    @Override
    public Optional<Backing> backing() {
        return metadata.backing();
    }

    @Override
    public Optional<String> identity() {
        return Optional.of(header.dataId());
    }

    @Override
    public Run run(long offsetBytes) throws ImageProblem {
        long block = offsetBytes / metadata.blockBytes();
        long within = offsetBytes % metadata.blockBytes();
        long length = Math.min(metadata.virtualBytes() - offsetBytes, metadata.blockBytes() - within);
        long entry = entry(index(block));
        return switch ((int) (entry & 7)) {
            case NOT_PRESENT -> new Run.Below(length);
            case UNDEFINED, ZERO, UNMAPPED -> new Run.Zeros(length);
            case PRESENT -> new Run.Stored(file, offset(entry) + within, length);
            case PARTIALLY_PRESENT -> partial(block, offset(entry), within, length);
            default ->
                throw new Corrupt(
                        "bad-value",
                        file.origin().within("vhdx block table"),
                        "block " + block + " is in state " + (entry & 7));
        };
    }

    /** Some sectors are here and some are the parent's; the bitmap of the block's chunk says which. */
    private Run partial(long block, long stored, long within, long length) throws ImageProblem {
        long chunk = block / chunkRatio;
        long entry = entry(chunk * (chunkRatio + 1) + chunkRatio);
        if ((entry & 7) != PRESENT) {
            throw new Corrupt(
                    "bad-value", file.origin().within("vhdx block table"), "block " + block + " has no sector bitmap");
        }
        int sectorBytes = metadata.sectorBytes();
        long first = block % chunkRatio * (metadata.blockBytes() / sectorBytes);
        long bitmap = offset(entry);
        boolean here = bit(bitmap, first + within / sectorBytes);
        long end = within / sectorBytes * sectorBytes + sectorBytes;
        while (end < within + length && bit(bitmap, first + end / sectorBytes) == here) {
            long sector = first + end / sectorBytes;
            boolean eight = sector % 8 == 0 && bitmaps.u8(bitmap + sector / 8) == (here ? 0xff : 0);
            end += (eight ? 8L : 1L) * sectorBytes;
        }
        long same = Math.min(length, end - within);
        return here ? new Run.Stored(file, stored + within, same) : new Run.Below(same);
    }

    /** The first sector's bit is the lowest of its byte. */
    private boolean bit(long bitmap, long sector) throws ImageProblem {
        return (bitmaps.u8(bitmap + sector / 8) >>> sector % 8 & 1) != 0;
    }
}
