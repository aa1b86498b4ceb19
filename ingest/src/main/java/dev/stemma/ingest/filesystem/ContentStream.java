package dev.stemma.ingest.filesystem;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader.ContentSink;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Makes a file's content of runs on the disk: runs that follow each other on disk and in the file are read as one, in pieces
 * of 1 MiB, and what no run covers is a hole. Not thread-safe; closed by whoever opened it.
 */
public final class ContentStream implements AutoCloseable {

    private static final int PIECE_BYTES = 1 << 20;
    private static final int SPARE_BUFFERS = 8;

    private final Buffers buffers;
    private final Origin file;
    private final long endBytes;
    private final ContentSink sink;
    private final MemorySegment buffer;
    private long sentBytes;
    private long runStart;
    private long runDisk;
    private long runBytes;

    private ContentStream(
            Buffers buffers, Origin file, long startBytes, long endBytes, ContentSink sink, MemorySegment buffer) {
        this.buffers = buffers;
        this.file = file;
        this.sentBytes = startBytes;
        this.endBytes = endBytes;
        this.sink = sink;
        this.buffer = buffer;
    }

    /** The disk below, and native buffers that are used again. Safe for several threads. */
    public static final class Buffers {

        private final ByteSource source;
        private final Budget budget;
        private final BlockingQueue<MemorySegment> spare = new ArrayBlockingQueue<>(SPARE_BUFFERS);

        /** @param source that the runs lie in */
        public Buffers(ByteSource source, Budget budget) {
            this.source = source;
            this.budget = budget;
        }

        /**
         * A stream of one file.
         *
         * @param sizeBytes what lies behind it is not handed on
         */
        public ContentStream open(Origin file, long sizeBytes, ContentSink sink) {
            return open(file, 0, sizeBytes, sink);
        }

        /** A stream of a stretch of one file, from one of its bytes to before another. */
        public ContentStream open(Origin file, long startBytes, long endBytes, ContentSink sink) {
            MemorySegment buffer = spare.poll();
            return new ContentStream(
                    this,
                    file,
                    startBytes,
                    endBytes,
                    sink,
                    buffer == null ? Arena.ofAuto().allocate(PIECE_BYTES) : buffer);
        }
    }

    /**
     * The next run, which starts no earlier than the one before ended.
     *
     * @param start in the file, in bytes
     * @param disk in the source, in bytes
     * @param lengthBytes more than 0
     */
    public void run(long start, long disk, long lengthBytes) throws ImageProblem {
        if (runBytes > 0 && start == runStart + runBytes && disk == runDisk + runBytes) {
            runBytes += lengthBytes;
            return;
        }
        send();
        runStart = start;
        runDisk = disk;
        runBytes = lengthBytes;
    }

    /** Hands on what is left, up to the end. */
    public void finish() throws ImageProblem {
        send();
        holeUpTo(endBytes);
    }

    private void send() throws ImageProblem {
        long end = Math.min(runStart + runBytes, endBytes);
        if (runBytes == 0 || end <= Math.max(runStart, sentBytes)) {
            return;
        }
        holeUpTo(runStart);
        while (sentBytes < end) {
            buffers.budget.check(file);
            MemorySegment piece = buffer.asSlice(0, Math.min(PIECE_BYTES, end - sentBytes));
            buffers.source.read(runDisk + (sentBytes - runStart), piece);
            sink.data(piece.asReadOnly());
            sentBytes += piece.byteSize();
        }
    }

    private void holeUpTo(long offset) throws ImageProblem {
        if (offset > sentBytes) {
            sink.hole(offset - sentBytes);
            sentBytes = offset;
        }
    }

    @Override
    public void close() {
        buffers.spare.offer(buffer);
    }
}
