package dev.stemma.ingest.reference.nbd;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The haggling at the start of a connection, fixed newstyle: what the client wants to know, and what both agree on. There is one export, with the
 * empty name. Used once, by one thread.
 */
final class ExportHandshake {

    private static final int FIXED_NEWSTYLE = 1;
    private static final int NO_ZEROES = 2;

    private static final int EXPORT_NAME = 1;
    private static final int ABORT = 2;
    private static final int LIST = 3;
    private static final int INFO = 6;
    private static final int GO = 7;
    private static final int STRUCTURED_REPLY = 8;
    private static final int LIST_META_CONTEXT = 9;
    private static final int SET_META_CONTEXT = 10;

    private static final int ACK = 1;
    private static final int SERVER = 2;
    private static final int INFO_REPLY = 3;
    private static final int META_CONTEXT = 4;
    private static final int ERR_UNSUPPORTED = 0x8000_0001;
    private static final int ERR_INVALID = 0x8000_0003;
    private static final int ERR_UNKNOWN = 0x8000_0006;

    private static final int INFO_EXPORT = 0;
    private static final int INFO_BLOCK_SIZE = 3;
    private static final int PREFERRED_BLOCK_BYTES = 4_096;

    private static final int HAS_FLAGS = 1;
    private static final int READ_ONLY = 1 << 1;
    private static final int SEND_FLUSH = 1 << 2;
    private static final int SEND_FUA = 1 << 3;
    private static final int SEND_TRIM = 1 << 5;
    private static final int SEND_WRITE_ZEROES = 1 << 6;
    private static final int SEND_DF = 1 << 7;
    private static final int CAN_MULTI_CONN = 1 << 8;

    /** A client asks some five. */
    private static final int MAX_OPTIONS = 64;

    private static final int MAX_OPTION_BYTES = 16 << 10;
    private static final int MAX_STRING_BYTES = 4_096;
    private static final String ALLOCATION = "base:allocation";

    private final SocketChannel channel;
    private final long sizeBytes;
    private final boolean writable;
    private boolean noZeroes;
    private boolean structured;
    private boolean tellsHoles;

    /**
     * What both agreed on.
     *
     * @param structured whether the client understands structured replies
     * @param tellsHoles whether it asked for base:allocation
     */
    record Agreed(boolean structured, boolean tellsHoles) {}

    ExportHandshake(SocketChannel channel, long sizeBytes, boolean writable) {
        this.channel = channel;
        this.sizeBytes = sizeBytes;
        this.writable = writable;
    }

    /**
     * Empty when the client only looked.
     *
     * @throws ProtocolException when the client talks nonsense
     */
    Optional<Agreed> run() throws IOException {
        send(ByteBuffer.allocate(18)
                .putLong(Wire.MAGIC)
                .putLong(Wire.OPTION_MAGIC)
                .putShort((short) (FIXED_NEWSTYLE | NO_ZEROES)));
        int flags = receive(4).getInt();
        if ((flags & ~NO_ZEROES) != FIXED_NEWSTYLE) {
            throw new ProtocolException("the client's flags are " + Integer.toHexString(flags));
        }
        noZeroes = (flags & NO_ZEROES) != 0;
        for (int i = 0; i < MAX_OPTIONS; i++) {
            ByteBuffer head = receive(16);
            long magic = head.getLong();
            int option = head.getInt();
            int length = head.getInt();
            if (magic != Wire.OPTION_MAGIC || length < 0 || length > MAX_OPTION_BYTES) {
                throw new ProtocolException("option " + option + " of " + Integer.toUnsignedString(length) + " bytes");
            }
            ByteBuffer body = receive(length);
            switch (option) {
                case EXPORT_NAME -> {
                    return byName(body);
                }
                case ABORT -> {
                    reply(option, ACK);
                    return Optional.empty();
                }
                default -> {
                    if (answer(option, body)) {
                        return Optional.of(new Agreed(structured, tellsHoles));
                    }
                }
            }
        }
        throw new ProtocolException("the client does not come to an end");
    }

    /** The old way to go, which knows no reply but the export. */
    private Optional<Agreed> byName(ByteBuffer name) throws IOException {
        if (name.hasRemaining()) {
            throw new ProtocolException("the client wants an export of another name");
        }
        send(ByteBuffer.allocate(noZeroes ? 10 : 134).putLong(sizeBytes).putShort(flags()), noZeroes ? 10 : 134);
        return Optional.of(new Agreed(structured, tellsHoles));
    }

