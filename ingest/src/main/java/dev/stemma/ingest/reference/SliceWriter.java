package dev.stemma.ingest.reference;

import dev.stemma.ingest.content.StoredContent;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes slices from the store into a file, what lies side by side at once: a call for each chunk took as much time as a fifth of all. Not thread-safe.
 */
final class SliceWriter {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final long PART_BYTES = 16 << 20;
    private static final byte[] ZEROS = new byte[1 << 16];

    private final StoreRuns store;
    private final TargetFile target;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long at;
    private long writtenFrom = Long.MAX_VALUE;
    private long writtenTo;

    SliceWriter(StoreRuns store, TargetFile target) {
        this.store = store;
        this.target = target;
    }

    /**
     * Writes a slice, of which some may be held back until {@link #flush}.
     *
     * @param fresh whether nothing was written there yet, so that zeros may stay a hole
     */
    void write(RunSlice slice, boolean fresh) throws ImageProblem, IOException {
        for (long done = 0; done < slice.lengthBytes(); done += PART_BYTES) {
            target.checkBudget();
            writePart(slice.part(done, Math.min(PART_BYTES, slice.lengthBytes() - done)), fresh);
        }
    }

    private void writePart(RunSlice slice, boolean fresh) throws IOException {
        seek(slice.at());
        store.read(slice, new StoredContent.Sink() {
            @Override
            public void data(byte[] bytes, int offset, int lengthBytes) throws IOException {
                int from = offset;
                while (from < offset + lengthBytes) {
                    int some = Math.min(buffer.remaining(), offset + lengthBytes - from);
                    buffer.put(bytes, from, some);
                    from += some;
                    flushIfFull();
                }
            }

            @Override
            public void zeros(long lengthBytes) throws IOException {
                if (fresh) {
                    seek(at + buffer.position() + lengthBytes);
                    return;
                }
                for (long left = lengthBytes; left > 0; ) {
                    int some = (int) Math.min(Math.min(buffer.remaining(), ZEROS.length), left);
                    buffer.put(ZEROS, 0, some);
                    left -= some;
                    flushIfFull();
                }
            }
        });
    }

    private void seek(long to) throws IOException {
        if (at + buffer.position() != to) {
            flush();
            at = to;
        }
    }

    private void flushIfFull() throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
    }

    /** Writes what was held back. */
    void flush() throws IOException {
        buffer.flip();
        int length = buffer.remaining();
        target.write(buffer, at);
        buffer.clear();
        if (length > 0) {
            writtenFrom = Math.min(writtenFrom, at);
            writtenTo = Math.max(writtenTo, at + length);
        }
        at += length;
    }

    /** Writes what was held back, and lets all since the last call be on its way to the medium. */
    void end() throws IOException {
        flush();
        target.beginWriting(writtenFrom, writtenTo);
        writtenFrom = Long.MAX_VALUE;
        writtenTo = 0;
    }
}
