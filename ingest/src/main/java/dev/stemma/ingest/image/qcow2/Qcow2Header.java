package dev.stemma.ingest.image.qcow2;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.image.layer.BackingName;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What the first cluster of a qcow2 file says, checked: every count bounded, every table inside of the file. Source:
 * docs/interop/qcow2.txt of QEMU.
 *
 * @param version 2 or 3
 * @param clusterBits 9 to 21: clusters are of 512 bytes to 2 MiB
 * @param virtualBytes size that a guest sees
 * @param l1Entries how many entries the first-level table has
 * @param l1Offset where it lies
 * @param extendedL2 whether second-level entries are of 16 bytes, with subclusters
 * @param zstd whether compressed clusters are zstd frames and not deflate
 * @param snapshots internal snapshots
 * @param backingName bytes of the name of the file that this one stands on, as they are
 * @param backingFormat that file's format, where it is stated
 */
public record Qcow2Header(
        int version,
        int clusterBits,
        long virtualBytes,
        int l1Entries,
        long l1Offset,
        boolean extendedL2,
        boolean zstd,
        int snapshots,
        Optional<BackingName> backingName,
        Optional<String> backingFormat) {

    private static final int V2_BYTES = 72;
    private static final int V3_BYTES = 104;
    private static final int MAX_L1_BYTES = 32 << 20;
    private static final int MAX_REFCOUNT_TABLE_BYTES = 8 << 20;
    private static final int MAX_SNAPSHOTS = 65_536;
    private static final int MAX_BACKING_NAME_BYTES = 1_023;

    private static final long DIRTY = 1;
    private static final long CORRUPT = 2;
    private static final long EXTERNAL_DATA = 4;
    private static final long COMPRESSION_TYPE = 8;
    private static final long EXTENDED_L2 = 16;

    /**
     * Reads and checks the header.
     *
     * @throws Corrupt {@code truncated}, {@code bad-magic}, {@code bad-value}, {@code out-of-bounds}, {@code marked-corrupt}
     * @throws Unsupported {@code encrypted}, {@code external-data-file}, {@code unsupported-feature}, {@code needs-recovery}
     */
    public static Qcow2Header read(ByteSource file) throws ImageProblem {
        Origin origin = file.origin().within("qcow2 header");
        if (file.sizeBytes() < V3_BYTES) {
            throw truncated(origin, "the header does not fit into " + file.sizeBytes() + " bytes");
        }
        Fields start = Fields.read(file, "qcow2 header", 0, V3_BYTES, ByteOrder.BIG_ENDIAN);
        if (!start.has(0, (byte) 'Q', (byte) 'F', (byte) 'I', (byte) 0xfb)) {
            throw new Corrupt("bad-magic", origin, "does not start with QFI\\xfb");
        }
        long version = start.u32(4);
        if (version != 2 && version != 3) {
            throw new Unsupported("unsupported-feature", origin, "is of version " + version + ", not 2 or 3");
        }
        int clusterBits = (int) bounded(start.u32(20), 9, 21, "cluster_bits", origin);
        long features = version == 2 ? 0 : start.i64(72);
        requireReadable(features, start.u32(32), origin);
        long headerBytes = version == 2 ? V2_BYTES : start.u32(100);
        if (headerBytes < V2_BYTES || headerBytes > 1L << clusterBits || (version == 3 && headerBytes < V3_BYTES)) {
            throw bad(origin, "claims a header of " + headerBytes + " bytes");
        }
        boolean zstd = zstd(file, features, headerBytes, origin);
        requireRefcounts(file, start, version, clusterBits, origin);

        boolean extended = (features & EXTENDED_L2) != 0;
        long virtualBytes = start.u63(24);
        long l1Entries = requireFirstLevel(file, start, clusterBits, extended, virtualBytes, origin);
        long snapshots = bounded(start.u32(60), 0, MAX_SNAPSHOTS, "nb_snapshots", origin);
        Qcow2Extensions extensions = Qcow2Extensions.read(file, headerBytes, 1L << clusterBits);
        return new Qcow2Header(
                (int) version,
                clusterBits,
                virtualBytes,
                (int) l1Entries,
                start.u63(40),
                extended,
                zstd,
                (int) snapshots,
                backingName(file, start, clusterBits, origin),
                extensions.backingFormat());
    }

    private static void requireReadable(long features, long cryptMethod, Origin origin) throws ImageProblem {
        if (cryptMethod != 0) {
            throw new Unsupported(
                    "encrypted",
                    origin,
                    "the image is encrypted (method " + cryptMethod + ")",
                    "Decrypt it into a copy with qemu-img convert, then index that.");
        }
        if ((features & EXTERNAL_DATA) != 0) {
            throw new Unsupported(
                    "external-data-file",
                    origin,
                    "keeps its data in another file, which the header names",
                    "Convert it into one file: qemu-img convert -O qcow2.");
        }
        if ((features & CORRUPT) != 0) {
            throw new Corrupt(
                    "marked-corrupt",
                    origin,
                    "QEMU marked it as corrupt",
                    "Check and repair it: qemu-img check -r all.");
        }
        if ((features & DIRTY) != 0) {
            throw new Unsupported(
                    "needs-recovery",
                    origin,
                    "was not closed cleanly (dirty bit)",
                    "Stop its machine, then repair it: qemu-img check -r all.");
        }
        long unknown = features & ~(COMPRESSION_TYPE | EXTENDED_L2);
        if (unknown != 0) {
            throw new Unsupported(
                    "unsupported-feature",
                    origin,
                    "needs features that are not known (bits " + Long.toHexString(unknown) + ")");
        }
    }

    private static boolean zstd(ByteSource file, long features, long headerBytes, Origin origin) throws ImageProblem {
        if ((features & COMPRESSION_TYPE) == 0) {
            return false;
        }
        if (headerBytes <= V3_BYTES) {
            throw bad(origin, "announces a compression type and has no room for it");
        }
        int type = Fields.read(file, "qcow2 header", V3_BYTES, 1, ByteOrder.BIG_ENDIAN)
                .u8(0);
        if (type > 1) {
            throw new Unsupported("unsupported-feature", origin, "compresses by an unknown method, " + type);
        }
        return type == 1;
    }

    private static void requireRefcounts(ByteSource file, Fields start, long version, int clusterBits, Origin origin)
            throws ImageProblem {
        if (version == 3) {
            bounded(start.u32(96), 0, 6, "refcount_order", origin);
        }
        long clusters =
                bounded(start.u32(56), 1, MAX_REFCOUNT_TABLE_BYTES >> clusterBits, "refcount_table_clusters", origin);
        requireTable(file, start.u63(48), clusters << clusterBits, clusterBits, "refcount table", origin);
    }

    private static long requireFirstLevel(
            ByteSource file, Fields start, int clusterBits, boolean extended, long virtualBytes, Origin origin)
            throws ImageProblem {
        long entries = bounded(start.u32(36), 0, MAX_L1_BYTES / 8, "l1_size", origin);
        long perEntry = 1L << (2 * clusterBits - (extended ? 4 : 3));
        if (virtualBytes > entries * perEntry) {
            throw bad(origin, "its first-level table covers " + entries * perEntry + " of " + virtualBytes + " bytes");
        }
        requireTable(file, start.u63(40), entries * 8, clusterBits, "first-level table", origin);
        return entries;
    }

    private static void requireTable(
            ByteSource file, long offset, long length, int clusterBits, String name, Origin origin) throws Corrupt {
        if (length != 0 && (offset == 0 || (offset & ((1L << clusterBits) - 1)) != 0)) {
            throw bad(origin, "places its " + name + " at byte " + offset);
        }
        if (offset > file.sizeBytes() - length) {
            throw truncated(origin, "its " + name + " lies at byte " + offset + " of " + file.sizeBytes());
        }
    }

    private static Optional<BackingName> backingName(ByteSource file, Fields start, int clusterBits, Origin origin)
            throws ImageProblem {
        long offset = start.u63(8);
        long length = start.u32(16);
        if (offset == 0 || length == 0) {
            return Optional.empty();
        }
        if (length > MAX_BACKING_NAME_BYTES || offset > (1L << clusterBits) - length) {
            throw bad(origin, "claims a backing name of " + length + " bytes at byte " + offset);
        }
        Fields name = Fields.read(file, "backing name", offset, length, ByteOrder.BIG_ENDIAN);
        return Optional.of(BackingName.of(name.bytes(0, length)));
    }

    private static long bounded(long value, long least, long most, String field, Origin origin) throws Corrupt {
        if (value < least || value > most) {
            throw bad(origin, field + " is " + value + ", not " + least + " to " + most);
        }
        return value;
    }

    private static Corrupt bad(Origin origin, String message) {
        return new Corrupt("bad-value", origin, message);
    }

    static Corrupt truncated(Origin origin, String message) {
        return new Corrupt("truncated", origin, message, "Copy the image again from its source.");
    }
}
