package dev.stemma.ingest.image.nbd;

import dev.stemma.ingest.bytes.ByteSource.Extent;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection in its transmission phase: a request, then its reply. Not thread-safe; the pool hands it to one thread
 * at a time. After any exception it is of no more use. Source: the NBD project's doc/proto.md.
 */
final class NbdConnection implements AutoCloseable {

    private static final int REQUEST_MAGIC = 0x25609513;
    private static final int STRUCTURED_REPLY_MAGIC = 0x668e33ef;
    private static final short READ = 0;
    private static final short DISCONNECT = 2;
    private static final short BLOCK_STATUS = 7;
    private static final int DONE = 1;
    private static final int TYPE_NONE = 0;
    private static final int TYPE_DATA = 1;
    private static final int TYPE_HOLE = 2;
    private static final int TYPE_BLOCK_STATUS = 5;
    private static final int TYPE_ERROR = 1 << 15;
    private static final int STATE_ZERO = 2;
    private static final int MAX_PAYLOAD_BYTES = 1 << 20;

    private final SocketChannel channel;
    private final long sizeBytes;
    private final boolean tellsHoles;
    private final ByteBuffer head = ByteBuffer.allocateDirect(64);
    private long cookie;

    private NbdConnection(SocketChannel channel, NbdHandshake.Export export) {
        this.channel = channel;
        this.sizeBytes = export.sizeBytes();
        this.tellsHoles = export.tellsHoles();
    }

    static NbdConnection open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            return new NbdConnection(channel, NbdHandshake.run(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Whether the server can say where the holes are. */
    boolean tellsHoles() {
        return tellsHoles;
    }

    /** Fills the target; its length is at most {@link NbdSource#MAX_READ_BYTES}. */
    void read(long offsetBytes, MemorySegment target) throws IOException {
        request(READ, offsetBytes, (int) target.byteSize());
        long filled = 0;
        Chunk chunk;
        do {
            chunk = chunk();
            switch (chunk.type) {
                case TYPE_NONE -> require(chunk.length == 0, "a closing chunk with content");
                case TYPE_DATA -> {
                    long at = place(offsetBytes, chunk.length - 8, target);
                    fill(target.asSlice(at, chunk.length - 8).asByteBuffer());
                    filled += chunk.length - 8;
                }
                case TYPE_HOLE -> {
                    require(chunk.length == 12, "a hole chunk of " + chunk.length + " bytes");
                    receive(12);
                    long start = head.getLong();
                    long length = Integer.toUnsignedLong(head.getInt());
                    require(within(start - offsetBytes, length, target.byteSize()), "a hole outside of the request");
                    target.asSlice(start - offsetBytes, length).fill((byte) 0);
                    filled += length;
                }
                default -> throw refused(chunk);
            }
        } while (!chunk.last);
        require(filled == target.byteSize(), filled + " of " + target.byteSize() + " bytes");
    }

    private long place(long offsetBytes, long length, MemorySegment target) throws IOException {
        require(length > 0, "an empty data chunk");
        receive(8);
        long at = head.getLong() - offsetBytes;
        require(within(at, length, target.byteSize()), "data outside of the request");
        return at;
    }

    /** At least one extent from this position on, not longer than asked for together. */
    List<Extent> blockStatus(long offsetBytes, int lengthBytes) throws IOException {
        request(BLOCK_STATUS, offsetBytes, lengthBytes);
        List<Extent> extents = new ArrayList<>();
        long at = offsetBytes;
        Chunk chunk;
        do {
            chunk = chunk();
            if (chunk.type == TYPE_BLOCK_STATUS) {
                require(
                        chunk.length >= 12 && chunk.length <= MAX_PAYLOAD_BYTES,
                        "a status of " + chunk.length + " bytes");
                ByteBuffer body = ByteBuffer.allocate(chunk.length);
                fill(body);
                body.flip().position(4); // The id of the only context that was asked for.
                while (body.remaining() >= 8) {
                    long length = Integer.toUnsignedLong(body.getInt());
                    boolean zero = (body.getInt() & STATE_ZERO) != 0;
                    length = Math.min(length, offsetBytes + lengthBytes - at);
                    if (length > 0) {
                        extents.add(new Extent(at, length, zero));
                        at += length;
                    }
                }
            } else if (chunk.type != TYPE_NONE) {
                throw refused(chunk);
            }
        } while (!chunk.last);
        require(!extents.isEmpty(), "no status at all");
        return extents;
    }

    private void request(short type, long offsetBytes, int lengthBytes) throws IOException {
        head.clear();
        head.putInt(REQUEST_MAGIC).putShort((short) 0).putShort(type);
        head.putLong(++cookie).putLong(offsetBytes).putInt(lengthBytes).flip();
        NbdHandshake.send(channel, head);
    }

    private Chunk chunk() throws IOException {
        receive(20);
        int magic = head.getInt();
        require(magic == STRUCTURED_REPLY_MAGIC, "a reply of another kind, " + Integer.toHexString(magic));
        int flags = head.getShort();
        int type = head.getShort() & 0xffff;
        long to = head.getLong();
        int length = head.getInt();
        require(to == cookie && length >= 0, "a reply to another request");
        return new Chunk(type, length, (flags & DONE) != 0);
    }

    private record Chunk(int type, int length, boolean last) {}

    private IOException refused(Chunk chunk) throws IOException {
        if ((chunk.type & TYPE_ERROR) == 0 || chunk.length < 4) {
            return new IOException("the server answered with a chunk of type " + chunk.type);
        }
        receive(4);
        return new IOException("the server answered with error " + head.getInt());
    }

    private void receive(int length) throws IOException {
        head.clear().limit(length);
        fill(head);
        head.flip();
    }

    private void fill(ByteBuffer target) throws IOException {
        NbdHandshake.fill(channel, target);
    }

    private static boolean within(long at, long length, long size) {
        return at >= 0 && length >= 0 && at <= size - length;
    }

    private static void require(boolean condition, String what) throws IOException {
        if (!condition) {
            throw new EOFException("the server sent " + what);
        }
    }

    @Override
    public void close() {
        try (channel) {
            request(DISCONNECT, 0, 0);
        } catch (IOException e) {
            return; // It is gone already, which is what was wanted.
        }
    }
}
