package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was damaged is taken out, stays out, and comes back with a check-in of the same. */
class StoreRepairTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anImageThatWasHitIsWholeAgainOnceItIsBroughtAgain(long seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> hit = contents(random);
        List<byte[]> other = contents(random);
        Digest image;
        try (ContentStore store = ContentStore.open(directory)) {
            image = StoredImages.add(store, hit);
            StoredImages.add(store, other);
            StoreRepair.Repaired nothing = StoreRepair.run(store);
            assertThat(nothing.found().damages()).isEmpty();
            assertThat(nothing.objects() + nothing.packs()).isZero();
        }
        damage(random);
        try (ContentStore store = ContentStore.open(directory)) {
            StoreCheck.Found found = StoreCheck.run(store, 1, seed);
            assertThat(found.damages()).isNotEmpty();

            StoreRepair.Repaired repaired = StoreRepair.run(store);
            assertThat(repaired.objects()).isPositive();
            assertThat(StoreRepair.run(store).objects()).isZero();
            assertThat(StoreCheck.run(store, 1, seed).images())
                    .as("nothing is mended by that alone")
                    .containsExactlyElementsOf(found.images());

            assertThat(StoredImages.add(store, hit)).isEqualTo(image);
            StoredImages.add(store, other);
        }
        try (ContentStore store = ContentStore.open(directory)) {
            StoreCheck.Found found = StoreCheck.run(store, 1, seed);
            assertThat(found.damages()).isEmpty();
            assertThat(found.images()).isEmpty();
            for (byte[] bytes : Stream.concat(hit.stream(), other.stream()).toList()) {
                assertThat(store.content(Digest.sha256(bytes)).stream().readAllBytes())
                        .isEqualTo(bytes);
            }
        }
    }

    private static List<byte[]> contents(Random random) {
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte[] bytes = new byte[100 + random.nextInt(i % 4 == 0 ? 900_000 : 40_000)];
            random.nextBytes(bytes);
            contents.add(bytes);
        }
        return contents;
    }

    /** A bit of a frame; each pack in turn. */
    private void damage(Random random) throws IOException {
        List<Path> packs;
        try (Stream<Path> files = Files.walk(directory.resolve("packs"))) {
            packs = files.filter(Files::isRegularFile).sorted().toList();
        }
        Path pack = packs.get(random.nextInt(packs.size()));
        byte[] bytes = Files.readAllBytes(pack);
        // Frames come first; the directory behind them is another matter.
        bytes[PackForm.HEADER_BYTES + 8 + random.nextInt(bytes.length / 3)] ^= (byte) (1 << random.nextInt(8));
        Files.write(pack, bytes);
    }
}
