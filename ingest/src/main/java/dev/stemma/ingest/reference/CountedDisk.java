package dev.stemma.ingest.reference;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A disk that counts what is read of it, and keeps the first problem, which a tool behind a socket cannot tell. As safe for several threads as the disk. */
final class CountedDisk implements ByteSource {

    private final ByteSource disk;
    private final AtomicLong readBytes = new AtomicLong();
    private final AtomicReference<@Nullable ImageProblem> problem = new AtomicReference<>();

    CountedDisk(ByteSource disk) {
        this.disk = disk;
    }

    /** Bytes that were read so far, each as often as it was read. */
    long readBytes() {
        return readBytes.get();
    }

    /** @throws ImageProblem that a reader met */
    void requireNoProblem() throws ImageProblem {
        ImageProblem met = problem.get();
        if (met != null) {
            throw met;
        }
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
        try {
            disk.read(offsetBytes, target);
            readBytes.addAndGet(target.byteSize());
        } catch (ImageProblem e) {
            problem.compareAndSet(null, e);
            throw e;
        }
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
        try {
            return disk.extents(offsetBytes, lengthBytes);
        } catch (ImageProblem e) {
            problem.compareAndSet(null, e);
            throw e;
        }
    }

    @Override
    public long sizeBytes() {
        return disk.sizeBytes();
    }

    @Override
    public Origin origin() {
        return disk.origin();
    }

    @Override
    public void close() throws ImageProblem {
        disk.close();
    }
}
