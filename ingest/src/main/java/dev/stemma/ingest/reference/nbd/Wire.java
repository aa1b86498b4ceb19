package dev.stemma.ingest.reference.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The numbers of the protocol, and whole messages. Source: the NBD project's doc/proto.md. */
final class Wire {

    static final long MAGIC = 0x4e42444d41474943L; // NBDMAGIC
    static final long OPTION_MAGIC = 0x49484156454f5054L; // IHAVEOPT
    static final long OPTION_REPLY_MAGIC = 0x0003e889045565a9L;
    static final int REQUEST_MAGIC = 0x25609513;
    static final int SIMPLE_REPLY_MAGIC = 0x67446698;
    static final int STRUCTURED_REPLY_MAGIC = 0x668e33ef;

    /** Longest read or write, as clients take it to be that are not told another. */
    static final int MAX_PAYLOAD_BYTES = 32 << 20;

    /** Of the only context, base:allocation. */
    static final int ALLOCATION_ID = 1;

    static final int EPERM = 1;
    static final int EIO = 5;
    static final int EINVAL = 22;
    static final int ENOSPC = 28;
    static final int EOVERFLOW = 75;

    private Wire() {}

    /** Fills what remains of the target, which is then ready to be taken from. */
    static ByteBuffer receive(SocketChannel channel, ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new EOFException("the client ended the connection in the middle of a message");
            }
        }
        return target.flip();
    }

    static void send(SocketChannel channel, ByteBuffer message) throws IOException {
        while (message.hasRemaining()) {
            channel.write(message);
        }
    }
}
