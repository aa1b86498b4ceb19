package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disk manifests, written and read. */
class DiskManifestTest {

    private static final Digest CONTENT = Digest.sha256("content".getBytes(StandardCharsets.US_ASCII));
    private static final Digest CHUNK = Digest.sha256("chunk".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    Path directory;

    private static Digest write(ContentStore store, long sizeBytes, List<DiskRun> runs) throws IOException {
        try (StoreWriter writer = store.writer();
                ContentWriter content = writer.content()) {
            DiskManifestWriter manifest = new DiskManifestWriter(content, sizeBytes);
            for (DiskRun run : runs) {
                manifest.add(run);
            }
            Digest name = manifest.finish();
            content.finish();
            writer.commit();
            return name;
        }
    }

    private static List<DiskRun> read(ContentStore store, Digest name) throws IOException {
        List<DiskRun> runs = new ArrayList<>();
        DiskManifestReader reader = new DiskManifestReader(store, name);
        for (Optional<DiskRun> run = reader.next(); run.isPresent(); run = reader.next()) {
            runs.add(run.get());
        }
        return runs;
    }

    @Test
    void runsComeBackAndThoseThatGoOnAreOne() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            Digest name = write(
                    store,
                    1L << 41,
                    List.of(
                            new DiskRun.Data(512, CHUNK),
                            new DiskRun.Zeros(512),
                            new DiskRun.Zeros(1024),
                            new DiskRun.Part(4096, CONTENT, 0),
                            new DiskRun.Part(100, CONTENT, 4096),
                            new DiskRun.Part(100, CONTENT, 0),
                            new DiskRun.Zeros((1L << 41) - 512 - 1536 - 4296)));
            assertThat(read(store, name))
                    .containsExactly(
                            new DiskRun.Data(512, CHUNK),
                            new DiskRun.Zeros(1536),
                            new DiskRun.Part(4196, CONTENT, 0),
                            new DiskRun.Part(100, CONTENT, 0),
                            new DiskRun.Zeros((1L << 41) - 512 - 1536 - 4296));
        }
    }

    @Test
    void anEmptyDiskHasAManifest() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            assertThat(read(store, write(store, 0, List.of()))).isEmpty();
        }
    }

    @Test
    void whatDoesNotCoverTheDiskIsNotWritten() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            assertThatThrownBy(() -> write(store, 4096, List.of(new DiskRun.Zeros(4095))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("4095 of 4096");
        }
    }

    /** Whatever stands in it: an end, or a problem that says where. */
    @Test
    void whatIsNoManifestIsNotFollowed() throws Exception {
        long seed = 7;
        Random random = new Random(seed);
        try (ContentStore store = ContentStore.open(directory)) {
            Digest name = write(store, 9000, List.of(new DiskRun.Data(808, CHUNK), new DiskRun.Part(8192, CONTENT, 3)));
            byte[] right = store.content(name).stream().readAllBytes();
            for (int round = 0; round < 2_000; round++) {
                byte[] damaged = Arrays.copyOf(right, random.nextInt(right.length + 2));
                for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                try (StoreWriter writer = store.writer();
                        ContentWriter content = writer.content()) {
                    content.data(damaged, 0, damaged.length);
                    Digest other = content.end();
                    content.finish();
                    writer.commit();
                    List<DiskRun> runs = read(store, other);
                    assertThat(runs.stream().mapToLong(DiskRun::lengthBytes).sum())
                            .isEqualTo(new DiskManifestReader(store, other).sizeBytes());
                } catch (DamagedStoreException e) {
                    assertThat(e).as("seed %d, round %d", seed, round).hasMessageContaining("disk manifest");
                }
            }
        }
    }
}
