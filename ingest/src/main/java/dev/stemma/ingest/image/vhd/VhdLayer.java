package dev.stemma.ingest.image.vhd;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.Pages;
import dev.stemma.ingest.image.layer.Run;
import dev.stemma.ingest.image.layer.Soundness;
import dev.stemma.ingest.image.layer.Whole;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A dynamic or differencing VHD: a table of blocks, each with a bitmap of its sectors before it. A sector whose bit is clear is
 * below, or zeros.
 */
public final class VhdLayer implements Layer {

    private static final int HEADER_BYTES = 1_024;
    private static final int SECTOR_BYTES = 512;
    private static final int MAX_BLOCKS = 1 << 26;
    private static final long NOT_STORED = 0xffffffffL;
    private static final byte[] COOKIE = "cxsparse".getBytes(StandardCharsets.US_ASCII);

    private final ByteSource file;
    private final Pages table;
    private final Pages bitmaps;
    private final VhdFooter footer;
    private final long tableOffset;
    private final long blockBytes;
    private final long bitmapBytes;
    private final Optional<Backing> backing;

    private VhdLayer(ByteSource file, VhdFooter footer, Fields header, Optional<Backing> backing) throws Corrupt {
        this.file = file;
        this.table = new Pages(file, "vhd block table", ByteOrder.BIG_ENDIAN);
        this.bitmaps = new Pages(file, "vhd sector bitmap", ByteOrder.BIG_ENDIAN);
        this.footer = footer;
        this.tableOffset = header.u63(16);
        this.blockBytes = header.u32(32);
        long bits = blockBytes / SECTOR_BYTES / 8;
        this.bitmapBytes = (bits + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;
        this.backing = backing;
    }

    /**
     * Reads and checks footer, header and table; a fixed disk is its file without the footer.
     *
     * @throws Corrupt {@code truncated}, {@code bad-magic}, {@code bad-checksum}, {@code bad-value}
     * @throws dev.stemma.ingest.problem.Unsupported {@code unsupported-feature}, {@code backing-unnamed}
     */
    public static Layer open(ByteSource file, Budget budget) throws ImageProblem {
        VhdFooter footer = VhdFooter.read(file);
        if (footer.type() == VhdFooter.Type.FIXED) {
            return fixed(file, footer);
        }
        Origin origin = file.origin().within("vhd header");
        if (footer.headerOffset() > file.sizeBytes() - HEADER_BYTES) {
            throw new Corrupt("truncated", origin, "lies at byte " + footer.headerOffset());
        }
        Fields header = Fields.read(file, "vhd header", footer.headerOffset(), HEADER_BYTES, ByteOrder.BIG_ENDIAN);
        if (!header.has(0, COOKIE)) {
            throw new Corrupt("bad-magic", origin, "does not start with cxsparse");
        }
        if (header.u32(36) != VhdFooter.checksum(header, HEADER_BYTES, 36)) {
            throw new Corrupt("bad-checksum", origin, "its checksum does not fit");
        }
        long blockBytes = header.u32(32);
        require(
                blockBytes >= SECTOR_BYTES && blockBytes <= 256 << 20 && Long.bitCount(blockBytes) == 1,
                "has blocks of " + blockBytes + " bytes",
                origin);
        long blocks = (footer.virtualBytes() - 1) / blockBytes + 1;
        require(blocks <= MAX_BLOCKS, "claims " + blocks + " blocks", origin);
        require(header.u32(28) >= blocks, "its table has " + header.u32(28) + " entries of " + blocks, origin);
        require(header.u63(16) % 4 == 0, "its table lies at byte " + header.u63(16), origin);
        Optional<Backing> backing = footer.type() == VhdFooter.Type.DIFFERENCING
                ? Optional.of(VhdParent.read(file, header))
                : Optional.empty();
        VhdLayer layer = new VhdLayer(file, footer, header, backing);
        Soundness.require(layer, file.sizeBytes(), false, file.origin().within("vhd block table"), budget);
        return layer;
    }

    private static Layer fixed(ByteSource file, VhdFooter footer) throws ImageProblem {
        long held = file.sizeBytes() - VhdFooter.BYTES;
        if (footer.virtualBytes() > held) {
            throw new Corrupt(
                    "truncated",
                    file.origin().within("vhd footer"),
                    "claims a disk of " + footer.virtualBytes() + " bytes, the file has " + held,
                    "Copy the image again from its source.");
        }
        Whole whole = new Whole(file.slice("disk", 0, footer.virtualBytes()));
        return new Identified(whole, footer.id());
    }

    private static void require(boolean condition, String message, Origin origin) throws Corrupt {
        if (!condition) {
            throw new Corrupt("bad-value", origin, message);
        }
    }

    @Override
    public long virtualBytes() {
        return footer.virtualBytes();
    }

    @Override
    public Optional<Backing> backing() {
        return backing;
    }

    @Override
    public Optional<String> identity() {
        return Optional.of(footer.id());
    }

    @Override
    public Run run(long offsetBytes) throws ImageProblem {
        long within = offsetBytes & (blockBytes - 1);
        long length = Math.min(footer.virtualBytes() - offsetBytes, blockBytes - within);
        long sector = table.u32(tableOffset + offsetBytes / blockBytes * 4);
        if (sector == NOT_STORED) {
            return new Run.Below(length);
        }
        long block = sector * SECTOR_BYTES;
        boolean stored = bit(block, within);
        long end = within / SECTOR_BYTES * SECTOR_BYTES + SECTOR_BYTES;
        while (end < within + length && bit(block, end) == stored) {
            end += skippable(block, end, stored);
        }
        long same = Math.min(length, end - within);
        return stored ? new Run.Stored(file, block + bitmapBytes + within, same) : new Run.Below(same);
    }

    /** Eight sectors at once where a whole byte says the same. */
    private long skippable(long block, long within, boolean stored) throws ImageProblem {
        long sector = within / SECTOR_BYTES;
        boolean eight = sector % 8 == 0 && bitmaps.u8(block + sector / 8) == (stored ? 0xff : 0);
        return eight ? 8L * SECTOR_BYTES : SECTOR_BYTES;
    }

    /** The first sector's bit is the highest of its byte. */
    private boolean bit(long block, long within) throws ImageProblem {
        long sector = within / SECTOR_BYTES;
        return (bitmaps.u8(block + sector / 8) >>> (7 - sector % 8) & 1) != 0;
    }

    /** A fixed disk, which can be a parent. */
    private record Identified(Whole whole, String id) implements Layer {
        @Override
        public long virtualBytes() {
            return whole.virtualBytes();
        }

        @Override
        public Run run(long offsetBytes) {
            return whole.run(offsetBytes);
        }

        @Override
        public Optional<String> identity() {
            return Optional.of(id);
        }
    }
}
