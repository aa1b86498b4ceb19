package dev.stemma.graph.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

    /** Replay with -Dstemma.seed=… */
    private static final long SEED = Long.getLong("stemma.seed", 20_261_128L);

    @Test
    void itIsWhatSha256sumPrints() {
        // The examples of FIPS 180-4 (SHA256.pdf), and the empty message.
        assertThat(Digest.sha256("abc".getBytes(StandardCharsets.US_ASCII)))
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Digest.sha256(
                        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".getBytes(StandardCharsets.US_ASCII)))
                .hasToString("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        assertThat(Digest.EMPTY).hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void bytesAndTextComeBack() {
        Random random = new Random(SEED);
        for (int round = 0; round < 1_000; round++) {
            byte[] bytes = new byte[Digest.LENGTH_BYTES];
            random.nextBytes(bytes);
            Digest digest = Digest.of(bytes);
            assertThat(digest.bytes()).as("seed %d", SEED).isEqualTo(bytes);
            assertThat(Digest.parse(digest.hex())).isEqualTo(digest);
            assertThat(Digest.parse("sha256:" + digest.hex())).isEqualTo(digest);
        }
    }

    @Test
    void theOrderIsThatOfTheUnsignedBytes() {
        Random random = new Random(SEED);
        for (int round = 0; round < 1_000; round++) {
            byte[] one = new byte[Digest.LENGTH_BYTES];
            byte[] two = new byte[Digest.LENGTH_BYTES];
            random.nextBytes(one);
            // A common beginning of any length.
            System.arraycopy(one, 0, two, 0, random.nextInt(Digest.LENGTH_BYTES));
            assertThat(Integer.signum(Digest.of(one).compareTo(Digest.of(two))))
                    .as("seed %d", SEED)
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(one, two)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:", "abc", "md5:d41d8cd98f00b204e9800998ecf8427e"})
    void whatIsNoDigestIsRefused(String text) {
        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Digest.parse("g".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Digest.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}
