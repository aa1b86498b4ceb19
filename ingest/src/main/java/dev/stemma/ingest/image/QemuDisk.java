package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.image.nbd.NbdSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A vetted file as QEMU reads it: one process for it, closed with it. The second way for formats that are too rare to be read
 * in Java, and the tests' measure for those that are. The format is stated, the file comes by descriptor, and
 * {@code "backing": null} says that QEMU is to take nothing from a header.
 */
final class QemuDisk implements ByteSource {

    private static final int FIRST_DESCRIPTOR = 10;

    private final Sandbox sandbox;
    private final NbdSource source;

    private QemuDisk(Sandbox sandbox, NbdSource source) {
        this.sandbox = sandbox;
        this.source = source;
    }

    /**
     * Starts QEMU on a vetted file.
     *
     * @param expected what the header says of the disk's size
     */
    static QemuDisk open(HostFile file, DiskFormat format, long expected, Budget budget) throws ImageProblem {
        Origin origin = file.origin();
        Sandbox sandbox = Sandbox.start(
                "json:" + node(format), List.of(file.pinnedPath()), NbdSource.MAX_CONNECTIONS + 1, origin, budget);
        try {
            NbdSource source = sandbox.connect(origin, budget);
            if (source.sizeBytes() < expected || source.sizeBytes() - expected >= 512) {
                throw new Corrupt(
                        "bad-value",
                        origin,
                        "QEMU sees a disk of " + source.sizeBytes() + " bytes, the header says " + expected);
            }
            return new QemuDisk(sandbox, source);
        } catch (ImageProblem | RuntimeException | Error e) {
            sandbox.close();
            throw e;
        }
    }

    /** Nothing that a guest wrote is in it: words of ours and a number. */
    static String node(DiskFormat format) {
        String backing =
                switch (format) {
                    case QCOW2, QCOW, QED, VMDK -> ",\"backing\":null";
                    default -> "";
                };
        return "{\"driver\":\"" + format.word() + "\",\"read-only\":true,\"file\":{\"driver\":\"file\","
                + "\"filename\":\"/proc/self/fd/" + FIRST_DESCRIPTOR + "\"}" + backing + "}";
    }

    @Override
    public long sizeBytes() {
        return source.sizeBytes();
    }

    @Override
    public Origin origin() {
        return source.origin();
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
        source.read(offsetBytes, target);
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
        return source.extents(offsetBytes, lengthBytes);
    }

    @Override
    public void close() {
        try (sandbox) {
            source.close();
        }
    }
}
