package dev.stemma.ingest.reference.nbd;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Bytes as a client sends them, written down from the NBD project's doc/proto.md. */
final class NbdClient {

    private NbdClient() {}

    /** Flags, structured replies, base:allocation, go, a read, a status, a write of 100 bytes, and the end. */
    static ByteBuffer conversation() {
        ByteBuffer out = ByteBuffer.allocate(1_000);
        out.putInt(3);
        option(out, 8, 0);
        byte[] context = "base:allocation".getBytes(StandardCharsets.US_ASCII);
        option(out, 10, 12 + context.length)
                .putInt(0)
                .putInt(1)
                .putInt(context.length)
                .put(context);
        option(out, 3, 0);
        option(out, 6, 6).putInt(0).putShort((short) 0);
        option(out, 7, 8).putInt(0).putShort((short) 1).putShort((short) 3);
        request(out, 0, 0, 0, 4_096);
        request(out, 4, 0, 512, 512);
        request(out, 0, 7, 0, 65_536);
        request(out, 0, 1, 0, 100).put(new byte[100]);
        request(out, 0, 3, 0, 0);
        request(out, 0, 6, 100, 1_000);
        request(out, 0, 4, 100, 1_000);
        request(out, 0, 2, 0, 0);
        return out.flip();
    }

    static ByteBuffer option(ByteBuffer out, int option, int length) {
        return out.putLong(0x49484156454F5054L).putInt(option).putInt(length);
    }

    static ByteBuffer request(ByteBuffer out, int flags, int type, long offset, int length) {
        return out.putInt(0x25609513)
                .putShort((short) flags)
                .putShort((short) type)
                .putLong(42)
                .putLong(offset)
                .putInt(length);
    }

    /** Says all of it, and hears what comes until the server ends the connection; how many bytes that were. */
    static long say(Path socket, ByteBuffer said) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Thread speaker = Thread.ofVirtual().start(() -> {
                try {
                    while (said.hasRemaining()) {
                        channel.write(said);
                    }
                    channel.shutdownOutput();
                } catch (IOException e) {
                    return; // The server had enough.
                }
            });
            try {
                return heard(channel);
            } finally {
                speaker.interrupt();
            }
        }
    }

    /** Whether the server ended the connection. */
    static boolean drained(SocketChannel channel) {
        return heard(channel) >= 0;
    }

    private static long heard(SocketChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long heard = 0;
        try {
            for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer.clear())) {
                heard += count;
            }
        } catch (IOException e) {
            return heard; // Ended with something of ours unread.
        }
        return heard;
    }
}
