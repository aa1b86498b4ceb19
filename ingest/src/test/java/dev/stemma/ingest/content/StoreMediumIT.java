package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a medium that is full, or may not be written to: nothing is half done, and it goes on when there is space again. */
class StoreMediumIT {

    private static final Duration NO_GRACE = Duration.ofSeconds(-5);

    @TempDir
    private Path directory;

    private final Random random = new Random(20_261_129);

    private List<byte[]> contents(int count, int length) {
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            contents.add(bytes);
        }
        return contents;
    }

    private static void requireWhole(ContentStore store, Path place, List<Digest> images) throws IOException {
        assertThat(StoreCheck.run(store, 1, 0).damages()).isEmpty();
        assertThat(store.roots().all()).containsExactlyInAnyOrderElementsOf(images);
        try (Stream<Path> left = Files.list(place.resolve("tmp"))) {
            assertThat(left).as("what is half done is gone").isEmpty();
        }
    }

    @Test
    void aCheckInOntoAFullMediumLeavesNothingWhereverItEnds() throws Exception {
        try (SmallMedium medium = SmallMedium.of(directory, 48)) {
            Path place = medium.directory().resolve("store");
            List<Digest> images = new ArrayList<>();
            try (ContentStore store = ContentStore.open(place)) {
                images.add(StoredImages.add(store, contents(8, 300_000)));
                int refused = 0;
                int taken = 0;
                for (long free = 0; free < 1_800_000; free += 90_000) {
                    medium.fill(free);
                    List<byte[]> wanted = contents(4, 300_000);
                    try {
                        images.add(StoredImages.add(store, wanted));
                        taken++;
                    } catch (IOException e) {
                        assertThat(e).hasMessageContaining("No space left");
                        refused++;
                    }
                    requireWhole(store, place, images);
                }
                assertThat(refused).isGreaterThan(5);
                assertThat(taken).isGreaterThan(2);
                medium.fill(20 << 20);
                images.add(StoredImages.add(store, contents(4, 300_000)));
            }
            try (ContentStore store = ContentStore.open(place)) {
                requireWhole(store, place, images);
            }
        }
    }

    /** Packs that were full stayed as garbage before, on a medium that has no place for any. */
    @Test
    void whatALargeCheckInHadWrittenIsGoneAtOnce() throws Exception {
        try (SmallMedium medium = SmallMedium.of(directory, 120)) {
            Path place = medium.directory().resolve("store");
            try (ContentStore store = ContentStore.open(place)) {
                List<Digest> images = List.of(StoredImages.add(store, contents(8, 300_000)));
                int packs = store.size().packs();
                long free = Files.getFileStore(place).getUsableSpace();
                assertThatThrownBy(() -> StoredImages.add(store, contents(16, 10_000_000)))
                        .hasMessageContaining("No space left");
                assertThat(store.size().packs()).isEqualTo(packs);
                assertThat(Files.getFileStore(place).getUsableSpace()).isBetween(free - 100_000, free + 100_000);
                requireWhole(store, place, images);
            }
            try (ContentStore store = ContentStore.open(place)) {
                assertThat(store.unreadable()).isEmpty();
            }
        }
    }

    @Test
    void whatPlainlyDoesNotFitIsToldBeforeItIsWritten() throws Exception {
        try (SmallMedium medium = SmallMedium.of(directory, 48)) {
            Path place = medium.directory().resolve("store");
            try (ContentStore store = ContentStore.open(place)) {
                byte[] known = contents(1, 4_000_000).getFirst();
                StoredImages.add(store, List.of(known));
                medium.fill(8 << 20);
                SpaceEstimate fits = new SpaceEstimate(store);
                assertThat(fits.wantsSamples(4 << 20)).isFalse();
                SpaceEstimate noise = samples(store, contents(20, 65_536));
                assertThat(noise.wantsSamples(40 << 20)).isTrue();
                assertThatThrownBy(() -> noise.require(40 << 20))
                        .isInstanceOf(StoreFullException.class)
                        .hasMessageContaining("free, and nothing of the image");
                noise.require(14 << 20);
                samples(
                                store,
                                contents(20, 65_536).stream()
                                        .map(_ -> new byte[65_536])
                                        .toList())
                        .require(1 << 30);
                List<byte[]> shared = new ArrayList<>();
                for (int at = 0; at + 65_536 <= known.length; at += 65_536) {
                    shared.add(java.util.Arrays.copyOfRange(known, at, at + 65_536));
                }
                samples(store, shared).require(1 << 30);
                medium.fill(300_000);
                assertThatThrownBy(() -> new SpaceEstimate(store).wantsSamples(1))
                        .isInstanceOf(StoreFullException.class);
            }
        }
    }

    private static SpaceEstimate samples(ContentStore store, List<byte[]> samples) {
        SpaceEstimate estimate = new SpaceEstimate(store);
        samples.forEach(sample -> estimate.sample(sample.clone(), sample.length));
        return estimate;
    }

    @Test
    void aCollectionOnAFullMediumFreesWhatItCanAndIsDoneWhenThereIsSpace() throws Exception {
        try (SmallMedium medium = SmallMedium.of(directory, 64)) {
            Path place = medium.directory().resolve("store");
            List<byte[]> kept = contents(6, 400_000);
            List<byte[]> shared = new ArrayList<>(kept);
            shared.addAll(contents(12, 400_000));
            try (ContentStore store = ContentStore.open(place)) {
                Digest mixed = StoredImages.add(store, shared);
                Digest stays = StoredImages.add(store, kept);
                Digest dead = StoredImages.add(store, contents(10, 400_000));
                medium.fill(100_000);
                store.roots().remove(mixed);
                assertThatThrownBy(() -> GarbageCollection.run(store, NO_GRACE))
                        .as("what of a pack is needed cannot be written anew")
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("No space left");
                requireWhole(store, place, List.of(stays, dead));
                // What needs no place goes first, and makes place for the rest.
                store.roots().remove(dead);
                assertThat(GarbageCollection.run(store, NO_GRACE).bytes()).isGreaterThan(8_000_000);
                requireWhole(store, place, List.of(stays));
                for (byte[] bytes : kept) {
                    assertThat(store.content(Digest.sha256(bytes)).stream().readAllBytes())
                            .isEqualTo(bytes);
                }
            }
        }
    }

    @Test
    void aStoreThatMayOnlyBeReadIsReadAndRefusesAllElse() throws Exception {
        try (SmallMedium medium = SmallMedium.of(directory, 32)) {
            Path place = medium.directory().resolve("store");
            List<Digest> images = errorsWhileItIsOpen(medium, place);
            medium.mountAgain("ro");
            assertThatThrownBy(() -> ContentStore.open(place))
                    .isInstanceOf(StoreUnreachableException.class)
                    .hasMessageContaining("Read-only file system");
            medium.mountAgain("rw");
            try (ContentStore store = ContentStore.open(place)) {
                requireWhole(store, place, images);
                assertThat(GarbageCollection.run(store, NO_GRACE).bytes()).isGreaterThan(1_000_000);
                List<Digest> all = new ArrayList<>(images);
                all.add(StoredImages.add(store, contents(2, 100_000)));
                requireWhole(store, place, all);
            }
        }
    }

    /** Gives what is there then. */
    private List<Digest> errorsWhileItIsOpen(SmallMedium medium, Path place) throws IOException {
        List<byte[]> contents = contents(6, 300_000);
        try (ContentStore store = ContentStore.open(place)) {
            Digest image = StoredImages.add(store, contents);
            Digest other = StoredImages.add(store, contents(3, 300_000));
            Digest gone = StoredImages.add(store, contents(4, 300_000));
            store.roots().remove(gone);
            medium.abort();
            assertThat(store.content(Digest.sha256(contents.getLast())).stream().readAllBytes())
                    .isEqualTo(contents.getLast());
            assertThatThrownBy(() -> StoredImages.add(store, contents(2, 100_000)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Read-only file system");
            assertThatThrownBy(() -> store.roots().remove(other)).hasMessageContaining("Read-only file system");
            assertThatThrownBy(() -> GarbageCollection.run(store, NO_GRACE))
                    .hasMessageContaining("Read-only file system");
            assertThat(StoreCheck.run(store, 1, 0).damages()).isEmpty();
            assertThat(store.roots().all()).containsExactlyInAnyOrder(image, other);
            return List.of(image, other);
        }
    }
}
