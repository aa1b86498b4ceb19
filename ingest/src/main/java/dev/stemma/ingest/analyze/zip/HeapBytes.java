package dev.stemma.ingest.analyze.zip;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Bytes that were unpacked into memory. Closing it does nothing. */
public final class HeapBytes implements ByteSource {

    private final byte[] bytes;
    private final Origin origin;

    private HeapBytes(byte[] bytes, Origin origin) {
        this.bytes = bytes;
        this.origin = origin;
    }

    /** A view; the bytes are not copied and must not change. */
    public static HeapBytes of(byte[] bytes, Origin origin) {
        return new HeapBytes(bytes, origin);
    }

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws Corrupt {
        if (offsetBytes < 0 || offsetBytes > bytes.length - target.byteSize()) {
            throw new Corrupt("out-of-bounds", origin, "needs bytes from " + offsetBytes + " of " + bytes.length);
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
