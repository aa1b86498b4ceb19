package dev.stemma.ingest.image.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that answers as the protocol wants up to a point and then lies: the client ends with a problem, within the bounds
 * of what it asked for. The seed of a failure is in its message; {@code -Dseed=N} begins there.
 */
class LyingServerFuzzTest {

    private static final long FIRST = Long.getLong("seed", 1);
    private static final long SIZE = 1 << 20;
    private static final int ASKED = 4_096;
    private static final int[] EXTREMES = {0, 1, -1, 8, 12, Integer.MAX_VALUE, Integer.MIN_VALUE, ASKED, ASKED + 1};

    @TempDir
    Path directory;

    /** A whole right conversation: greeting, answers to the three options, and one read of 4,096 bytes of 7. */
    private static ByteBuffer honest() {
        ByteBuffer out = ByteBuffer.allocate(10_000);
        out.putLong(0x4e42444d41474943L).putLong(0x49484156454f5054L).putShort((short) 3);
        reply(out, 8, 1, 0);
        reply(out, 10, 4, 4 + 15).putInt(1).put("base:allocation".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        reply(out, 10, 1, 0);
        reply(out, 7, 3, 12).putShort((short) 0).putLong(SIZE).putShort((short) 1);
        reply(out, 7, 1, 0);
        out.putInt(0x668e33ef)
                .putShort((short) 1)
                .putShort((short) 1)
                .putLong(1)
                .putInt(8 + ASKED);
        out.putLong(0);
        for (int i = 0; i < ASKED; i++) {
            out.put((byte) 7);
        }
        return out.flip();
    }

    private static ByteBuffer reply(ByteBuffer out, int option, int type, int length) {
        return out.putLong(0x0003e889045565a9L).putInt(option).putInt(type).putInt(length);
    }

    private static ByteBuffer lying(SplittableRandom random) {
        ByteBuffer honest = honest();
        int told = honest.limit() - ASKED;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            if (random.nextBoolean()) {
                honest.putInt(random.nextInt(told - 3), EXTREMES[random.nextInt(EXTREMES.length)]);
            } else {
                int at = random.nextInt(told);
                honest.put(at, (byte) (honest.get(at) ^ 1 << random.nextInt(8)));
            }
        }
        return random.nextInt(4) == 0 ? honest.limit(random.nextInt(honest.limit())) : honest;
    }

    /** Says all of it at once, whatever is asked, and hangs up. */
    private static void serve(ServerSocketChannel listener, ByteBuffer said) {
        try (SocketChannel client = listener.accept()) {
            while (said.hasRemaining()) {
                client.write(said);
            }
            client.shutdownOutput();
            ByteBuffer heard = ByteBuffer.allocate(1_000);
            while (client.read(heard) >= 0) {
                heard.clear();
            }
        } catch (IOException e) {
            return; // The client hung up first, as it should when it is lied to.
        }
    }

    /** 7 when the read was right, 0 when it was refused. */
    private int ask(ByteBuffer said, String name) throws Exception {
        Path socket = directory.resolve(name);
        byte[] read = new byte[ASKED];
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            Thread server = Thread.ofVirtual().start(() -> serve(listener, said));
            try (NbdConnection connection = NbdConnection.open(socket)) {
                connection.read(0, MemorySegment.ofArray(read));
            } catch (IOException e) {
                return 0;
            } finally {
                server.interrupt();
            }
        }
        return read[0];
    }

    @Test
    @Timeout(600)
    void aLieEndsInAProblemAndNeverInMoreThanWasAskedFor() throws Exception {
        assertThat(ask(honest(), "honest")).isEqualTo(7);
        int refused = 0;
        for (long seed = FIRST; seed < FIRST + 1_000; seed++) {
            try {
                refused += ask(lying(new SplittableRandom(seed)), seed + "") == 0 ? 1 : 0;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    @Test
    @Timeout(300)
    void aServerThatHangsUpIsAProblemWithThePlace() throws Exception {
        Path socket = directory.resolve("socket");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            ByteBuffer greeting = honest();
            greeting.limit(greeting.limit() - ASKED - 28);
            Thread.ofVirtual().start(() -> serve(listener, greeting));
            Budget budget = Budget.of(Duration.ofMinutes(4));
            try (NbdSource source = NbdSource.open(socket, Origin.of("disk"), budget)) {
                listener.close();
                ImageProblem problem = org.assertj.core.api.Assertions.catchThrowableOfType(
                        ImageProblem.class, () -> source.read(0, MemorySegment.ofArray(new byte[ASKED])));
                assertThat(problem.code()).isEqualTo("unreadable");
                assertThat(problem.getMessage()).startsWith("disk: reading at byte 0");
            }
        }
    }
}
