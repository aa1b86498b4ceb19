package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a content store promises wherever it lies. */
public abstract class StoreContract {

    private static final Duration NO_GRACE = Duration.ofSeconds(-5);

    /** The one store of a test, which is made with the first call. */
    protected abstract ContentStore open() throws IOException;

    /** A store where none can be asked. */
    protected abstract ContentStore openUnreachable() throws IOException;

    /** What the message of {@link #openUnreachable} names. */
    protected abstract String unreachable();

    /** Where its blobs lie as files, after {@link #open}. */
    protected abstract Path blobs();

    /** Removes what is kept nearer by than its blobs, if anything. */
    protected void forget() throws IOException {
        // Most keep nothing.
    }

    /** Where it keeps what is being written. */
    protected abstract Path temporary();

    protected static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    protected static Digest put(ContentStore store, byte[]... contents) throws IOException {
        return StoredImages.add(store, List.of(contents));
    }

    protected static byte[] read(ContentStore store, byte[] content) throws IOException {
        return store.content(Digest.sha256(content)).stream().readAllBytes();
    }

    /** The largest, which is no pack of recipes. */
    protected final Path pack() throws IOException {
        try (Stream<Path> files = Files.walk(blobs().resolve("packs"))) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void requireWhole(ContentStore store) throws IOException {
        StoreCheck.Found found = StoreCheck.run(store, 1, 0);
        assertThat(found.damages()).isEmpty();
        assertThat(found.images()).isEmpty();
        assertThat(found.objects()).isEqualTo(store.size().objects());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_536, 65_537, 3_000_001})
    void aContentComesBackAlsoAfterItIsOpenedAnew(int length) throws Exception {
        byte[] bytes = random(length, length);
        Digest image;
        try (ContentStore store = open()) {
            image = put(store, bytes);
            assertThat(read(store, bytes)).isEqualTo(bytes);
        }
        try (ContentStore store = open()) {
            assertThat(store.roots().all()).containsExactly(image);
            assertThat(store.roots().read(image).disks().getFirst().sizeBytes()).isEqualTo(length);
            assertThat(read(store, bytes)).isEqualTo(bytes);
            requireWhole(store);
        }
    }

    /** More than one pack, the first of them as large as they get. */
    @Test
    void aContentOfSeveralPacksComesBack() throws Exception {
        byte[] bytes = random(1, 70_000_000);
        try (ContentStore store = open()) {
            put(store, bytes);
            assertThat(store.size().packs()).isGreaterThan(2);
        }
        try (ContentStore store = open()) {
            assertThat(Arrays.equals(read(store, bytes), bytes)).isTrue();
            requireWhole(store);
            long before = store.size().packBytes();
            put(store, bytes);
            assertThat(store.size().packBytes()).as("it is there already").isEqualTo(before);
        }
    }

    /** Somebody removed it, or the medium lost it: nothing that is there says of it any more. */
    @Test
    void aPackThatIsGoneIsNamedWhileTheRestIsRead() throws Exception {
        byte[] lost = random(2, 200_000);
        byte[] other = random(3, 200_000);
        Path pack;
        Digest image;
        try (ContentStore store = open()) {
            image = put(store, lost);
            pack = pack();
            put(store, other);
            assertThat(store.unreadable()).isEmpty();
        }
        Files.delete(pack);
        forget();
        try (ContentStore store = open()) {
            assertThat(store.unreadable())
                    .singleElement()
                    .asString()
                    .contains(pack.getFileName().toString(), "is gone");
            assertThat(read(store, other)).isEqualTo(other);
            assertThatThrownBy(() -> read(store, lost))
                    .isInstanceOf(DamagedPackException.class)
                    .hasMessageContaining("is gone");
            assertThatThrownBy(store::writer).isInstanceOf(DamagedPackException.class);
            StoreCheck.Found found = StoreCheck.run(store, 1, 0);
            assertThat(found.packs()).hasSize(1);
            assertThat(found.images()).containsExactly(image);
        }
        // It is not forgotten either.
        try (ContentStore store = open()) {
            assertThat(store.unreadable()).hasSize(1);
            StoreRepair.run(store);
            assertThat(store.unreadable()).isEmpty();
            put(store, lost);
            requireWhole(store);
        }
        try (ContentStore store = open()) {
            assertThat(store.unreadable()).isEmpty();
            assertThat(read(store, lost)).isEqualTo(lost);
        }
    }

    @Test
    void whatCollectingAndRepairingRemovedIsNotMissed() throws Exception {
        byte[] kept = random(4, 300_000);
        try (ContentStore store = open()) {
            Digest gone = put(store, kept, random(5, 300_000), random(6, 300_000));
            put(store, kept);
            put(store, random(7, 100_000));
            store.roots().remove(gone);
            assertThat(GarbageCollection.run(store, NO_GRACE).packs()).isPositive();
        }
        try (ContentStore store = open()) {
            assertThat(store.unreadable()).isEmpty();
            requireWhole(store);
        }
    }

