package dev.stemma.ingest.content;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.NoSuchFileException;

/** A blob that is read here and there. It needs no closing. Safe for use by several threads. */
public interface Blob {

    /** Where it lies, for messages: a path, or an address. */
    String where();

    /** Bytes of it. */
    long sizeBytes();

    /**
     * A stretch of it. What a segment of a mapped file cannot read any more is told by an {@link InternalError} when it is looked at.
     *
     * @param offsetBytes 0 or more
     * @param lengthBytes 0 or more; the stretch must lie within the blob
     * @throws NoSuchFileException when the blob is gone
     * @throws DamagedStoreException when it is shorter than it was
     * @throws StoreUnreachableException when it cannot be asked for
     */
    MemorySegment read(long offsetBytes, long lengthBytes) throws IOException;

    /** The same, as it lies there now: what is kept nearer by is passed over. */
    MemorySegment readAfresh(long offsetBytes, long lengthBytes) throws IOException;
}
