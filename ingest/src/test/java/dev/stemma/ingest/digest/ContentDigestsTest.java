package dev.stemma.ingest.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Checksum.Algorithm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The oracle is Java's own implementation. */
final class ContentDigestsTest {

    private static final int[] LENGTHS = {0, 1, 55, 56, 63, 64, 65, 4095, 65536, 65537, 200_001};

    @Test
    void libcryptoIsThere() {
        assertThat(ContentDigests.of(Algorithm.SHA256))
                .as("install the package openssl, which brings libcrypto.so.3")
                .isInstanceOf(NativeDigest.class);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void digestsAsJavaDoes(Algorithm algorithm) {
        MessageDigest digest = ContentDigests.of(algorithm);
        Random random = new Random(7);
        for (int length : LENGTHS) {
            byte[] bytes = new byte[length + 3];
            random.nextBytes(bytes);
            MessageDigest expected = algorithm.newDigest();
            expected.update(bytes, 3, length);
            byte[] wanted = expected.digest();
            digest.update(bytes, 3, length);
            assertThat(digest.digest()).as("an array, %d bytes", length).isEqualTo(wanted);
            assertThat(nativeMemory(digest, bytes, length))
                    .as("native memory, %d bytes", length)
                    .isEqualTo(wanted);
            digest.update(ByteBuffer.wrap(bytes, 3, length));
            assertThat(digest.digest())
                    .as("a buffer of an array, %d bytes", length)
                    .isEqualTo(wanted);
        }
        assertThat(digest.getDigestLength()).isEqualTo(algorithm.newDigest().getDigestLength());
    }

    private static byte[] nativeMemory(MessageDigest digest, byte[] bytes, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(Math.max(1, length));
            MemorySegment.copy(bytes, 3, copy, ValueLayout.JAVA_BYTE, 0, length);
            ByteBuffer buffer = copy.asByteBuffer().limit(length);
            // In two parts, so that positions count.
            digest.update(buffer.duplicate().limit(length / 3));
            digest.update(buffer.position(length / 3));
            assertThat(buffer.hasRemaining()).isFalse();
            return digest.digest();
        }
    }

    @Test
    void forgetsWhatWasBegun() {
        MessageDigest digest = ContentDigests.of(Algorithm.SHA256);
        digest.update((byte) 1);
        digest.reset();
        digest.update((byte) 2);
        assertThat(digest.digest()).isEqualTo(Algorithm.SHA256.newDigest().digest(new byte[] {2}));
    }

    @Test
    void goesOnFromACopy() throws CloneNotSupportedException {
        MessageDigest digest = ContentDigests.of(Algorithm.SHA256);
        digest.update(new byte[100]);
        MessageDigest copy = (MessageDigest) digest.clone();
        copy.update(new byte[100]);
        assertThat(copy.digest()).isEqualTo(Algorithm.SHA256.newDigest().digest(new byte[200]));
        assertThat(digest.digest()).isEqualTo(Algorithm.SHA256.newDigest().digest(new byte[100]));
    }

    @Test
    void digestsWholeArraysOfAnyLength() {
        for (int length : new int[] {0, 1, 1000, 1 << 20, (1 << 20) + 1}) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            assertThat(ContentDigests.sha256(bytes)).as("%d bytes", length).isEqualTo(Digest.sha256(bytes));
        }
    }
}
