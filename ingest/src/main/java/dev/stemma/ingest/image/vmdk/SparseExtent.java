package dev.stemma.ingest.image.vmdk;

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
import java.util.Optional;

/**
 * A hosted sparse extent: grains through a directory and tables, plain or compressed (streamOptimized). Source: VMware's
 * Virtual Disk Format 5.0, "Hosted Sparse Extents" and "Stream-Optimized Compressed Sparse Extents".
 */
final class SparseExtent implements Layer {

    static final byte[] MAGIC = "KDMV".getBytes(StandardCharsets.US_ASCII);

    /** More than sectors of 32 bits reach with grains of 64 KiB. */
    static final long MAX_CAPACITY_BYTES = 64L << 40;

    private static final int SECTOR_BYTES = 512;
    private static final int MAX_DIRECTORY_ENTRIES = 1 << 18;
    private static final long MAX_GRAIN_BYTES = 4 << 20;
    private static final int MAX_TABLE_ENTRIES = 512;
    private static final long AT_END = -1;
    private static final int ZERO_GRAINS = 1 << 2;
    private static final int COMPRESSED = 1 << 16;
    private static final int MARKERS = 1 << 17;
    private static final long ZERO_GRAIN = 1;

    private final ByteSource file;
    private final Pages tables;
    private final Optional<Descriptor> descriptor;
    private final long virtualBytes;
    private final long grainBytes;
    private final long tableEntries;
    private final long directoryOffset;
    private final long flags;

    private SparseExtent(ByteSource file, Fields header, Optional<Descriptor> descriptor) throws ImageProblem {
        Origin origin = header.origin();
        this.file = file;
        this.tables = new Pages(file, "vmdk grain tables", ByteOrder.LITTLE_ENDIAN);
        this.descriptor = descriptor;
        this.flags = header.u32(8);
        this.virtualBytes = sectors(header.u63(12), MAX_CAPACITY_BYTES, "a disk", origin);
        this.grainBytes = sectors(header.u63(20), MAX_GRAIN_BYTES, "grains", origin);
        this.tableEntries = header.u32(44);
        this.directoryOffset = sectors(header.u63(56), Long.MAX_VALUE, "a directory's position", origin);
    }

    private static long sectors(long count, long mostBytes, String what, Origin origin) throws Corrupt {
        if (count <= 0 || count > mostBytes / SECTOR_BYTES) {
            throw new Corrupt("bad-value", origin, "claims " + what + " of " + count + " sectors");
        }
        return count * SECTOR_BYTES;
    }

    static SparseExtent open(ByteSource file, Budget budget) throws ImageProblem {
        Fields header = header(file, 0);
        Fields start = header;
        if (header.i64(56) == AT_END) {
            // Written in one go: the directory was known only at the end, and the last but one sector repeats the
            // header.
            header = header(file, file.sizeBytes() - 2 * SECTOR_BYTES);
        }
        Origin origin = header.origin();
        long version = header.u32(4);
        if (version < 1 || version > 3) {
            throw new Unsupported("unsupported-feature", origin, "is of version " + version + ", not 1 to 3");
        }
        long flags = header.u32(8);
        boolean compressed = (flags & COMPRESSED) != 0;
        if (compressed && (header.u16(77) != 1 || (flags & MARKERS) == 0)) {
            throw new Unsupported("unsupported-feature", origin, "compresses by a method that is not known");
        }
        SparseExtent extent = new SparseExtent(file, header, descriptor(file, start));
        extent.requireTables(origin);
        Soundness.require(extent, file.sizeBytes(), false, file.origin().within("vmdk grain tables"), budget);
        return extent;
    }

    private static Fields header(ByteSource file, long offset) throws ImageProblem {
        Origin origin = file.origin().within("vmdk header");
        if (offset < 0 || offset > file.sizeBytes() - SECTOR_BYTES) {
            throw new Corrupt("truncated", origin, "the header does not fit into " + file.sizeBytes() + " bytes");
        }
        Fields header = Fields.read(file, "vmdk header", offset, SECTOR_BYTES, ByteOrder.LITTLE_ENDIAN);
        if (!header.has(0, MAGIC)) {
            throw new Corrupt(
                    offset == 0 ? "bad-magic" : "truncated",
                    origin,
                    "there is no header at byte " + offset,
                    "Copy the image again from its source.");
        }
        return header;
    }

    private static Optional<Descriptor> descriptor(ByteSource file, Fields header) throws ImageProblem {
        long offset = header.u63(28);
        long length = header.u63(36);
        if (offset == 0 || length == 0) {
            return Optional.empty();
        }
        if (length > Descriptor.MAX_BYTES / SECTOR_BYTES || offset > file.sizeBytes() / SECTOR_BYTES - length) {
            throw new Corrupt(
                    "bad-value", header.origin(), "claims a descriptor of " + length + " sectors at sector " + offset);
        }
        Fields text = Fields.read(
                file, "vmdk descriptor", offset * SECTOR_BYTES, length * SECTOR_BYTES, ByteOrder.LITTLE_ENDIAN);
        return Optional.of(Descriptor.parse(text.bytes(0, text.sizeBytes()), text.origin()));
    }

    private void requireTables(Origin origin) throws ImageProblem {
        if (tableEntries < 1 || tableEntries > MAX_TABLE_ENTRIES) {
            throw new Corrupt("bad-value", origin, "has tables of " + tableEntries + " grains");
        }
        long entries = (virtualBytes - 1) / (grainBytes * tableEntries) + 1;
        if (entries > MAX_DIRECTORY_ENTRIES) {
            throw new Corrupt("bad-value", origin, "claims a directory of " + entries + " tables");
        }
        long[] positions = new long[(int) entries];
        for (int i = 0; i < entries; i++) {
            positions[i] = tables.u32(directoryOffset + i * 4L);
        }
        Soundness.requireDistinct(positions, file.origin().within("vmdk grain directory"));
    }

    Optional<Descriptor> descriptor() {
        return descriptor;
    }

    @Override
    public long virtualBytes() {
        return virtualBytes;
    }

    @Override
    public Run run(long offsetBytes) throws ImageProblem {
        long left = virtualBytes - offsetBytes;
        long grain = offsetBytes / grainBytes;
        long within = offsetBytes % grainBytes;
        long inTable = grain % tableEntries;
        long table = tables.u32(directoryOffset + grain / tableEntries * 4) * SECTOR_BYTES;
        if (table == 0) {
            return new Run.Below(Math.min(left, (tableEntries - inTable) * grainBytes - within));
        }
        long length = Math.min(left, grainBytes - within);
        long sector = tables.u32(table + inTable * 4);
        if (sector == 0) {
            return new Run.Below(length);
        }
        if (sector == ZERO_GRAIN && (flags & ZERO_GRAINS) != 0) {
            return new Run.Zeros(length);
        }
        if ((flags & COMPRESSED) == 0) {
            return new Run.Stored(file, sector * SECTOR_BYTES + within, length);
        }
        return new Run.Packed(
                new Run.PackedBlock(
                        file,
                        sector * SECTOR_BYTES,
                        0,
                        (int) grainBytes,
                        (int) Math.min(grainBytes, within + left),
                        Run.Packing.GRAIN),
                within,
                length);
    }
}
