package dev.stemma.ingest.image.qcow;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.image.layer.BackingName;
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
import java.util.Optional;

/** A qcow file of version 1: clusters through two levels of tables, packed or plain. Source: block/qcow.c of QEMU. */
public final class QcowLayer implements Layer {

    private static final int HEADER_BYTES = 48;
    private static final int MAX_L1_ENTRIES = (32 << 20) / 8;
    private static final int MAX_NAME_BYTES = 1_023;
    private static final long COMPRESSED = 1L << 63;

    private final ByteSource file;
    private final Pages tables;
    private final long virtualBytes;
    private final int clusterBits;
    private final int tableBits;
    private final long l1Offset;
    private final Optional<BackingName> backingName;

    private QcowLayer(ByteSource file, Fields header, Optional<BackingName> backingName) throws ImageProblem {
        this.file = file;
        this.tables = new Pages(file, "qcow tables", ByteOrder.BIG_ENDIAN);
        this.virtualBytes = header.u63(24);
        this.clusterBits = header.u8(32);
        this.tableBits = header.u8(33);
        this.l1Offset = header.u63(40);
        this.backingName = backingName;
    }

    /**
     * Reads and checks header and tables.
     *
     * @throws Corrupt {@code truncated}, {@code bad-magic}, {@code bad-value}, {@code loop}
     * @throws Unsupported {@code encrypted}, {@code unsupported-feature}
     */
    public static QcowLayer open(ByteSource file, Budget budget) throws ImageProblem {
        Origin origin = file.origin().within("qcow header");
        if (file.sizeBytes() < HEADER_BYTES) {
            throw new Corrupt("truncated", origin, "the header does not fit into " + file.sizeBytes() + " bytes");
        }
        Fields header = Fields.read(file, "qcow header", 0, HEADER_BYTES, ByteOrder.BIG_ENDIAN);
        if (!header.has(0, (byte) 'Q', (byte) 'F', (byte) 'I', (byte) 0xfb)) {
            throw new Corrupt("bad-magic", origin, "does not start with QFI\\xfb");
        }
        if (header.u32(4) != 1) {
            throw new Unsupported("unsupported-feature", origin, "is of version " + header.u32(4) + ", not 1");
        }
        if (header.u32(36) != 0) {
            throw new Unsupported(
                    "encrypted",
                    origin,
                    "the image is encrypted (method " + header.u32(36) + ")",
                    "Decrypt it into a copy with qemu-img convert, then index that.");
        }
        require(header.u8(32) >= 9 && header.u8(32) <= 16, "cluster_bits is " + header.u8(32), origin);
        require(header.u8(33) >= 6 && header.u8(33) <= 13, "l2_bits is " + header.u8(33), origin);
        require(header.u63(40) % 8 == 0, "its first-level table lies at byte " + header.u63(40), origin);
        QcowLayer layer = new QcowLayer(file, header, backingName(file, header, origin));
        layer.requireTables(origin);
        Soundness.require(layer, file.sizeBytes(), true, file.origin().within("qcow tables"), budget);
        return layer;
    }

    private static Optional<BackingName> backingName(ByteSource file, Fields header, Origin origin)
            throws ImageProblem {
        long offset = header.u63(8);
        long length = header.u32(16);
        if (offset == 0 || length == 0) {
            return Optional.empty();
        }
        require(length <= MAX_NAME_BYTES, "claims a backing name of " + length + " bytes", origin);
        Fields name = Fields.read(file, "backing name", offset, length, ByteOrder.BIG_ENDIAN);
        return Optional.of(BackingName.of(name.bytes(0, length)));
    }

    private void requireTables(Origin origin) throws ImageProblem {
        long covered = 1L << (clusterBits + tableBits);
        long entries = (virtualBytes - 1) / covered + 1;
        require(virtualBytes > 0 && entries <= MAX_L1_ENTRIES, "claims a disk of " + virtualBytes + " bytes", origin);
        require(
                l1Offset <= file.sizeBytes() - entries * 8,
                "its first-level table of " + entries + " entries lies at byte " + l1Offset,
                origin);
        long[] seconds = new long[(int) entries];
        for (int i = 0; i < entries; i++) {
            seconds[i] = tables.i64(l1Offset + i * 8L);
        }
        Soundness.requireDistinct(seconds, origin);
    }

    private static void require(boolean condition, String message, Origin origin) throws Corrupt {
        if (!condition) {
            throw new Corrupt("bad-value", origin, message);
        }
    }

    @Override
    public long virtualBytes() {
        return virtualBytes;
    }

    @Override
    public Optional<Backing> backing() {
        return backingName.map(name -> new Backing(name, Optional.empty(), Optional.empty()));
    }

    @Override
    public Run run(long offsetBytes) throws ImageProblem {
        long left = virtualBytes - offsetBytes;
        long within = offsetBytes & ((1L << clusterBits) - 1);
        long cluster = offsetBytes >>> clusterBits;
        long inTable = cluster & ((1L << tableBits) - 1);
        long table = tables.i64(l1Offset + (cluster >>> tableBits) * 8);
        if (table == 0) {
            return new Run.Below(Math.min(left, (((1L << tableBits) - inTable) << clusterBits) - within));
        }
        long entry = tables.i64(table + inTable * 8);
        long length = Math.min(left, (1L << clusterBits) - within);
        if (entry == 0) {
            return new Run.Below(length);
        }
        if ((entry & COMPRESSED) == 0) {
            return new Run.Stored(file, entry + within, length);
        }
        int offsetBits = 63 - clusterBits;
        int clusterBytes = 1 << clusterBits;
        return new Run.Packed(
                new Run.PackedBlock(
                        file,
                        entry & ((1L << offsetBits) - 1),
                        (int) (entry >>> offsetBits) & (clusterBytes - 1),
                        clusterBytes,
                        (int) Math.min(clusterBytes, within + left),
                        Run.Packing.DEFLATE),
                within,
                length);
    }
}
