package dev.stemma.ingest.filesystem;

import java.lang.foreign.MemorySegment;

/** Fills a piece of memory with content, and takes no more than fits. For one thread, and one reading. */
public final class Fill implements FileSystemReader.ContentSink {

    private final MemorySegment target;
    private long done;

    public Fill(MemorySegment target) {
        this.target = target;
    }

    /** Bytes that came, at most the size of the target. */
    public long done() {
        return done;
    }

    @Override
    public void data(MemorySegment bytes) {
        long count = Math.min(bytes.byteSize(), target.byteSize() - done);
        MemorySegment.copy(bytes, 0, target, done, count);
        done += count;
    }

    @Override
    public void hole(long lengthBytes) {
        long count = Math.min(lengthBytes, target.byteSize() - done);
        target.asSlice(done, count).fill((byte) 0);
        done += count;
    }
}
