package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged store says so, and never gives other bytes. */
class StoreDamageTest {

    private static final long SEED = 20_261_128;

    @TempDir
    Path directory;

    private final List<byte[]> contents = new ArrayList<>();
    private Path pack = Path.of("");
    private byte[] whole = new byte[0];

    @BeforeEach
    void fill() throws IOException {
        Random random = new Random(SEED);
        try (ContentStore store = ContentStore.open(directory);
                StoreWriter writer = store.writer();
                ContentWriter content = writer.content()) {
            for (int length : new int[] {10, 3_000, 50_000, 400_000}) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                contents.add(bytes);
                content.data(bytes, 0, length);
                content.end();
            }
            content.finish();
            writer.commit();
        }
        try (Stream<Path> files = Files.walk(directory.resolve("packs"))) {
            pack = files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        whole = Files.readAllBytes(pack);
    }

    /** Each content is right, or cannot be read. */
    private int readable() throws IOException {
        int right = 0;
        try (ContentStore store = ContentStore.open(directory)) {
            for (byte[] bytes : contents) {
                try {
                    byte[] read = store.content(Digest.sha256(bytes)).stream().readAllBytes();
                    assertThat(read).isEqualTo(bytes);
                    right++;
                } catch (DamagedStoreException e) {
                    assertThat(e).hasMessageMatching("(?s).*([0-9a-f]{62}).*");
                }
            }
        }
        return right;
    }

    @Test
    void aFlippedBitAnywhereIsNoticed() throws IOException {
        assertThat(readable()).isEqualTo(contents.size());
        Random random = new Random(SEED);
        for (int i = 0; i < 400; i++) {
            int at = i < 100 ? whole.length - 1 - i : random.nextInt(whole.length);
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(pack, damaged);
            try {
                // The four bytes behind the version mean nothing.
                if (at < 12 || at >= 16) {
                    assertThat(readable()).as("byte %d", at).isLessThan(contents.size());
                }
            } catch (DamagedStoreException e) {
                assertThat(e).hasMessageContaining(pack.getFileName().toString());
            }
        }
    }

    @Test
    void aPackThatIsBroughtBackIsTakenUp() throws IOException {
        Files.delete(pack);
        requireSetAside("is gone");
        try (ContentStore store = ContentStore.open(directory)) {
            Files.write(pack, whole);
            assertThat(StoreCheck.run(store, 1, SEED).damages()).isEmpty();
            assertThat(store.unreadable()).isEmpty();
        }
        assertThat(readable()).isEqualTo(contents.size());
    }

    @Test
    void aListOfPacksThatIsDamagedOrMissingIsMadeAnew() throws IOException {
        Path list = directory.resolve("packs.list");
        String right = Files.readString(list);
        Random random = new Random(SEED);
        for (int i = 0; i < 50; i++) {
            byte[] damaged = Arrays.copyOf(right.getBytes(StandardCharsets.US_ASCII), random.nextInt(right.length()));
            if (i % 2 == 0) {
                damaged = right.getBytes(StandardCharsets.US_ASCII);
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(7));
            }
            Files.write(list, damaged);
            assertThat(readable()).isEqualTo(contents.size());
            assertThat(list).hasContent(right);
        }
        Files.delete(list);
        assertThat(readable()).isEqualTo(contents.size());
        assertThat(list).hasContent(right);
    }

    private void requireSetAside(String why) throws IOException {
        try (ContentStore store = ContentStore.open(directory)) {
            assertThatThrownBy(() -> store.content(Digest.sha256(contents.getFirst())))
                    .as(why)
                    .isInstanceOf(DamagedPackException.class)
                    .hasMessageContaining(pack.getFileName().toString())
                    .hasMessageContaining(why);
            assertThatThrownBy(store::writer)
                    .as("what leads to it would be taken for whole")
                    .isInstanceOf(DamagedPackException.class);
            assertThat(StoreCheck.run(store, 1, SEED).packs()).isNotEmpty();
        }
    }

    @Test
    void aPackThatIsCutOffIsNotTaken() throws IOException {
        for (int length : new int[] {0, 15, 16, 71, whole.length / 2, whole.length - 1}) {
            Files.write(pack, Arrays.copyOf(whole, length));
            requireSetAside(length < 72 ? "shorter than a pack" : "cut off");
        }
        Files.write(pack, whole);
        assertThat(readable()).isEqualTo(contents.size());
    }

    @Test
    void aPackUnderAnotherNameIsNotTaken() throws IOException {
        Path other = pack.resolveSibling("0".repeat(62) + ".pack");
        Files.move(pack, other);
        pack = other;
        requireSetAside("another directory");
    }

    /** As when somebody shortens a file below a running service, or a medium fails: what was mapped is gone, and the JVM tells it late. */
    @Test
    void aPackThatIsCutOffWhileItIsReadCostsNothingElse() throws IOException {
        byte[] other = new byte[300_000];
        new Random(SEED + 1).nextBytes(other);
        try (ContentStore store = ContentStore.open(directory)) {
            StoredImages.add(store, List.of(other));
        }
        try (ContentStore store = ContentStore.open(directory)) {
            try (FileChannel file = FileChannel.open(pack, StandardOpenOption.WRITE)) {
                file.truncate(4_096);
            }
            assertThatThrownBy(() -> store.content(Digest.sha256(contents.getLast())).stream()
                            .readAllBytes())
                    .isInstanceOf(DamagedPackException.class)
                    .hasMessageContaining(pack.getFileName().toString());
            assertThat(store.content(Digest.sha256(other)).stream().readAllBytes())
                    .isEqualTo(other);
            assertThat(StoreCheck.run(store, 1, SEED).packs()).hasSize(1);
            Files.write(pack, whole);
            assertThat(StoreCheck.run(store, 1, SEED).damages())
                    .as("it was brought back")
                    .isEmpty();
            assertThat(store.content(Digest.sha256(contents.getLast())).stream().readAllBytes())
                    .isEqualTo(contents.getLast());
        }
    }

    @Test
    void aRecipeThatIsNoneIsNotFollowed() {
        ObjectName name = new ObjectName(ObjectKind.NODE, Digest.EMPTY);
        Random random = new Random(SEED);
        byte[] right = new Recipe(
                        0,
                        List.of(
                                new Recipe.Item(7, java.util.Optional.of(Digest.EMPTY)),
                                new Recipe.Item(1 << 20, java.util.Optional.empty())))
                .node();
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(right, random.nextInt(right.length + 3));
            for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                Recipe read = Recipe.parseNode(name, damaged);
                assertThat(read.items()).isNotEmpty().allMatch(item -> item.lengthBytes() > 0);
            } catch (DamagedStoreException e) {
                assertThat(e).hasMessageContaining("node");
            } catch (IOException e) {
                throw new AssertionError("seed " + SEED + ", round " + i, e);
            }
        }
    }
}
