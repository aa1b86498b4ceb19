package dev.stemma.ingest.analyze;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Fill;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The content of a guest's regular file, read where it is asked for. Closing it does nothing.
 *
 * @param sizeBytes what the file system says
 */
public record GuestContent(FileSystemReader reader, Node file, long sizeBytes, Origin origin) implements ByteSource {

    @Override
    public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
        long length = target.byteSize();
        if (offsetBytes < 0 || offsetBytes > sizeBytes - length) {
            throw new Corrupt(
                    "out-of-bounds",
                    origin,
                    "needs bytes " + offsetBytes + " to " + (offsetBytes + length) + " of " + sizeBytes);
        }
        Fill fill = new Fill(target);
        reader.read(file, offsetBytes, length, fill);
        if (fill.done() != length) {
            throw new Corrupt("truncated", origin, "ends at " + (offsetBytes + fill.done()) + " of " + sizeBytes);
        }
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) {
        return lengthBytes == 0 ? List.of() : List.of(new Extent(offsetBytes, lengthBytes, false));
    }

    @Override
    public void close() {}
}
