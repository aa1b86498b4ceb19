package dev.stemma.ingest.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.HostFile.Stamp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealStoreTest {

    private static final Path IMAGE = Path.of("/srv/images/a web.qcow2");
    private static final Seal SEAL = new Seal(
            Digest.EMPTY,
            List.of(
                    new Stamp("254:0:17", 4_096, Instant.parse("2026-01-02T03:04:05.123456789Z"), Instant.EPOCH),
                    new Stamp("254:0:18", 0, Instant.ofEpochSecond(-1, 1), Instant.MAX)),
            List.of(new Seal.Part(0, 2, "ext/2"), new Seal.Part(1, 0, "xfs/1")));

    @TempDir
    Path directory;

    @Test
    void whatIsSealedIsFoundToTheLastNanosecondUntilItIsForgotten() throws Exception {
        SealStore store = new SealStore(directory.resolve("seals"));
        assertThat(store.find(IMAGE)).isEmpty();

        store.put(IMAGE, SEAL);
        assertThat(store.find(IMAGE)).contains(SEAL);
        assertThat(store.find(Path.of("/srv/images/other"))).isEmpty();

        Seal later = new Seal(Digest.EMPTY, List.of(), List.of());
        store.put(IMAGE, later);
        assertThat(store.find(IMAGE)).contains(later);

        store.remove(IMAGE);
        store.remove(IMAGE);
        assertThat(store.find(IMAGE)).isEmpty();
        try (Stream<Path> left = Files.list(directory.resolve("seals"))) {
            assertThat(left).isEmpty();
        }
    }

    /** A part of a seal, or one with a byte changed, is none or another; it never fails, and never is this one by mistake. */
    @Test
    void damagedSealsAreNone() {
        String text = SEAL.text();
        for (int end = 0; end < text.length() - 1; end++) {
            assertThat(Seal.parse(text.substring(0, end))).as("cut at %d", end).isEmpty();
        }
        Random random = new Random(27);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder damaged = new StringBuilder(text);
            damaged.setCharAt(random.nextInt(text.length() - 1), (char) random.nextInt(32, 127));
            Seal.parse(damaged.toString())
                    .ifPresent(seal -> assertThat(Seal.parse(seal.text())).contains(seal));
        }
    }
}
