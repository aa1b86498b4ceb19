package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.image.nbd.NbdSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * A vetted chain as QEMU reads it: one process for it, closed with it. Every node of the chain is spelled out, with its
 * format, its file by descriptor, and {@code "backing": null} at the base, so that QEMU takes nothing from a header.
 */
final class QemuDisk implements ByteSource {

    private static final int FIRST_DESCRIPTOR = 10;

    private final Sandbox sandbox;
    private final NbdSource source;

    private QemuDisk(Sandbox sandbox, NbdSource source) {
        this.sandbox = sandbox;
        this.source = source;
    }

    static QemuDisk open(BackingChain chain, Origin origin, Budget budget) throws ImageProblem {
        List<Path> files =
                chain.links().stream().map(link -> link.file().pinnedPath()).toList();
        Sandbox sandbox =
                Sandbox.start("json:" + node(chain.links(), 0), files, NbdSource.MAX_CONNECTIONS + 1, origin, budget);
        try {
            NbdSource source = sandbox.connect(origin, budget);
            long expected = chain.links().getFirst().virtualBytes();
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

    /** Nothing that a guest wrote is in it: words of ours and numbers. */
    static String node(List<BackingChain.Link> links, int index) {
        DiskFormat format = links.get(index).format();
        String file =
                "\"file\":{\"driver\":\"file\",\"filename\":\"/proc/self/fd/" + (FIRST_DESCRIPTOR + index) + "\"}";
        String backing = "";
        if (format == DiskFormat.QCOW2) {
            backing = ",\"backing\":" + (index + 1 < links.size() ? node(links, index + 1) : "null");
        }
        return "{\"driver\":\"" + format.word() + "\",\"read-only\":true," + file + backing + "}";
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
