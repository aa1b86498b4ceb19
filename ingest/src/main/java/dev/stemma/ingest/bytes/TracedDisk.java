package dev.stemma.ingest.bytes;

import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A whole disk, by whose positions what lies on it is traced. As safe for several threads as the disk, and closes it.
 *
 * @param disk its bytes
 */
public record TracedDisk(ByteSource disk) implements ByteSource {

    @Override
    public long sizeBytes() {
        return disk.sizeBytes();
    }

    @Override
    public Origin origin() {
        return disk.origin();
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
        disk.read(offsetBytes, target);
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
        return disk.extents(offsetBytes, lengthBytes);
    }

    @Override
    public boolean trace(long offsetBytes, long lengthBytes, Trace trace) throws ImageProblem {
        Slice.checkWithin(sizeBytes(), origin(), offsetBytes, lengthBytes);
        if (lengthBytes > 0) {
            trace.at(offsetBytes, lengthBytes);
        }
        return true;
    }

    @Override
    public void close() throws ImageProblem {
        disk.close();
    }
}
