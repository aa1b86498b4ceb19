package dev.stemma.ingest.analyze;

import dev.stemma.ingest.filesystem.FileSystemReader.ContentSink;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The first bytes of a file in memory, up to a limit given beforehand. */
final class Collected implements ContentSink {

    private final byte[] bytes;
    private final Origin origin;
    private int length;

    Collected(int maxBytes, Origin origin) {
        this.bytes = new byte[maxBytes];
        this.origin = origin;
    }

    /** Ends the reading of a file of which more is not wanted; not an error. */
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("enough", null, false, false);
        }
    }

    @Override
    public void data(MemorySegment piece) throws Corrupt {
        int count = (int) Math.min(piece.byteSize(), bytes.length - length);
        MemorySegment.copy(piece, 0, MemorySegment.ofArray(bytes), length, count);
        advance(piece.byteSize());
    }

    @Override
    public void hole(long lengthBytes) throws Corrupt {
        advance(lengthBytes);
    }

    private void advance(long more) throws Corrupt {
        if (more < 0) {
            throw new Corrupt("bad-value", origin, "a stretch of " + more + " bytes");
        }
        boolean enough = more > bytes.length - length;
        length = (int) Math.min(bytes.length, length + more);
        if (enough) {
            throw new Enough();
        }
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
