package dev.stemma.ingest.reference.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.MemorySource;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What QEMU does not ask for, byte by byte as the NBD project's doc/proto.md has it: clients that are older, or ask for one thing alone. */
@Timeout(300)
class PlainClientTest {

    private static final int SIZE = 1 << 20;
    private static final int BAD_BYTES = 700_000;

    @TempDir
    Path directory;

    private final byte[] content = new byte[SIZE];

    @BeforeEach
    void fill() {
        new SplittableRandom(9).nextBytes(content);
        Arrays.fill(content, 100_000, 200_000, (byte) 0);
    }

    /** Content with a known hole, and a place that cannot be read. */
    private final class Disk implements ByteSource {
        private final MemorySource bytes = new MemorySource(content);

        @Override
        public long sizeBytes() {
            return SIZE;
        }

        @Override
        public Origin origin() {
            return bytes.origin();
        }

        @Override
        public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
            if (offsetBytes <= BAD_BYTES && offsetBytes + target.byteSize() > BAD_BYTES) {
                throw new Corrupt("truncated", origin(), "a bad place");
            }
            bytes.read(offsetBytes, target);
        }

        @Override
        public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
            long from = Math.clamp(100_000, offsetBytes, offsetBytes + lengthBytes);
            long to = Math.clamp(200_000, offsetBytes, offsetBytes + lengthBytes);
            return List.of(
                            new Extent(offsetBytes, from - offsetBytes, false),
                            new Extent(from, to - from, true),
                            new Extent(to, offsetBytes + lengthBytes - to, false))
                    .stream()
                    .filter(extent -> extent.lengthBytes() > 0)
                    .toList();
        }

        @Override
        public void close() {}
    }

    /** A connection that is held against what is expected of it, message by message. */
    private final class Talk implements AutoCloseable {
        private final NbdExport export = NbdExport.open(new Disk(), directory);
        private final SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(export.socket()));

        private Talk() throws IOException {
            hear(18);
        }

        ByteBuffer hear(int length) throws IOException {
            return Wire.receive(channel, ByteBuffer.allocate(length));
        }

        void say(Consumer<ByteBuffer> words) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(1_000);
            words.accept(buffer);
            Wire.send(channel, buffer.flip());
        }

        void goPlainly() throws IOException {
            say(out -> NbdClient.option(out.putInt(1), 1, 0));
            ByteBuffer export = hear(134);
            assertThat(export.getLong()).isEqualTo(SIZE);
            assertThat(export.getShort())
                    .as("flags, read-only, several connections")
                    .isEqualTo((short) 0x103);
        }

        void goStructured() throws IOException {
            say(out -> NbdClient.option(out.putInt(3), 8, 0));
            assertThat(hear(20).getInt(12)).isEqualTo(1);
            say(out -> NbdClient.option(out, 10, 27)
                    .putInt(0)
                    .putInt(1)
                    .putInt(15)
                    .put("base:allocation".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            assertThat(hear(20 + 19 + 20).getInt(12)).isEqualTo(4);
            say(out -> NbdClient.option(out, 1, 0));
            assertThat(hear(10).getShort(8)).as("and without fragments").isEqualTo((short) 0x183);
        }

        void requireSimple(int error) throws IOException {
            ByteBuffer reply = hear(16);
            assertThat(reply.getInt()).isEqualTo(0x67446698);
            assertThat(reply.getInt()).isEqualTo(error);
            assertThat(reply.getLong()).isEqualTo(42);
        }

        ByteBuffer chunk(int flags, int type, int length) throws IOException {
            ByteBuffer head = hear(20);
            assertThat(head.getInt()).isEqualTo(0x668e33ef);
            assertThat(head.getShort()).isEqualTo((short) flags);
            assertThat(head.getShort() & 0xffff).isEqualTo(type);
            assertThat(head.getLong()).isEqualTo(42);
            assertThat(head.getInt()).isEqualTo(length);
            return hear(length);
        }

        void requireError(int error) throws IOException {
            ByteBuffer head = hear(20);
            assertThat(head.getShort(6) & 0xffff).isEqualTo(0x8001);
            assertThat(hear(head.getInt(16)).getInt()).isEqualTo(error);
        }

        @Override
        public void close() throws IOException {
            channel.close();
            export.close();
        }
    }

    @Test
    void aClientWithoutStructuredRepliesGetsOnePiece() throws Exception {
        try (Talk talk = new Talk()) {
            talk.goPlainly();
            talk.say(out -> NbdClient.request(out, 0, 0, 1_234, 600_000));
            talk.requireSimple(0);
            assertThat(talk.hear(600_000).array()).isEqualTo(Arrays.copyOfRange(content, 1_234, 601_234));
            talk.say(out -> NbdClient.request(out, 0, 0, SIZE - 10, 11));
            talk.requireSimple(22);
            talk.say(out -> NbdClient.request(out, 0, 7, 0, 512));
            talk.requireSimple(22);
            talk.say(out -> NbdClient.request(out, 0, 1, 0, 10).put(new byte[10]));
            talk.requireSimple(1);
            talk.say(out -> NbdClient.request(out, 0, 0, BAD_BYTES, 1));
            talk.requireSimple(5);
            talk.say(out -> NbdClient.request(out, 0, 0, 0, 5));
            talk.requireSimple(0);
            assertThat(talk.hear(5).array()).isEqualTo(Arrays.copyOf(content, 5));
        }
    }

    /** The bad place lies in the second piece, when the answer has begun. */
    @Test
    void itLosesTheConnectionWhenAnAnswerThatHasBegunCannotBeGoneOnWith() throws Exception {
        try (Talk talk = new Talk()) {
            talk.goPlainly();
            talk.say(out -> NbdClient.request(out, 0, 0, BAD_BYTES - 300_000, 400_000));
            talk.requireSimple(0);
            talk.hear(256 << 10);
            assertThat(NbdClient.drained(talk.channel)).isTrue();
        }
    }

    @Test
    void holesAreChunksOfTheirOwnUnlessTheClientWantsOne() throws Exception {
        try (Talk talk = new Talk()) {
            talk.goStructured();
            talk.say(out -> NbdClient.request(out, 0, 0, 90_000, 120_000));
            ByteBuffer before = talk.chunk(0, 1, 8 + 10_000);
            assertThat(before.getLong()).isEqualTo(90_000);
            ByteBuffer hole = talk.chunk(0, 2, 12);
            assertThat(hole.getLong()).isEqualTo(100_000);
            assertThat(hole.getInt()).isEqualTo(100_000);
            ByteBuffer after = talk.chunk(1, 1, 8 + 10_000);
            assertThat(after.getLong()).isEqualTo(200_000);
            assertThat(Arrays.copyOfRange(after.array(), 8, 10_008))
                    .isEqualTo(Arrays.copyOfRange(content, 200_000, 210_000));

            talk.say(out -> NbdClient.request(out, 4, 0, 90_000, 120_000));
            ByteBuffer whole = talk.chunk(1, 1, 8 + 120_000);
            assertThat(Arrays.copyOfRange(whole.array(), 8, 120_008))
                    .isEqualTo(Arrays.copyOfRange(content, 90_000, 210_000));
            talk.say(out -> NbdClient.request(out, 4, 0, 0, 300_000));
            talk.requireError(75);
        }
    }

    @Test
    void aStatusIsInWholeBlocksAndAsLongAsTheClientWants() throws Exception {
        try (Talk talk = new Talk()) {
            talk.goStructured();
            talk.say(out -> NbdClient.request(out, 0, 7, 0, SIZE));
            ByteBuffer status = talk.chunk(1, 5, 4 + 3 * 8);
            int[] words = new int[7];
            status.asIntBuffer().get(words);
            // 100,000 rounded up, and 200,000 down, to blocks of 4,096.
            assertThat(words).containsExactly(1, 102_400, 0, 94_208, 3, SIZE - 196_608, 0);

            talk.say(out -> NbdClient.request(out, 8, 7, 150_000, 100_000));
            assertThat(talk.chunk(1, 5, 12).getInt(4)).isEqualTo(196_608 - 150_000);
            talk.say(out -> NbdClient.request(out, 64, 7, 0, 512));
            talk.requireError(22);
            talk.say(out -> NbdClient.request(out, 0, 99, 0, 512));
            talk.requireError(22);
            talk.say(out -> NbdClient.request(out, 0, 0, BAD_BYTES, 1));
            talk.requireError(5);
        }
    }

    @Test
    void anExportOfAnotherNameIsUnknown() throws Exception {
        try (Talk talk = new Talk()) {
            talk.say(out -> NbdClient.option(out.putInt(3), 7, 8)
                    .putInt(2)
                    .put(new byte[] {'n', 'o'})
                    .putShort((short) 0));
            assertThat(talk.hear(20).getInt(12)).isEqualTo(0x8000_0006);
            talk.say(out -> NbdClient.option(out, 5, 0));
            assertThat(talk.hear(20).getInt(12)).isEqualTo(0x8000_0001);
            talk.say(out -> NbdClient.option(out, 3, 1).put((byte) 0));
            assertThat(talk.hear(20).getInt(12)).isEqualTo(0x8000_0003);
            talk.say(out -> NbdClient.option(out, 2, 0));
            assertThat(talk.hear(20).getInt(12)).isEqualTo(1);
            assertThat(NbdClient.drained(talk.channel)).isTrue();
        }
    }
}
