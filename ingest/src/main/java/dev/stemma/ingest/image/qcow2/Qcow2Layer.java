package dev.stemma.ingest.image.qcow2;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.Pages;
import dev.stemma.ingest.image.layer.Run;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.nio.ByteOrder;
import java.util.Optional;

/** A qcow2 file: guest clusters through two levels of tables. Source: docs/interop/qcow2.txt of QEMU. */
public final class Qcow2Layer implements Layer {

    private static final long OFFSET_MASK = 0x00fffffffffffe00L;
    private static final long COMPRESSED = 1L << 62;
    private static final long ZERO = 1;
    private static final int SUBCLUSTERS = 32;

    private final ByteSource file;
    private final Qcow2Header header;
    private final Pages tables;
    private final Origin origin;
    private final int clusterBits;
    private final int entryBytes;
    private final int tableBits;

    private Qcow2Layer(ByteSource file, Qcow2Header header) {
        this.file = file;
        this.header = header;
        this.origin = file.origin().within("qcow2 tables");
        this.tables = new Pages(file, "qcow2 tables", ByteOrder.BIG_ENDIAN);
        this.clusterBits = header.clusterBits();
        this.entryBytes = header.extendedL2() ? 16 : 8;
        this.tableBits = clusterBits - (header.extendedL2() ? 4 : 3);
    }

    /** Reads and checks header and tables; throws as {@link Qcow2Header#read} and {@link Qcow2Tables#requireSound}. */
    public static Qcow2Layer open(ByteSource file, Budget budget) throws ImageProblem {
        Qcow2Header header = Qcow2Header.read(file);
        Qcow2Tables.requireSound(file, header, budget);
        return new Qcow2Layer(file, header);
    }

    @Override
    public long virtualBytes() {
        return header.virtualBytes();
    }

    @Override
    public Optional<Backing> backing() {
        return header.backingName().map(name -> new Backing(name, header.backingFormat(), Optional.empty()));
    }

    @Override
    public int snapshots() {
        return header.snapshots();
    }

    @Override
    public Run run(long offsetBytes) throws ImageProblem {
        long left = header.virtualBytes() - offsetBytes;
        long cluster = offsetBytes >>> clusterBits;
        long inTable = cluster & ((1L << tableBits) - 1);
        long table = tables.i64(header.l1Offset() + (cluster >>> tableBits) * 8) & OFFSET_MASK;
        long within = offsetBytes & ((1L << clusterBits) - 1);
        if (table == 0) {
            long covered = (((1L << tableBits) - inTable) << clusterBits) - within;
            return new Run.Below(Math.min(left, covered));
        }
        long at = table + inTable * entryBytes;
        long entry = tables.i64(at);
        long length = Math.min(left, (1L << clusterBits) - within);
        if ((entry & COMPRESSED) != 0) {
            return packed(entry, within, length, left);
        }
        long offset = entry & OFFSET_MASK;
        if (header.extendedL2()) {
            return subcluster(offset, tables.i64(at + 8), within, left);
        }
        if ((entry & ZERO) != 0) {
            if (header.version() < 3) {
                throw bad("a cluster of zeros, which version 2 does not have");
            }
            return new Run.Zeros(length);
        }
        return offset == 0 ? new Run.Below(length) : new Run.Stored(file, offset + within, length);
    }

    private Run packed(long entry, long within, long length, long left) {
        int offsetBits = 62 - (clusterBits - 8);
        long offset = entry & ((1L << offsetBits) - 1);
        long sectors = ((entry & (COMPRESSED - 1)) >>> offsetBits) + 1;
        int packedBytes = (int) (sectors * 512 - (offset & 511));
        int clusterBytes = 1 << clusterBits;
        // Unlike others, this format packs whole clusters, also the last one.
        return new Run.Packed(
                new Run.PackedBlock(
                        file,
                        offset,
                        packedBytes,
                        clusterBytes,
                        (int) Math.min(clusterBytes, within + left),
                        header.zstd() ? Run.Packing.ZSTD : Run.Packing.DEFLATE),
                within,
                length);
    }

    /** Bits 0 to 31: stored. Bits 32 to 63: zeros. Neither: below. */
    private Run subcluster(long offset, long bitmap, long within, long left) throws Corrupt {
        int subclusterBits = clusterBits - 5;
        int index = (int) (within >>> subclusterBits);
        int state = state(bitmap, index);
        int end = index + 1;
        while (end < SUBCLUSTERS && state(bitmap, end) == state) {
            end++;
        }
        long length = Math.min(left, ((long) end << subclusterBits) - within);
        return switch (state) {
            case 0 -> new Run.Below(length);
            case 1 -> {
                if (offset == 0) {
                    throw bad("a subcluster is called stored, and its cluster is nowhere");
                }
                yield new Run.Stored(file, offset + within, length);
            }
            case 2 -> new Run.Zeros(length);
            default -> throw bad("a subcluster is called both stored and zeros");
        };
    }

    private static int state(long bitmap, int index) {
        return (int) ((bitmap >>> index) & 1) | (int) ((bitmap >>> (SUBCLUSTERS + index)) & 1) << 1;
    }

    private Corrupt bad(String message) {
        return new Corrupt("bad-value", origin, message);
    }
}
