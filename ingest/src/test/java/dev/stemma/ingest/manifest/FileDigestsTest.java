package dev.stemma.ingest.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {

    private static final ManifestLine.Section ROOT =
            new ManifestLine.Section(0, 1, "ext4", Optional.empty(), Optional.of("root"));
    private static final ManifestLine.Section OTHER =
            new ManifestLine.Section(0, 2, "ext4", Optional.empty(), Optional.empty());

    @TempDir
    Path directory;

    @Test
    void eachInodeIsFoundByWhatItIs() {
        Random random = new Random(1);
        Map<Long, Digest> expected = new HashMap<>();
        FileDigests digests = new FileDigests();
        for (int i = 0; i < 20_000; i++) {
            long inode = i % 2 == 0 ? i : random.nextLong();
            Digest digest = new Digest(random.nextLong(), i, 0, -1);
            expected.put(inode, digest);
            digests.add(inode, i, -i, digest);
            digests.add(inode, i, -i, digest);
        }

        assertThat(digests.count()).isEqualTo(expected.size());
        expected.forEach((inode, digest) -> {
            long i = digest.b();
            assertThat(digests.find(inode, i, -i)).contains(digest);
            assertThat(digests.find(inode, i + 1, -i)).isEmpty();
            assertThat(digests.find(inode, i, 1)).isEmpty();
        });
        assertThat(digests.find(20_001, 0, 0)).isEmpty();
    }

    @Test
    void namesThatContradictEachOtherSayNothing() {
        FileDigests digests = new FileDigests();
        digests.add(5, 10, 20, Digest.EMPTY);
        digests.add(5, 10, 20, new Digest(1, 2, 3, 4));
        digests.add(6, 10, 20, Digest.EMPTY);
        digests.add(6, 11, 20, Digest.EMPTY);
        digests.add(6, 10, 20, Digest.EMPTY);

        assertThat(digests.find(5, 10, 20)).isEmpty();
        assertThat(digests.find(6, 10, 20)).isEmpty();
        assertThat(digests.find(6, 11, 20)).isEmpty();
    }

    /** Against the entries as they were written; their names and times are as odd as can be. */
    @Test
    void aManifestTellsOfItsFilesAlone() throws IOException {
        ManifestStore store = new ManifestStore(directory);
        List<Entry> entries = new RandomEntries(3).below(2_000);
        Digest manifest;
        try (ManifestWriter writer = store.create()) {
            writer.section(OTHER);
            for (Entry entry : new RandomEntries(4).below(50)) {
                writer.entry(entry);
            }
            writer.section(ROOT);
            for (Entry entry : entries) {
                writer.entry(entry);
            }
            manifest = writer.finish();
        }

        Map<ManifestLine.Section, FileDigests> all;
        try (ManifestReader reader = store.open(manifest)) {
            all = reader.digests(ROOT::equals);
        }

        assertThat(all).containsOnlyKeys(ROOT);
        FileDigests digests = Objects.requireNonNull(all.get(ROOT));
        Map<Long, Long> names = new HashMap<>();
        entries.forEach(entry -> names.merge(entry.attributes().inode(), 1L, Long::sum));
        long known = 0;
        for (Entry entry : entries) {
            if (entry.payload() instanceof Payload.File file
                    && names.getOrDefault(entry.attributes().inode(), 0L) == 1) {
                Instant modified = entry.attributes().times().modified();
                Optional<Digest> found =
                        digests.find(entry.attributes().inode(), file.sizeBytes(), FileDigests.nanos(modified));
                assertThat(found).isEqualTo(file.digest());
                known += found.isPresent() ? 1 : 0;
            }
        }
        assertThat(known).isPositive();
    }
}
