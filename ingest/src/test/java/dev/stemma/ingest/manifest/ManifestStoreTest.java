package dev.stemma.ingest.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestStoreTest {

    private static final ManifestLine.Section ROOT =
            new ManifestLine.Section(0, 2, "ext4", Optional.of("0f1e-22"), Optional.of("a label\n#é"));
    private static final ManifestLine.Section BOOT =
            new ManifestLine.Section(0, 15, "vfat", Optional.empty(), Optional.empty());

    @TempDir
    Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsWrittenIsReadBackToTheLastNanosecond(long seed) throws IOException {
        List<Entry> root = new RandomEntries(seed).below(800);
        List<Entry> boot = new RandomEntries(seed + 100).below(30);
        ManifestStore store = new ManifestStore(directory);
        Digest digest = write(store, root, boot);

        List<ManifestLine> lines = new ArrayList<>();
        try (ManifestReader reader = store.open(digest)) {
            for (Optional<ManifestLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                lines.add(line.get());
            }
        }

        List<ManifestLine> expected = new ArrayList<>(List.of(ROOT));
        root.forEach(entry -> expected.add(new ManifestLine.Item(entry)));
        expected.add(BOOT);
        boot.forEach(entry -> expected.add(new ManifestLine.Item(entry)));
        assertThat(lines).as("seed %d", seed).isEqualTo(expected);
        try (Stream<Entry> entries = store.entries(digest)) {
            assertThat(entries).hasSize(830).startsWith(root.get(0)).endsWith(boot.getLast());
        }
    }

    @Test
    void theNameIsTheDigestOfTheUncompressedText() throws IOException {
        ManifestStore store = new ManifestStore(directory);
        List<Entry> entries = new RandomEntries(9).below(50);
        Digest digest = write(store, entries, List.of());

        assertThat(write(store, entries, List.of())).isEqualTo(digest);
        assertThat(store.path(digest))
                .isEqualTo(directory
                        .resolve(digest.hex().substring(0, 2))
                        .resolve(digest.hex().substring(2) + ".mtree.zst"));
        try (ZstdInputStream text = new ZstdInputStream(Files.newInputStream(store.path(digest)))) {
            assertThat(Digest.sha256(text.readAllBytes())).isEqualTo(digest);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(store.path(digest));
        }
    }

    @Test
    void contentsAreThoseOfFilesThatAreNotEmpty() throws IOException {
        ManifestStore store = new ManifestStore(directory);
        List<Entry> root = new RandomEntries(10).below(800);
        List<Entry> boot = new RandomEntries(11).below(50);
        List<Payload.File> contents = new ArrayList<>();
        try (ManifestReader reader = store.open(write(store, root, boot))) {
            reader.contents((digest, bytes) -> contents.add(new Payload.File(bytes, Optional.of(digest))));
        }

        List<Payload> expected = Stream.concat(root.stream(), boot.stream())
                .map(Entry::payload)
                .filter(payload -> payload instanceof Payload.File file
                        && file.sizeBytes() > 0
                        && file.digest().isPresent())
                .toList();
        assertThat(contents).map(Payload.class::cast).isEqualTo(expected).isNotEmpty();
    }

    @Test
    void onePathIsFoundInItsOwnFileSystemOnly() throws IOException {
        ManifestStore store = new ManifestStore(directory);
        List<Entry> root = new RandomEntries(21).below(500);
        List<Entry> boot = new RandomEntries(22).below(10);
        Digest digest = write(store, root, boot);

        for (Entry entry : root.subList(0, 50)) {
            assertThat(store.find(digest, 0, 2, entry.path())).contains(entry);
        }
        assertThat(store.find(digest, 0, 15, GuestPath.ROOT)).contains(boot.get(0));
        assertThat(store.find(digest, 0, 15, root.getLast().path())).isEmpty();
        assertThat(store.find(digest, 1, 2, GuestPath.ROOT)).isEmpty();
        assertThat(store.find(digest, 0, 2, GuestPath.parse("/no/such"))).isEmpty();
    }

    @Test
    void anUnfinishedManifestLeavesNothingBehind() throws IOException {
        ManifestStore store = new ManifestStore(directory);
        try (ManifestWriter writer = store.create()) {
            writer.section(ROOT);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(store.contains(Digest.EMPTY)).isFalse();
        assertThatThrownBy(() -> store.open(Digest.EMPTY)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aDamagedManifestIsNeverReadAsAWholeOne() throws IOException {
        ManifestStore store = new ManifestStore(directory);
        Digest digest = write(store, new RandomEntries(31).below(300), List.of());
        byte[] whole = Files.readAllBytes(store.path(digest));
        Random random = new Random(77);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            if (i % 4 == 0) {
                damaged = java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
            } else {
                damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(store.path(digest), damaged);
            assertThatThrownBy(() -> readAll(store, digest))
                    .as("damage %d, seed 77", i)
                    .isInstanceOf(DamagedManifestException.class)
                    .hasMessageContaining(digest.hex());
        }
    }

    @Test
    void anotherManifestUnderTheSameNameIsRefused() throws IOException {
        ManifestStore store = new ManifestStore(directory);
        Digest one = write(store, new RandomEntries(41).below(30), List.of());
        Digest other = write(store, new RandomEntries(42).below(30), List.of());
        Files.copy(store.path(other), store.path(one), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> readAll(store, one)).isInstanceOf(DamagedManifestException.class);
        assertThatThrownBy(() -> store.find(one, 0, 2, GuestPath.ROOT)).isInstanceOf(DamagedManifestException.class);
    }

    private static void readAll(ManifestStore store, Digest digest) throws IOException {
        try (Stream<Entry> entries = store.entries(digest)) {
            entries.forEach(entry -> assertThat(entry).isNotNull());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Digest write(ManifestStore store, List<Entry> root, List<Entry> boot) throws IOException {
        try (ManifestWriter writer = store.create()) {
            writer.section(ROOT);
            for (Entry entry : root) {
                writer.entry(entry);
            }
            writer.section(BOOT);
            for (Entry entry : boot) {
                writer.entry(entry);
            }
            return writer.finish();
        }
    }
}
