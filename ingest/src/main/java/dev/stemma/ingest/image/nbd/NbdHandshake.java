package dev.stemma.ingest.image.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The haggling at the start of a connection: fixed newstyle, structured replies, the context {@code base:allocation}, and
 * the export with the empty name.
 */
final class NbdHandshake {

    private static final long MAGIC = 0x4e42444d41474943L; // NBDMAGIC
    private static final long OPTION_MAGIC = 0x49484156454f5054L; // IHAVEOPT
    private static final long REPLY_MAGIC = 0x0003e889045565a9L;
    private static final int FLAGS_FIXED_NEWSTYLE_NO_ZEROES = 3;
    private static final int GO = 7;
    private static final int STRUCTURED_REPLY = 8;
    private static final int SET_META_CONTEXT = 10;
    private static final int REPLY_ACK = 1;
    private static final int REPLY_INFO = 3;
    private static final int REPLY_META_CONTEXT = 4;
    private static final int INFO_EXPORT = 0;
    private static final int MAX_REPLY_BYTES = 65_536;
    private static final int MAX_REPLIES = 64;
    private static final byte[] ALLOCATION = "base:allocation".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;

    private NbdHandshake(SocketChannel channel) {
        this.channel = channel;
    }

    /** What the server said of the export. */
    record Export(long sizeBytes, boolean tellsHoles) {}

    static Export run(SocketChannel channel) throws IOException {
        return new NbdHandshake(channel).run();
    }

    private Export run() throws IOException {
        ByteBuffer greeting = receive(18);
        if (greeting.getLong() != MAGIC || greeting.getLong() != OPTION_MAGIC) {
            throw new IOException("the server does not speak the newstyle protocol");
        }
        if ((greeting.getShort() & FLAGS_FIXED_NEWSTYLE_NO_ZEROES) != FLAGS_FIXED_NEWSTYLE_NO_ZEROES) {
            throw new IOException("the server is too old");
        }
        send(
                channel,
                ByteBuffer.allocate(4).putInt(FLAGS_FIXED_NEWSTYLE_NO_ZEROES).flip());
        option(STRUCTURED_REPLY, ByteBuffer.allocate(0));
        if (reply(STRUCTURED_REPLY).type != REPLY_ACK) {
            throw new IOException("the server has no structured replies");
        }
        boolean tellsHoles = metaContext();
        return new Export(go(), tellsHoles);
    }

    private boolean metaContext() throws IOException {
        ByteBuffer body = ByteBuffer.allocate(4 + 4 + 4 + ALLOCATION.length);
        body.putInt(0).putInt(1).putInt(ALLOCATION.length).put(ALLOCATION).flip();
        option(SET_META_CONTEXT, body);
        boolean chosen = false;
        for (int i = 0; i < MAX_REPLIES; i++) {
            Reply reply = reply(SET_META_CONTEXT);
            if (reply.type != REPLY_META_CONTEXT) {
                return chosen && reply.type == REPLY_ACK;
            }
            chosen = true;
        }
        throw new IOException("the server does not come to an end");
    }

    private long go() throws IOException {
        option(GO, ByteBuffer.allocate(6));
        long size = -1;
        for (int i = 0; i < MAX_REPLIES; i++) {
            Reply reply = reply(GO);
            if (reply.type == REPLY_ACK && size >= 0) {
                return size;
            }
            if (reply.type != REPLY_INFO) {
                throw new IOException("the server refuses the export (reply " + reply.type + ")");
            }
            if (reply.body.remaining() >= 12 && reply.body.getShort() == INFO_EXPORT) {
                size = reply.body.getLong();
            }
        }
        throw new IOException("the server does not come to an end");
    }

    private void option(int option, ByteBuffer body) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(16 + body.remaining());
        message.putLong(OPTION_MAGIC)
                .putInt(option)
                .putInt(body.remaining())
                .put(body)
                .flip();
        send(channel, message);
    }

    private Reply reply(int option) throws IOException {
        ByteBuffer head = receive(20);
        if (head.getLong() != REPLY_MAGIC || head.getInt() != option) {
            throw new IOException("the server answered another question");
        }
        int type = head.getInt();
        int length = head.getInt();
        if (length < 0 || length > MAX_REPLY_BYTES) {
            throw new IOException("the server answered with " + length + " bytes");
        }
        return new Reply(type, receive(length));
    }

    private record Reply(int type, ByteBuffer body) {}

    private ByteBuffer receive(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        fill(channel, buffer);
        return buffer.flip();
    }

    static void fill(SocketChannel channel, ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new EOFException("the server ended the connection");
            }
        }
    }

    static void send(SocketChannel channel, ByteBuffer message) throws IOException {
        while (message.hasRemaining()) {
            channel.write(message);
        }
    }
}
