package dev.stemma.ingest.filesystem;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A disk in an array, for damaging many copies quickly. Keeps the contract of {@link ByteSource}. */
public record MemorySource(byte[] bytes) implements ByteSource {

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public Origin origin() {
        return Origin.of("memory");
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws Corrupt {
        if (offsetBytes < 0 || offsetBytes > bytes.length - target.byteSize()) {
            throw new Corrupt("out-of-bounds", origin(), "needs byte " + offsetBytes);
        }
        MemorySegment.copy(MemorySegment.ofArray(bytes), offsetBytes, target, 0, target.byteSize());
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) {
        return lengthBytes == 0 ? List.of() : List.of(new Extent(offsetBytes, lengthBytes, false));
    }

    @Override
    public void close() {}
}
