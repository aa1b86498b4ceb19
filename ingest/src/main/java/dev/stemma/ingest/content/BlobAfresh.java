package dev.stemma.ingest.content;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A blob as it lies there now, for checks: what a cache still has whole says nothing of it. */
record BlobAfresh(Blob blob) implements Blob {

    @Override
    public String where() {
        return blob.where();
    }

    @Override
    public long sizeBytes() {
        return blob.sizeBytes();
    }

    @Override
    public MemorySegment read(long offsetBytes, long lengthBytes) throws IOException {
        return blob.readAfresh(offsetBytes, lengthBytes);
    }

    @Override
    public MemorySegment readAfresh(long offsetBytes, long lengthBytes) throws IOException {
        return blob.readAfresh(offsetBytes, lengthBytes);
    }
}
