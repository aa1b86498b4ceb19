package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into a store comes out of it, once. */
class ContentStoreTest {

    @TempDir
    Path directory;

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Digest put(ContentStore store, byte[] bytes) throws IOException {
        try (StoreWriter writer = store.writer();
                ContentWriter content = writer.content()) {
            content.data(bytes, 0, bytes.length);
            Digest digest = content.end();
            content.finish();
            writer.commit();
            return digest;
        }
    }

    private static byte[] read(ContentStore store, Digest digest) throws IOException {
        return store.content(digest).stream().readAllBytes();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_095, 4_096, 4_097, 65_535, 65_536, 65_537, 1 << 20, (1 << 20) + 1, 5_000_000})
    void aContentOfAnyLengthComesBackAlsoAfterItIsOpenedAnew(int length) throws Exception {
        byte[] bytes = random(length, length);
        Digest digest;
        try (ContentStore store = ContentStore.open(directory)) {
            digest = put(store, bytes);
            assertThat(digest).isEqualTo(Digest.sha256(bytes));
            assertThat(read(store, digest)).isEqualTo(bytes);
        }
        try (ContentStore store = ContentStore.open(directory)) {
            assertThat(store.contains(digest)).isTrue();
            assertThat(store.content(digest).sizeBytes()).isEqualTo(length);
            assertThat(read(store, digest)).isEqualTo(bytes);
        }
    }

    @Test
    void whatIsThereIsNotStoredAgain() throws Exception {
        byte[] bytes = random(1, 3_000_000);
        byte[] changed = bytes.clone();
        changed[1_500_000] ^= 1;
        try (ContentStore store = ContentStore.open(directory)) {
            put(store, bytes);
            long first = store.size().packBytes();
            put(store, bytes);
            assertThat(store.size().packBytes()).isEqualTo(first);
            put(store, changed);
            assertThat(store.size().packBytes() - first)
                    .as("a chunk, and a recipe")
                    .isBetween(4_000L, 80_000L);
            assertThat(read(store, Digest.sha256(changed))).isEqualTo(changed);
        }
    }

    @Test
    void zerosAreDigestedAndNotKept() throws Exception {
        byte[] bytes = random(2, 100_000);
        long hole = 3_000_000_017L;
        try (ContentStore store = ContentStore.open(directory);
                StoreWriter writer = store.writer();
                ContentWriter content = writer.content()) {
            content.data(bytes, 0, bytes.length);
            content.zeros(hole);
            content.data(bytes, 0, 1);
            Digest digest = content.end();
            content.finish();
            writer.commit();
            StoredContent stored = store.content(digest);
            assertThat(stored.sizeBytes()).isEqualTo(bytes.length + hole + 1);
            assertThat(writer.newBytes()).isLessThan(110_000);
            byte[] end = range(stored, bytes.length + hole - 3, 4);
            assertThat(end).containsExactly(0, 0, 0, bytes[0]);
        }
    }

    private static byte[] range(StoredContent content, long offset, int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.read(offset, length, new StoredContent.Sink() {
            @Override
            public void data(byte[] bytes, int from, int lengthBytes) {
                out.write(bytes, from, lengthBytes);
            }

            @Override
            public void zeros(long lengthBytes) {
                out.writeBytes(new byte[(int) lengthBytes]);
            }
        });
        return out.toByteArray();
    }

    /** Long enough for nodes below the recipe: some 2,000 chunks. */
    @Test
    void anyStretchOfALongContentIsThatOfTheContent() throws Exception {
        byte[] bytes = random(3, 32 << 20);
        try (ContentStore store = ContentStore.open(directory)) {
            StoredContent content = store.content(put(store, bytes));
            assertThat(content.recipe().level()).isPositive();
            Random random = new Random(4);
            for (int i = 0; i < 300; i++) {
                int offset = random.nextInt(bytes.length);
                int length = random.nextInt(Math.min(300_000, bytes.length - offset));
                assertThat(range(content, offset, length))
                        .as("from %d, %d bytes", offset, length)
                        .isEqualTo(Arrays.copyOfRange(bytes, offset, offset + length));
            }
            assertThatThrownBy(() -> range(content, bytes.length - 3L, 4))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void threadsThatBringTheSameShareIt() throws Exception {
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            contents.add(random(i, 20_000));
        }
        try (ContentStore store = ContentStore.open(directory);
                StoreWriter writer = store.writer();
                ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                running.add(pool.submit(() -> {
                    try (ContentWriter content = writer.content()) {
                        for (byte[] bytes : contents) {
                            content.data(bytes, 0, bytes.length);
                            content.end();
                        }
                        content.finish();
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            writer.commit();
            assertThat(store.size().packBytes()).isLessThan(300 * 20_000 * 11 / 10);
            for (byte[] bytes : contents) {
                assertThat(read(store, Digest.sha256(bytes))).isEqualTo(bytes);
            }
        }
    }

    /** Both write the same pack, which is one file. */
    @Test
    void whatTwoCheckInsBringAtOnceOutlivesTheCollectionOfGarbage() throws Exception {
        byte[] bytes = random(6, 100_000);
        Digest digest = Digest.sha256(bytes);
        try (ContentStore store = ContentStore.open(directory)) {
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
            put(store, manifest(digest, bytes.length));
            store.roots()
                    .add(new ImageManifest(List.of(
                            new ImageManifest.Disk(bytes.length, Digest.sha256(manifest(digest, bytes.length))))));
            GarbageCollection.run(store, Duration.ofSeconds(-5));
        }
        try (ContentStore store = ContentStore.open(directory)) {
            assertThat(read(store, digest)).isEqualTo(bytes);
        }
    }

    /** A disk that is one content. */
    private static byte[] manifest(Digest content, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("stemma-disk/1\n".getBytes(StandardCharsets.US_ASCII));
        Varint.write(out, length);
        out.write('f');
        Varint.write(out, length);
        out.writeBytes(content.bytes());
        Varint.write(out, 0);
        out.write('e');
        return out.toByteArray();
    }

    /** A pack that is full becomes visible while another thread still holds a chunk of what is in it. */
    @Test
    void aContentIsThereWithAllOfItOrNotAtAll() throws Exception {
        byte[] shared = random(7, 300_000);
        byte[] longer = Arrays.copyOf(shared, 400_000);
        Digest digest = Digest.sha256(shared);
        try (ContentStore store = ContentStore.open(directory)) {
            try (StoreWriter writer = store.writer();
                    ContentWriter one = writer.content();
                    ContentWriter two = writer.content()) {
                one.data(longer, 0, longer.length);
                one.end();
                two.data(shared, 0, shared.length);
                two.end();
                for (int i = 0; i < 72; i++) {
                    byte[] filling = random(100 + i, 1 << 20);
                    two.data(filling, 0, filling.length);
                    two.end();
                }
                assertThat(store.size().packs()).isPositive();
                assertThat(store.contains(digest)).isFalse();
                two.finish();
                assertThatThrownBy(writer::commit)
                        .as("the first never handed over what it had claimed")
                        .isInstanceOf(IOException.class);
            }
            assertThat(store.contains(digest)).isFalse();
            put(store, shared);
            assertThat(read(store, digest)).isEqualTo(shared);
        }
    }

    @Test
    void whatWasNotCommittedIsNotThere() throws Exception {
        byte[] bytes = random(5, 200_000);
        try (ContentStore store = ContentStore.open(directory)) {
            try (StoreWriter writer = store.writer();
                    ContentWriter content = writer.content()) {
                content.data(bytes, 0, bytes.length);
                content.end();
                content.finish();
            }
            assertThat(store.contains(Digest.sha256(bytes))).isFalse();
            assertThatThrownBy(() -> store.content(Digest.sha256(bytes))).isInstanceOf(NoSuchFileException.class);
            try (Stream<Path> left = Files.list(directory.resolve("tmp"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void whatACrashLeftBehindGoesWhenItIsOpened() throws Exception {
        ContentStore.open(directory).close();
        Path left = Files.writeString(directory.resolve("tmp").resolve("pack-1.tmp"), "half");
        ContentStore.open(directory).close();
        assertThat(left).doesNotExist();
    }

    @Test
    void aStoreThatIsOpenIsNotOpenedAgain() throws Exception {
        ContentStore store = ContentStore.open(directory);
        try (store) {
            assertThatThrownBy(() -> ContentStore.open(directory))
                    .isInstanceOf(StoreInUseException.class)
                    .hasMessageContaining(directory.toString());
        }
        ContentStore.open(directory).close();
    }

    @Test
    void anotherFormatIsLeftAlone() throws Exception {
        ContentStore.open(directory).close();
        Files.writeString(directory.resolve("format"), "stemma-store 2\n");
        assertThatThrownBy(() -> ContentStore.open(directory))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("format");
    }

    @Test
    void imagesAreRoots() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            ImageManifest image = new ImageManifest(List.of(
                    new ImageManifest.Disk(512, Digest.EMPTY), new ImageManifest.Disk(7, Digest.sha256(new byte[1]))));
            Digest name = store.roots().add(image);
            assertThat(store.roots().add(image)).isEqualTo(name);
            assertThat(store.roots().all()).containsExactly(name);
            assertThat(store.roots().read(name)).isEqualTo(image);
            store.roots().remove(name);
            assertThat(store.roots().all()).isEmpty();
        }
    }
}
