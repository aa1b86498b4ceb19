package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Offers bytes to QEMU, read-only, on a unix socket: the simple part of the NBD protocol (doc/proto.md of NetworkBlockDevice/nbd;
 * fixed newstyle handshake, simple replies). So an appliance sees exactly the disk that Stemma opened, whatever its format, and
 * no file of the host.
 *
 * <p>One thread a connection. Closing it ends all connections; the bytes stay open.
 */
final class NbdServer implements AutoCloseable {

    private static final long MAGIC = 0x4e42444d41474943L;
    private static final long OPTION_MAGIC = 0x49484156454f5054L;
    private static final long REPLY_MAGIC = 0x3e889045565a9L;
    private static final int REQUEST_MAGIC = 0x25609513;
    private static final int RESPONSE_MAGIC = 0x67446698;

    private static final int NEWSTYLE_NO_ZEROES = 3;
    private static final int HAS_FLAGS_READ_ONLY_MULTI = 0x103;

    private static final int OPTION_EXPORT_NAME = 1;
    private static final int OPTION_ABORT = 2;
    private static final int OPTION_LIST = 3;
    private static final int OPTION_INFO = 6;
    private static final int OPTION_GO = 7;
    private static final int REPLY_ACK = 1;
    private static final int REPLY_SERVER = 2;
    private static final int REPLY_INFO = 3;
    private static final int REPLY_UNSUPPORTED = 0x80000001;

    private static final int READ = 0;
    private static final int DISCONNECT = 2;
    private static final int EPERM = 1;
    private static final int EIO = 5;
    private static final int EINVAL = 22;

    private static final int MAX_OPTION_BYTES = 8 << 10;
    private static final int MAX_READ_BYTES = 32 << 20;

    private final ByteSource source;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ImageProblem problem;

    private NbdServer(ByteSource source, ServerSocketChannel server) {
        this.source = source;
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param socket to be made, in a directory that only this user may enter
     */
    static NbdServer start(ByteSource source, Path socket) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket));
        NbdServer server = new NbdServer(source, channel);
        Thread.ofVirtual().name("nbd " + socket.getFileName()).start(server::accept);
        return server;
    }

    /** What first kept bytes from being delivered; null when nothing did. */
    @Nullable
    ImageProblem problem() {
        return problem;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().name("nbd connection").start(() -> serve(connection));
            }
        } catch (IOException closed) {
            return; // close() ends the accepting.
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(connection)));
            DataOutputStream out = new DataOutputStream(Channels.newOutputStream(connection));
            if (greet(in, out)) {
                transmit(in, out);
            }
        } catch (IOException gone) {
            return; // QEMU opens and drops connections as it likes.
        } finally {
            connections.remove(connection);
        }
    }

    /** Whether the client wants to go on to reading. */
    private boolean greet(DataInputStream in, DataOutputStream out) throws IOException {
        out.write(ByteBuffer.allocate(18)
                .putLong(MAGIC)
                .putLong(OPTION_MAGIC)
                .putShort((short) NEWSTYLE_NO_ZEROES)
                .array());
        boolean noZeroes = (in.readInt() & 2) != 0;
        while (true) {
            if (in.readLong() != OPTION_MAGIC) {
                throw new IOException("not an option");
            }
            int option = in.readInt();
            int length = in.readInt();
            if (length < 0 || length > MAX_OPTION_BYTES) {
                throw new IOException("an option of " + length + " bytes");
            }
            in.skipNBytes(length);
            switch (option) {
                case OPTION_EXPORT_NAME -> {
                    ByteBuffer reply = ByteBuffer.allocate(noZeroes ? 10 : 134);
                    reply.putLong(source.sizeBytes()).putShort((short) HAS_FLAGS_READ_ONLY_MULTI);
                    out.write(reply.array());
                    return true;
                }
                case OPTION_INFO, OPTION_GO -> {
                    ByteBuffer info = ByteBuffer.allocate(12).putShort((short) 0);
                    info.putLong(source.sizeBytes()).putShort((short) HAS_FLAGS_READ_ONLY_MULTI);
                    reply(out, option, REPLY_INFO, info.array());
                    reply(out, option, REPLY_ACK, new byte[0]);
                    if (option == OPTION_GO) {
                        return true;
                    }
                }
                case OPTION_LIST -> {
                    reply(out, option, REPLY_SERVER, new byte[4]);
                    reply(out, option, REPLY_ACK, new byte[0]);
                }
                case OPTION_ABORT -> {
                    reply(out, option, REPLY_ACK, new byte[0]);
                    return false;
                }
                default -> reply(out, option, REPLY_UNSUPPORTED, new byte[0]);
            }
        }
    }

    private static void reply(DataOutputStream out, int option, int type, byte[] data) throws IOException {
        out.write(ByteBuffer.allocate(20 + data.length)
                .putLong(REPLY_MAGIC)
                .putInt(option)
                .putInt(type)
                .putInt(data.length)
                .put(data)
                .array());
    }

    private void transmit(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            int magic;
            try {
                magic = in.readInt();
            } catch (EOFException end) {
                return;
            }
            in.readUnsignedShort();
            int type = in.readUnsignedShort();
            long cookie = in.readLong();
            long offset = in.readLong();
            int length = in.readInt();
            if (magic != REQUEST_MAGIC || type == DISCONNECT) {
                return;
            }
            if (type != READ || length < 0 || length > MAX_READ_BYTES) {
                // Writing was never offered, so its data, if any, cannot be told from requests: answer and hang up.
                respond(out, type == READ ? EINVAL : EPERM, cookie, new byte[0], 0);
                return;
            }
            byte[] answer = new byte[16 + length];
            int error = read(offset, MemorySegment.ofArray(answer).asSlice(16));
            respond(out, error, cookie, answer, error == 0 ? length : 0);
        }
    }

    private int read(long offset, MemorySegment target) {
        try {
            source.read(offset, target);
            return 0;
        } catch (ImageProblem failure) {
            if (problem == null) {
                problem = failure;
            }
            return EIO;
        }
    }

    private static void respond(DataOutputStream out, int error, long cookie, byte[] answer, int length)
            throws IOException {
        byte[] whole = answer.length >= 16 ? answer : new byte[16];
        ByteBuffer.wrap(whole).putInt(RESPONSE_MAGIC).putInt(error).putLong(cookie);
        out.write(whole, 0, 16 + length);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }
}