    /** Whether the haggling is over. */
    private boolean answer(int option, ByteBuffer body) throws IOException {
        try {
            switch (option) {
                case LIST -> list(body);
                case INFO, GO -> {
                    return info(option, body) && option == GO;
                }
                case STRUCTURED_REPLY -> {
                    requireEnd(body);
                    structured = true;
                    reply(option, ACK);
                }
                case LIST_META_CONTEXT, SET_META_CONTEXT -> metaContext(option, body);
                default -> reply(option, ERR_UNSUPPORTED);
            }
        } catch (BufferUnderflowException e) {
            reply(option, ERR_INVALID);
        }
        return false;
    }

    private void list(ByteBuffer body) throws IOException {
        requireEnd(body);
        reply(LIST, SERVER, ByteBuffer.allocate(4).putInt(0));
        reply(LIST, ACK);
    }

    private boolean info(int option, ByteBuffer body) throws IOException {
        String name = string(body);
        int wanted = Short.toUnsignedInt(body.getShort());
        if (body.remaining() != wanted * 2) {
            throw new BufferUnderflowException();
        }
        if (!name.isEmpty()) {
            reply(option, ERR_UNKNOWN);
            return false;
        }
        boolean blockSize = false;
        while (body.hasRemaining()) {
            blockSize |= body.getShort() == INFO_BLOCK_SIZE;
        }
        reply(
                option,
                INFO_REPLY,
                ByteBuffer.allocate(12)
                        .putShort((short) INFO_EXPORT)
                        .putLong(sizeBytes)
                        .putShort(flags()));
        if (blockSize) {
            reply(
                    option,
                    INFO_REPLY,
                    ByteBuffer.allocate(14)
                            .putShort((short) INFO_BLOCK_SIZE)
                            .putInt(1)
                            .putInt(PREFERRED_BLOCK_BYTES)
                            .putInt(Wire.MAX_PAYLOAD_BYTES));
        }
        reply(option, ACK);
        return true;
    }

    private void metaContext(int option, ByteBuffer body) throws IOException {
        String name = string(body);
        int queries = body.getInt();
        // Each takes at least its length.
        if (queries < 0 || queries > body.remaining() / 4 || !structured) {
            throw new BufferUnderflowException();
        }
        boolean chosen = option == LIST_META_CONTEXT && queries == 0;
        for (int i = 0; i < queries; i++) {
            String query = string(body);
            chosen |= query.equals(ALLOCATION) || (option == LIST_META_CONTEXT && query.equals("base:"));
        }
        requireEnd(body);
        if (!name.isEmpty()) {
            reply(option, ERR_UNKNOWN);
            return;
        }
        if (option == SET_META_CONTEXT) {
            tellsHoles = chosen;
        }
        if (chosen) {
            byte[] context = ALLOCATION.getBytes(StandardCharsets.US_ASCII);
            reply(
                    option,
                    META_CONTEXT,
                    ByteBuffer.allocate(4 + context.length)
                            .putInt(Wire.ALLOCATION_ID)
                            .put(context));
        }
        reply(option, ACK);
    }

    /** Several connections see one state at each moment, so a client may have them. */
    private short flags() {
        int flags = HAS_FLAGS | CAN_MULTI_CONN | (structured ? SEND_DF : 0);
        return (short) (flags | (writable ? SEND_FLUSH | SEND_FUA | SEND_TRIM | SEND_WRITE_ZEROES : READ_ONLY));
    }

    private static String string(ByteBuffer body) {
        int length = body.getInt();
        if (length < 0 || length > MAX_STRING_BYTES || length > body.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        body.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void requireEnd(ByteBuffer body) {
        if (body.hasRemaining()) {
            throw new BufferUnderflowException();
        }
    }

    private void reply(int option, int type) throws IOException {
        reply(option, type, ByteBuffer.allocate(0));
    }

    private void reply(int option, int type, ByteBuffer body) throws IOException {
        body.flip();
        send(ByteBuffer.allocate(20 + body.remaining())
                .putLong(Wire.OPTION_REPLY_MAGIC)
                .putInt(option)
                .putInt(type)
                .putInt(body.remaining())
                .put(body));
    }

    private ByteBuffer receive(int length) throws IOException {
        return Wire.receive(channel, ByteBuffer.allocate(length));
    }

    private void send(ByteBuffer message) throws IOException {
        send(message, message.position());
    }

    private void send(ByteBuffer message, int length) throws IOException {
        Wire.send(channel, message.position(length).flip());
    }
}
