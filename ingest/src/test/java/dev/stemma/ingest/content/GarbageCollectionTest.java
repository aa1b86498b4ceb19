package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What images lead to stays, and the rest goes; what is damaged is found. */
class GarbageCollectionTest {

    private static final Duration NO_GRACE = Duration.ofSeconds(-5);

    @TempDir
    Path directory;

    private record Stored(Digest image, List<byte[]> contents) {}

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** An image of so many contents, some of them of several chunks. */
    private static Stored image(ContentStore store, long seed, int count) throws IOException {
        Random random = new Random(seed);
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[1_000 + random.nextInt(150_000)];
            random.nextBytes(bytes);
            contents.add(bytes);
        }
        return new Stored(StoredImages.add(store, contents), contents);
    }

    private static void requireWhole(ContentStore store, Stored image) throws IOException {
        for (byte[] bytes : image.contents()) {
            assertThat(store.content(Digest.sha256(bytes)).stream().readAllBytes())
                    .isEqualTo(bytes);
        }
    }

    @Test
    void whatNoImageLeadsToGoesAndTheRestStays() throws Exception {
        Stored kept;
        try (ContentStore store = ContentStore.open(directory)) {
            kept = image(store, 1, 20);
            Stored gone = image(store, 2, 20);
            store.roots().remove(gone.image());
            assertThat(GarbageCollection.run(store, Duration.ofHours(1)).packs())
                    .as("young packs stay, but for recipes")
                    .isEqualTo(1);
            GarbageCollection.Freed freed = GarbageCollection.run(store, NO_GRACE);
            assertThat(freed.packs()).isEqualTo(1);
            assertThat(freed.bytes()).isPositive();
            assertThat(store.contains(Digest.sha256(gone.contents().getFirst())))
                    .isFalse();
            requireWhole(store, kept);
            assertThat(GarbageCollection.run(store, NO_GRACE))
                    .isEqualTo(new GarbageCollection.Freed(0, 0, freed.kept()));
        }
        try (ContentStore store = ContentStore.open(directory)) {
            requireWhole(store, kept);
            assertThat(StoreCheck.run(store, 1, 0).damages()).isEmpty();
        }
    }

    @Test
    void aPackOfWhichLittleIsNeededIsWrittenAnew() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            Stored kept;
            Stored gone;
            gone = image(store, 3, 30);
            kept = image(store, 3, 5);
            long before = store.size().packBytes();
            store.roots().remove(gone.image());
            GarbageCollection.Freed freed = GarbageCollection.run(store, NO_GRACE);
            assertThat(freed.packs()).isEqualTo(2);
            assertThat(store.size().packBytes())
                    .isEqualTo(before - freed.bytes())
                    .isLessThan(before / 2);
            requireWhole(store, kept);
        }
    }

    /** Else each file that is read takes a frame of its own, and a check-out many times as long. */
    @Test
    void whatStaysOfAPackLiesInTheOrderInWhichItLay() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            image(store, 4, 60);
            List<Integer> large = new ArrayList<>(store.packNumbers());
            large.removeIf(number -> count(store, number) < 60);
            assertThat(large).isNotEmpty();
            for (int number : large) {
                Pack pack = store.pack(number);
                List<Integer> kept = IntStream.range(1, pack.count()).boxed().toList();
                List<ObjectName> lay = new ArrayList<>(asTheyLie(pack));
                lay.remove(pack.object(0));
                assertThat(asTheyLie(store.pack(store.rewrite(pack, kept)))).isEqualTo(lay);
            }
        }
    }

    private static int count(ContentStore store, int number) {
        try {
            return store.pack(number).count();
        } catch (DamagedStoreException e) {
            throw new AssertionError(e);
        }
    }

    private static List<ObjectName> asTheyLie(Pack pack) throws DamagedStoreException {
        SortedMap<Long, ObjectName> names = new TreeMap<>();
        for (int i = 0; i < pack.count(); i++) {
            names.put(((long) pack.place(i).frame() << 32) + pack.place(i).offsetBytes(), pack.object(i));
        }
        return List.copyOf(names.values());
    }

    /** What was let go of and comes again must be stored again, whatever of it is still there. */
    @Test
    void whatComesAgainIsWhole() throws Exception {
        byte[] large = bytes(8, 900_000);
        byte[] small = bytes(9, 150_000);
        try (ContentStore store = ContentStore.open(directory)) {
            Digest both = StoredImages.add(store, List.of(large, small));
            Digest one = StoredImages.add(store, List.of(small));
            store.roots().remove(both);
            GarbageCollection.run(store, NO_GRACE);
            assertThat(store.contains(Digest.sha256(large))).isFalse();
            Digest again = StoredImages.add(store, List.of(large));
            requireWhole(store, new Stored(again, List.of(large)));
            requireWhole(store, new Stored(one, List.of(small)));
            assertThat(StoreCheck.run(store, 1, 0).damages()).isEmpty();
        }
    }

    @Test
    void itWaitsForCheckInsThatAreUnderWay() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            Stored old = image(store, 4, 5);
            StoreWriter writer = store.writer();
            try (writer) {
                store.roots().remove(old.image());
                CompletableFuture<GarbageCollection.Freed> freed = CompletableFuture.supplyAsync(() -> {
                    try {
                        return GarbageCollection.run(store, NO_GRACE);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
                assertThatThrownBy(() -> freed.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                // The writer found the old contents, and refers to them now.
                store.roots().add(new ImageManifest(List.of(new ImageManifest.Disk(0, manifest(store, writer, old)))));
                writer.close();
                assertThat(freed.get(10, TimeUnit.SECONDS).packs()).isZero();
            }
            requireWhole(store, old);
        }
    }

    private static Digest manifest(ContentStore store, StoreWriter writer, Stored image) throws IOException {
        try (ContentWriter content = writer.content()) {
            long size =
                    image.contents().stream().mapToLong(bytes -> bytes.length).sum();
            DiskManifestWriter disk = new DiskManifestWriter(content, size);
            for (byte[] bytes : image.contents()) {
                assertThat(store.contains(Digest.sha256(bytes))).isTrue();
                disk.add(new DiskRun.Part(bytes.length, Digest.sha256(bytes), 0));
            }
            Digest manifest = disk.finish();
            content.finish();
            writer.commit();
            return manifest;
        }
    }

    @Test
    void damageIsFoundWithTheImagesThatItHits() throws Exception {
        Stored hit;
        try (ContentStore store = ContentStore.open(directory)) {
            hit = image(store, 5, 10);
        }
        Path pack;
        try (Stream<Path> files = Files.walk(directory.resolve("packs"))) {
            // The other holds recipes.
            pack = files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(pack);
        bytes[2_000] ^= 1;
        Files.write(pack, bytes);
        try (ContentStore store = ContentStore.open(directory)) {
            Stored other = image(store, 6, 3);
            StoreCheck.Found found = StoreCheck.run(store, 1, 0);
            assertThat(found.images()).containsExactly(hit.image()).doesNotContain(other.image());
            Files.delete(pack);
            assertThat(found.damages()).isNotEmpty().allMatch(line -> line.matches("(?s).*[0-9a-f]{62}.*"));
        }
        try (ContentStore store = ContentStore.open(directory)) {
            assertThat(StoreCheck.run(store, 1, 0).images())
                    .as("a pack that is gone hits the same")
                    .containsExactly(hit.image());
            assertThatThrownBy(() -> GarbageCollection.run(store, NO_GRACE))
                    .isInstanceOf(DamagedStoreException.class)
                    .hasMessageContaining("lacks");
        }
    }

    @Test
    void aSampleReadsLess() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            image(store, 7, 60);
            long all = StoreCheck.run(store, 1, 0).objects();
            assertThat(all).isEqualTo(store.size().objects());
            assertThat(StoreCheck.run(store, 0.3, 1).objects()).isBetween(1L, all - 1);
        }
    }
}
