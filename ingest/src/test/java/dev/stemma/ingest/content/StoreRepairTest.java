package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aPackThatCannotBeReadIsTakenOutAndItsImagesAreWholeOnceBroughtAgain(long seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> hit = contents(random);
        List<byte[]> other = contents(random);
        Digest image;
        Digest second;
        List<Path> before;
        try (ContentStore store = ContentStore.open(directory)) {
            image = StoredImages.add(store, hit);
            before = packs();
            second = StoredImages.add(store, other);
        }
        // A pack of contents, and one of recipes.
        Path pack = before.get((int) (seed % before.size()));
        byte[] bytes = Files.readAllBytes(pack);
        Files.write(pack, seed < 3 ? Arrays.copyOf(bytes, bytes.length / 2) : new byte[bytes.length]);
        try (ContentStore store = ContentStore.open(directory)) {
            StoreCheck.Found found = StoreCheck.run(store, 1, seed);
            assertThat(found.packs()).hasSize(1);
            assertThat(found.images()).containsExactly(image);
            assertThat(found.damages())
                    .anyMatch(line -> line.contains(pack.getFileName().toString()));
            assertThatThrownBy(() -> StoredImages.add(store, hit)).isInstanceOf(DamagedPackException.class);
            assertThatThrownBy(() -> GarbageCollection.run(store, Duration.ZERO))
                    .isInstanceOf(DamagedStoreException.class);

            StoreRepair.Repaired repaired = StoreRepair.run(store);
            assertThat(repaired.found().packs()).hasSize(1);
            assertThat(pack).doesNotExist();
            assertThat(StoreCheck.run(store, 1, seed).packs()).isEmpty();
            assertThat(StoredImages.add(store, hit)).isEqualTo(image);
            assertThat(StoreCheck.run(store, 1, seed).damages()).isEmpty();
            assertThat(store.roots().all()).containsExactlyInAnyOrder(image, second);
        }
        try (ContentStore store = ContentStore.open(directory)) {
            assertThat(StoreCheck.run(store, 1, seed).damages()).isEmpty();
        }
    }

    /** Its disks lie in packs, and its name tells which they are. */
    @Test
    void anImageManifestThatIsDamagedOrLostIsMadeAnewOfItsDisks() throws Exception {
        Random random = new Random(9);
        try (ContentStore store = ContentStore.open(directory)) {
            Digest one = StoredImages.add(store, contents(random));
            Digest other = StoredImages.add(store, contents(random));
            List<ImageManifest.Disk> disks = Stream.of(one, other)
                    .flatMap(name -> read(store, name).disks().stream())
                    .toList();
            Digest both = store.roots().add(new ImageManifest(disks));
            Digest foreign = store.roots().add(new ImageManifest(List.of(new ImageManifest.Disk(5, Digest.EMPTY))));
            Files.writeString(manifest(one), "stemma-image 1");
            Files.delete(manifest(other));
            Files.write(manifest(both), new byte[0]);
            Files.writeString(manifest(foreign), "nothing");
            StoreCheck.Found found = StoreCheck.run(store, 1, 1);
            assertThat(found.images())
                    .as("who lost its manifest is not known here")
                    .containsExactlyInAnyOrder(one, both, foreign);

            StoreRepair.Repaired repaired = StoreRepair.run(store, Set.of(other), StoreWatch.NONE);
            assertThat(repaired.manifests()).containsExactlyInAnyOrder(one, other, both);
            assertThat(StoreCheck.run(store, 1, 1).damages()).isEmpty();
            assertThat(store.roots().all()).containsExactlyInAnyOrder(one, other, both);
            assertThat(read(store, both).disks()).isEqualTo(disks);
        }
    }

    @Test
    void anImageManifestThatIsDamagedIsReplacedByACheckInOfTheSame() throws Exception {
        List<byte[]> contents = contents(new Random(10));
        try (ContentStore store = ContentStore.open(directory)) {
            Digest image = StoredImages.add(store, contents);
            Files.writeString(manifest(image), "stemma-image 2");
            assertThat(store.roots().whole(image)).isFalse();
            assertThat(StoredImages.add(store, contents)).isEqualTo(image);
            assertThat(StoreCheck.run(store, 1, 1).damages()).isEmpty();
        }
    }

    private static ImageManifest read(ContentStore store, Digest name) {
        try {
            return store.roots().read(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path manifest(Digest name) {
        return directory.resolve(BlobName.Kind.IMAGE.of(name).path());
    }

    private List<Path> packs() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("packs"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
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
        List<Path> packs = packs();
        Path pack = packs.get(random.nextInt(packs.size()));
        byte[] bytes = Files.readAllBytes(pack);
        // Frames come first; the directory behind them is another matter.
        bytes[PackForm.HEADER_BYTES + 8 + random.nextInt(bytes.length / 3)] ^= (byte) (1 << random.nextInt(8));
        Files.write(pack, bytes);
    }
}
