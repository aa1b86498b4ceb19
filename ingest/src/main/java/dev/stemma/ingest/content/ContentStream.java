package dev.stemma.ingest.content;

import java.io.IOException;
import java.io.InputStream;

/** A content as a stream, read a piece ahead. Not thread-safe. */
final class ContentStream extends InputStream {

    private static final int PIECE_BYTES = 1 << 17;

    private final StoredContent content;
    private final byte[] piece = new byte[PIECE_BYTES];
    private long next;
    private int at;
    private int filled;

    ContentStream(StoredContent content) {
        this.content = content;
    }

    private boolean fill() throws IOException {
        if (at < filled) {
            return true;
        }
        int length = (int) Math.min(PIECE_BYTES, content.sizeBytes() - next);
        at = 0;
        filled = 0;
        if (length == 0) {
            return false;
        }
        content.read(next, length, new StoredContent.Sink() {
            @Override
            public void data(byte[] bytes, int offset, int lengthBytes) {
                System.arraycopy(bytes, offset, piece, filled, lengthBytes);
                filled += lengthBytes;
            }

            @Override
            public void zeros(long lengthBytes) {
                java.util.Arrays.fill(piece, filled, filled + (int) lengthBytes, (byte) 0);
                filled += (int) lengthBytes;
            }
        });
        next += length;
        return true;
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int some = Math.min(length, filled - at);
        System.arraycopy(piece, at, target, offset, some);
        at += some;
        return some;
    }

    @Override
    public int available() {
        return filled - at;
    }
}
