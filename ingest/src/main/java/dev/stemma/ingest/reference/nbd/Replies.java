package dev.stemma.ingest.reference.nbd;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Answers of the transmission phase, structured or simple as the client wants them. Used by one thread; closed by it, which frees the piece.
 */
final class Replies implements AutoCloseable {

    /** What is read at once, and most bytes of a chunk of data. */
    static final int PIECE_BYTES = 256 << 10;

    private static final int CHUNK_HEAD_BYTES = 20;
    private static final int HEAD_BYTES = CHUNK_HEAD_BYTES + 8;
    private static final int DONE = 1;
    private static final int NONE = 0;
    private static final int OFFSET_DATA = 1;
    private static final int OFFSET_HOLE = 2;
    private static final int BLOCK_STATUS = 5;
    private static final int ERROR = 0x8001;
    private static final int MAX_REASON_BYTES = 1_024;

    private final SocketChannel channel;
    private final boolean structured;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(HEAD_BYTES + PIECE_BYTES);
    private final ByteBuffer buffer = memory.asByteBuffer();
    private long cookie;

    Replies(SocketChannel channel, boolean structured) {
        this.channel = channel;
        this.structured = structured;
    }

    /** The next answers are to this request. */
    void to(long request) {
        cookie = request;
    }

    /** Where data is to be put before it is sent, or received; at most {@link #PIECE_BYTES}. */
    MemorySegment piece(long lengthBytes) {
        return memory.asSlice(HEAD_BYTES, lengthBytes);
    }

    /** Sends what was put into the piece. */
    void data(long diskBytes, int lengthBytes, boolean last) throws IOException {
        chunk(OFFSET_DATA, 8 + lengthBytes, last).putLong(diskBytes);
        Wire.send(channel, buffer.position(0).limit(HEAD_BYTES + lengthBytes));
    }

    /** Zeros that are not sent. */
    void hole(long diskBytes, int lengthBytes, boolean last) throws IOException {
        send(chunk(OFFSET_HOLE, 12, last).putLong(diskBytes).putInt(lengthBytes));
    }

    /** What is data and what zeros. */
    void status(Status status) throws IOException {
        status.write(chunk(BLOCK_STATUS, 4 + status.sizeBytes(), true).putInt(Wire.ALLOCATION_ID));
        send(buffer);
    }

    /** The request was carried out, and has no more to say. */
    void done() throws IOException {
        send(structured ? chunk(NONE, 0, true) : simple(0));
    }

    /** The request was not carried out, or not to its end. */
    void error(int error, String reason) throws IOException {
        if (!structured) {
            send(simple(error));
            return;
        }
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_REASON_BYTES);
        send(chunk(ERROR, 6 + length, true)
                .putInt(error)
                .putShort((short) length)
                .put(bytes, 0, length));
    }

    /** Says that data follows, which is sent by {@link #raw}. */
    void simpleData() throws IOException {
        send(simple(0));
    }

    /** Bytes of the piece without a head. */
    void raw(int lengthBytes) throws IOException {
        buffer.clear();
        Wire.send(channel, buffer.position(HEAD_BYTES).limit(HEAD_BYTES + lengthBytes));
    }

    private ByteBuffer simple(int error) {
        return buffer.clear().putInt(Wire.SIMPLE_REPLY_MAGIC).putInt(error).putLong(cookie);
    }

    private ByteBuffer chunk(int type, int length, boolean last) {
        return buffer.clear()
                .putInt(Wire.STRUCTURED_REPLY_MAGIC)
                .putShort((short) (last ? DONE : 0))
                .putShort((short) type)
                .putLong(cookie)
                .putInt(length);
    }

    private void send(ByteBuffer message) throws IOException {
        Wire.send(channel, message.flip());
    }

    @Override
    public void close() {
        arena.close();
    }
}