    @Test
    void manyBlobsAndManyContentsAreListedWhole() throws Exception {
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            contents.add(random(i, 40));
        }
        try (ContentStore store = open()) {
            put(store, contents.toArray(new byte[0][]));
        }
        List<Digest> images = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            byte[] text = new ImageManifest(List.of(new ImageManifest.Disk(i, Digest.EMPTY))).bytes();
            images.add(Digest.sha256(text));
            Path file = blobs().resolve(BlobName.Kind.IMAGE.of(images.getLast()).path());
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, text);
        }
        try (ContentStore store = open()) {
            assertThat(store.roots().all()).containsAll(images).hasSize(1_101).isSorted();
            assertThat(store.roots().read(images.getLast()).disks().getFirst().sizeBytes())
                    .isEqualTo(1_099);
            for (int i = 0; i < contents.size(); i += 97) {
                assertThat(read(store, contents.get(i))).isEqualTo(contents.get(i));
            }
        }
    }

    @Test
    void whatWasNotCommittedIsNotThereAndLeavesNothing() throws Exception {
        byte[] bytes = random(2, 200_000);
        try (ContentStore store = open()) {
            try (StoreWriter writer = store.writer();
                    ContentWriter content = writer.content()) {
                content.data(bytes, 0, bytes.length);
                content.end();
                content.finish();
            }
            assertThat(store.contains(Digest.sha256(bytes))).isFalse();
            assertThatThrownBy(() -> read(store, bytes)).isInstanceOf(NoSuchFileException.class);
            put(store, random(3, 200_000));
            try (Stream<Path> left = Files.list(temporary())) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void whatACrashLeftBehindGoesWhenItIsOpened() throws Exception {
        open().close();
        Path left = Files.writeString(temporary().resolve("pack-1.tmp"), "half");
        open().close();
        assertThat(left).doesNotExist();
    }

    @Test
    void aStoreThatIsOpenIsNotOpenedAgain() throws Exception {
        byte[] bytes = random(4, 100_000);
        ContentStore store = open();
        try (store) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreInUseException.class)
                    .hasMessageContaining("in use");
            put(store, bytes);
        }
        try (ContentStore again = open()) {
            assertThat(read(again, bytes)).isEqualTo(bytes);
        }
    }

    @Test
    void twoWritersThatBringTheSameBothSucceed() throws Exception {
        byte[] bytes = random(5, 300_000);
        try (ContentStore store = open()) {
            try (StoreWriter one = store.writer();
                    ContentWriter first = one.content();
                    StoreWriter two = store.writer();
                    ContentWriter second = two.content()) {
                for (ContentWriter content : List.of(first, second)) {
                    content.data(bytes, 0, bytes.length);
                    content.end();
                    content.finish();
                }
                one.commit();
                two.commit();
            }
            assertThat(read(store, bytes)).isEqualTo(bytes);
            put(store, bytes);
        }
        try (ContentStore store = open()) {
            GarbageCollection.run(store, NO_GRACE);
            assertThat(read(store, bytes)).isEqualTo(bytes);
            requireWhole(store);
        }
    }

    @Test
    void garbageGoesAndWhatIsReadMeanwhileStays() throws Exception {
        byte[] kept = random(6, 400_000);
        byte[] gone = random(7, 3_000_000);
        try (ContentStore store = open()) {
            Digest both = put(store, gone, kept);
            put(store, kept);
            StoredContent reading = store.content(Digest.sha256(kept));
            assertThat(GarbageCollection.run(store, NO_GRACE).packs()).isZero();
            store.roots().remove(both);
            assertThat(GarbageCollection.run(store, Duration.ofHours(1)).packs())
                    .as("young packs stay, but for recipes")
                    .isEqualTo(1);
            GarbageCollection.Freed freed = GarbageCollection.run(store, NO_GRACE);
            assertThat(freed.bytes()).isGreaterThan(2_500_000);
            assertThat(reading.stream().readAllBytes()).isEqualTo(kept);
            assertThat(store.contains(Digest.sha256(gone))).isFalse();
            assertThat(GarbageCollection.run(store, NO_GRACE).packs()).isZero();
        }
        try (ContentStore store = open()) {
            assertThat(read(store, kept)).isEqualTo(kept);
            requireWhole(store);
            long bytes = 0;
            try (Stream<Path> files = Files.walk(blobs().resolve("packs"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    bytes += Files.size(file);
                }
            }
            assertThat(store.size().packBytes()).isEqualTo(bytes).isLessThan(600_000);
        }
    }

    @Test
    void damageIsToldWithThePackAndTheImageThatItHits() throws Exception {
        byte[] hit = random(8, 300_000);
        byte[] other = random(9, 300_000);
        Digest image;
        Digest whole;
        try (ContentStore store = open()) {
            image = put(store, hit);
        }
        Path pack = pack();
        try (ContentStore store = open()) {
            whole = put(store, other);
        }
        byte[] bytes = Files.readAllBytes(pack);
        bytes[20_000] ^= 1;
        overwrite(pack, bytes);
        try (ContentStore store = open()) {
            StoreCheck.Found found = StoreCheck.run(store, 1, 0);
            assertThat(found.images()).containsExactly(image).doesNotContain(whole);
            assertThat(found.damages())
                    .isNotEmpty()
                    .anyMatch(line -> line.contains(pack.getFileName().toString()));
        }
        forget();
        try (ContentStore store = open()) {
            assertThatThrownBy(() -> read(store, hit))
                    .isInstanceOf(DamagedStoreException.class)
                    .hasMessageContaining(pack.getFileName().toString());
            assertThat(read(store, other)).isEqualTo(other);
        }
    }

    /** In place, so that what a server knows of the file besides stays. */
    private static void overwrite(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    @Test
    void aPackThatIsGoneIsMissedByTheImagesThatNeedIt() throws Exception {
        byte[] bytes = random(10, 300_000);
        Digest image;
        try (ContentStore store = open()) {
            image = put(store, bytes);
        }
        Files.delete(pack());
        try (ContentStore store = open()) {
            assertThatThrownBy(() -> read(store, bytes)).isInstanceOf(DamagedStoreException.class);
            assertThat(StoreCheck.run(store, 1, 0).images()).containsExactly(image);
            assertThatThrownBy(() -> GarbageCollection.run(store, NO_GRACE))
                    .isInstanceOf(DamagedStoreException.class)
                    .hasMessageContaining("lacks");
        }
    }

    @Test
    void aPackThatIsCutOffIsNotTaken() throws Exception {
        byte[] bytes = random(11, 900_000);
        Digest image;
        try (ContentStore store = open()) {
            image = put(store, bytes);
        }
        Path pack = pack();
        byte[] whole = Files.readAllBytes(pack);
        for (int length : new int[] {15, 71, whole.length / 2, whole.length - 1}) {
            overwrite(pack, Arrays.copyOf(whole, length));
            forget();
            try (ContentStore store = open()) {
                assertThatThrownBy(() -> read(store, bytes))
                        .as("%d bytes", length)
                        .isInstanceOf(DamagedPackException.class)
                        .hasMessageContaining(pack.getFileName().toString());
                assertThatThrownBy(store::writer).isInstanceOf(DamagedPackException.class);
                assertThat(StoreCheck.run(store, 1, 0).images()).containsExactly(image);
            }
        }
        forget();
        overwrite(pack, whole);
        try (ContentStore store = open()) {
            requireWhole(store);
        }
    }

    @Test
    void anotherFormatIsLeftAlone() throws Exception {
        open().close();
        overwrite(blobs().resolve("format"), "stemma-store 2\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThatThrownBy(this::open).isInstanceOf(DamagedStoreException.class).hasMessageContaining("format");
    }

    @Test
    void packsWithoutAFormatAreNoStore() throws Exception {
        try (ContentStore store = open()) {
            put(store, random(12, 1_000));
        }
        Files.delete(blobs().resolve("format"));
        assertThatThrownBy(this::open).isInstanceOf(DamagedStoreException.class).hasMessageContaining("missing");
    }

    @Test
    void anImageIsARootUntilItIsRemoved() throws Exception {
        try (ContentStore store = open()) {
            ImageManifest image = new ImageManifest(List.of(new ImageManifest.Disk(512, Digest.EMPTY)));
            Digest name = store.roots().add(image);
            assertThat(store.roots().add(image)).isEqualTo(name);
            assertThat(store.roots().all()).containsExactly(name);
            assertThat(store.roots().read(name)).isEqualTo(image);
            store.roots().remove(name);
            assertThat(store.roots().all()).isEmpty();
            assertThatThrownBy(() -> store.roots().read(name)).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> store.roots().remove(name)).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void anImageManifestOfOtherBytesIsToldByName() throws Exception {
        try (ContentStore store = open()) {
            Digest name = store.roots().add(new ImageManifest(List.of(new ImageManifest.Disk(512, Digest.EMPTY))));
            Path file = blobs().resolve(BlobName.Kind.IMAGE.of(name).path());
            overwrite(file, "stemma-image 1\ndisk 513 sha256:x\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> store.roots().read(name))
                    .isInstanceOf(DamagedStoreException.class)
                    .hasMessageContaining(name.hex().substring(2));
            overwrite(file, new byte[(1 << 20) + 1]);
            assertThatThrownBy(() -> store.roots().read(name))
                    .isInstanceOf(DamagedStoreException.class)
                    .hasMessageContaining("longer");
        }
    }

    @Test
    void whatIsCalledOtherwiseIsPassedOver() throws Exception {
        byte[] bytes = random(13, 1_000);
        try (ContentStore store = open()) {
            put(store, bytes);
        }
        Files.createDirectories(blobs().resolve("packs").resolve("zz"));
        Files.writeString(blobs().resolve("packs").resolve("zz").resolve("note.txt"), "not ours");
        try (ContentStore store = open()) {
            assertThat(read(store, bytes)).isEqualTo(bytes);
        }
    }

    @Test
    void whatCannotBeAskedSaysWhereAndWhatToDo() {
        assertThatThrownBy(this::openUnreachable)
                .isInstanceOf(StoreUnreachableException.class)
                .hasMessageContaining(unreachable())
                .hasMessageContaining("; ");
    }
}
