package dev.stemma.ingest.reference.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.filesystem.MemorySource;
import dev.stemma.ingest.image.nbd.NbdSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client that talks as the protocol wants up to a point and then nonsense: it is let go or told of its mistake, and others are served as before. The
 * seed of a failure is in its message; {@code -Dseed=N} begins there.
 */
@Timeout(600)
class NonsenseClientFuzzTest {

    private static final long FIRST = Long.getLong("seed", 1);
    private static final int SIZE = 1 << 20;
    private static final int[] EXTREMES = {
        0, 1, -1, 2, 7, 100, Integer.MAX_VALUE, Integer.MIN_VALUE, SIZE, SIZE + 1, 32 << 20, (32 << 20) + 1
    };

    @TempDir
    Path directory;

    private final byte[] content = new byte[SIZE];

    @BeforeEach
    void fill() {
        new SplittableRandom(5).nextBytes(content);
    }

    private static ByteBuffer nonsense(SplittableRandom random) {
        ByteBuffer said = NbdClient.conversation();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            int at = random.nextInt(said.limit() - 3);
            switch (random.nextInt(3)) {
                case 0 -> said.putInt(at, EXTREMES[random.nextInt(EXTREMES.length)]);
                case 1 -> said.put(at, (byte) (said.get(at) ^ 1 << random.nextInt(8)));
                default -> said.put(at, (byte) random.nextInt(256));
            }
        }
        return random.nextInt(4) == 0 ? said.limit(random.nextInt(said.limit())) : said;
    }

    @Test
    void nonsenseEndsAConnectionAndNothingElse() throws Exception {
        try (NbdExport export = NbdExport.open(new MemorySource(content), directory)) {
            // A right conversation is answered in full: greeting, options, the data that was asked for.
            assertThat(NbdClient.say(export.socket(), NbdClient.conversation())).isGreaterThan(4_096 + 512);
            for (long seed = FIRST; seed < FIRST + 3_000; seed++) {
                try {
                    NbdClient.say(export.socket(), nonsense(new SplittableRandom(seed)));
                } catch (Exception | Error e) {
                    throw new AssertionError("seed " + seed, e);
                }
            }
            requireServed(export, content);
            requireNoneLeft(export);
        }
    }

    @Test
    void nonsenseWritesWithinItsOwnOverlayOnly() throws Exception {
        byte[] before = content.clone();
        MemorySource disk = new MemorySource(content);
        try (NbdExport export = NbdExport.openWritable(disk, directory, SIZE / 2)) {
            for (long seed = FIRST; seed < FIRST + 1_000; seed++) {
                NbdClient.say(export.socket(), nonsense(new SplittableRandom(seed)));
            }
            requireNoneLeft(export);
            assertThat(read(export)).as("something was written").isNotEqualTo(before);
        }
        assertThat(content).isEqualTo(before);
    }

    /** Noise that is no protocol at all, and clients that say nothing. */
    @Test
    void othersAreServedWhileSomeSayNothingOrNoise() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        try (NbdExport export = NbdExport.open(new MemorySource(content), directory)) {
            for (int i = 0; i < NbdExport.MAX_CONNECTIONS / 2; i++) {
                silent.add(SocketChannel.open(UnixDomainSocketAddress.of(export.socket())));
            }
            SplittableRandom random = new SplittableRandom(FIRST);
            for (int i = 0; i < 100; i++) {
                byte[] noise = new byte[random.nextInt(5_000)];
                random.nextBytes(noise);
                NbdClient.say(export.socket(), ByteBuffer.wrap(noise));
            }
            requireServed(export, content);
        } finally {
            for (SocketChannel one : silent) {
                one.close();
            }
        }
    }

    @Test
    void whoeverComesBeyondTheLimitIsTurnedAway() throws Exception {
        List<SocketChannel> many = new ArrayList<>();
        try (NbdExport export = NbdExport.open(new MemorySource(content), directory)) {
            for (int i = 0; i < NbdExport.MAX_CONNECTIONS; i++) {
                many.add(SocketChannel.open(UnixDomainSocketAddress.of(export.socket())));
                // Greeted, so it is counted.
                assertThat(many.getLast().read(ByteBuffer.allocate(18))).isPositive();
            }
            assertThat(NbdClient.say(export.socket(), NbdClient.conversation())).isZero();
            many.removeLast().close();
            while (export.connections() == NbdExport.MAX_CONNECTIONS) {
                Thread.sleep(5);
            }
            requireServed(export, content);
        } finally {
            for (SocketChannel one : many) {
                one.close();
            }
        }
    }

    private static void requireServed(NbdExport export, byte[] content) throws Exception {
        assertThat(read(export)).isEqualTo(content);
    }

    private static byte[] read(NbdExport export) throws Exception {
        byte[] read = new byte[SIZE];
        Budget budget = Budget.of(Duration.ofMinutes(5));
        try (NbdSource source = NbdSource.open(export.socket(), Origin.of("disk"), budget)) {
            assertThat(source.sizeBytes()).isEqualTo(SIZE);
            source.read(0, MemorySegment.ofArray(read));
        }
        return read;
    }

    private static void requireNoneLeft(NbdExport export) throws InterruptedException {
        while (export.connections() > 0) {
            Thread.sleep(5);
        }
    }
}
