package dev.stemma.ingest.image.qed;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What a QED header says. Source: docs/interop/qed_spec.txt of QEMU. */
public record QedHeader(long virtualBytes) {

    private static final int BYTES = 64;
    private static final long BACKING = 1;
    private static final long NEED_CHECK = 2;
    private static final long MAX_VIRTUAL_BYTES = 64L << 40;

    /**
     * Reads and checks the header. Tables are left to QEMU, which refuses clusters past the end of the file.
     *
     * @throws Corrupt {@code truncated}, {@code bad-magic}, {@code bad-value}
     * @throws Unsupported {@code needs-recovery}, {@code unsupported-feature}
     */
    public static QedHeader read(ByteSource file) throws ImageProblem {
        Origin origin = file.origin().within("qed header");
        if (file.sizeBytes() < BYTES) {
            throw new Corrupt("truncated", origin, "the header does not fit into " + file.sizeBytes() + " bytes");
        }
        Fields header = Fields.read(file, "qed header", 0, BYTES, ByteOrder.LITTLE_ENDIAN);
        if (!header.has(0, "QED\0".getBytes(StandardCharsets.US_ASCII))) {
            throw new Corrupt("bad-magic", origin, "does not start with QED");
        }
        long features = header.i64(16);
        if ((features & NEED_CHECK) != 0) {
            throw new Unsupported(
                    "needs-recovery",
                    origin,
                    "was not closed cleanly",
                    "Stop its machine, then repair it: qemu-img check -f qed -r all.");
        }
        if ((features & ~NEED_CHECK) != 0) {
            throw new Unsupported(
                    "unsupported-feature",
                    origin,
                    (features & BACKING) != 0 ? "stands on another file" : "needs features that are not known",
                    "Convert it into one file: qemu-img convert -f qed -O qcow2.");
        }
        long clusterBytes = header.u32(4);
        if (clusterBytes < 1 << 12 || clusterBytes > 1 << 26 || Long.bitCount(clusterBytes) != 1) {
            throw new Corrupt("bad-value", origin, "has clusters of " + clusterBytes + " bytes");
        }
        long virtualBytes = header.u63(48);
        if (virtualBytes == 0 || virtualBytes > MAX_VIRTUAL_BYTES || virtualBytes % 512 != 0) {
            throw new Corrupt("bad-value", origin, "claims a disk of " + virtualBytes + " bytes");
        }
        return new QedHeader(virtualBytes);
    }
}
