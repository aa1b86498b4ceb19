package dev.stemma.ingest.filesystem;

import dev.stemma.ingest.filesystem.FileSystemReader.ContentSink;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.foreign.MemorySegment;

/** Hands on a stretch of what arrives, and ends the reading behind it. */
final class Stretch implements ContentSink {

    private final long start;
    private final long end;
    private final ContentSink sink;
    private long at;

    private Stretch(long start, long end, ContentSink sink) {
        this.start = start;
        this.end = end;
        this.sink = sink;
    }

    /** Ends the reading of a file of which more is not wanted; not an error. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Over() {
            super("over", null, false, false);
        }
    }

    static void read(FileSystemReader reader, Node file, long offsetBytes, long lengthBytes, ContentSink sink)
            throws ImageProblem {
        long end = offsetBytes > Long.MAX_VALUE - lengthBytes ? Long.MAX_VALUE : offsetBytes + lengthBytes;
        if (lengthBytes <= 0) {
            return;
        }
        try {
            reader.read(file, new Stretch(offsetBytes, end, sink));
        } catch (Over e) {
            // All of the stretch was handed on.
        }
    }

    @Override
    public void data(MemorySegment bytes) throws ImageProblem {
        long from = Math.max(0, start - at);
        long to = Math.min(bytes.byteSize(), end - at);
        if (from < to) {
            sink.data(bytes.asSlice(from, to - from));
        }
        advance(bytes.byteSize());
    }

    @Override
    public void hole(long lengthBytes) throws ImageProblem {
        long from = Math.max(0, start - at);
        long to = Math.min(lengthBytes, end - at);
        if (from < to) {
            sink.hole(to - from);
        }
        advance(lengthBytes);
    }

    private void advance(long lengthBytes) {
        at += lengthBytes;
        if (at >= end) {
            throw new Over();
        }
    }
}
