package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unsupported;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are broken, and files that are no disks: each ends in time, in a problem or in observations. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
class PipelineDamageIT {

    /** Set {@code stemma.seed} to replay. */
    private static final long SEED = Long.getLong("stemma.seed", 4_711L);

    private static final int DAMAGES = 40;
    private static final long DISK_BYTES = 8 << 20;

    @TempDir
    Path home;

    private final Graph graph;

    PipelineDamageIT(Graph graph) {
        this.graph = graph;
    }

    @Test
    void aFileThatIsNoDiskIsRefusedAndNotRegisteredAsAnEmptyImage() throws Exception {
        Path text = Files.writeString(home.resolve("notes.txt"), "just some text\n".repeat(10_000));
        Path zeros = home.resolve("zeros.raw");
        try (RandomAccessFile file = new RandomAccessFile(zeros.toFile(), "rw")) {
            file.setLength(DISK_BYTES);
        }
        assertThatThrownBy(() -> index(text))
                .isInstanceOfSatisfying(
                        Unsupported.class, e -> assertThat(e.code()).isEqualTo("not-an-image"))
                .hasMessageContaining("notes.txt");
        assertThatThrownBy(() -> index(zeros)).isInstanceOfSatisfying(Unsupported.class, e -> assertThat(e.code())
                .isEqualTo("empty-image"));
        assertThat(graph.read(Statement.of("MATCH (i:Image) RETURN i"))).isEmpty();
    }

    @Test
    void aDiskThatEndsBeforeItsOnlyPartitionIsCalledTruncated() throws Exception {
        Path image = home.resolve("short.raw");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(DISK_BYTES);
        }
        Path table = Files.writeString(home.resolve("table"), "label: gpt\nstart=1MiB, size=6MiB, type=linux\n");
        Tool.require("sfdisk");
        Tool.run(List.of("sh", "-c", "sfdisk --quiet " + image + " < " + table));
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(DISK_BYTES / 2);
        }
        assertThatThrownBy(() -> index(image))
                .isInstanceOfSatisfying(Corrupt.class, e -> assertThat(e.code()).isEqualTo("truncated"))
                .hasMessageContaining("short.raw › partition 1")
                .hasMessageContaining("Copy the image again");
    }

    @Test
    void aTableWhosePartitionsHoldNothingKnownIsRefused() throws Exception {
        Path image = home.resolve("strange.raw");
        Random random = new Random(1);
        byte[] noise = new byte[(int) DISK_BYTES];
        random.nextBytes(noise);
        Files.write(image, noise);
        Path table = Files.writeString(home.resolve("table"), "label: gpt\nstart=1MiB, size=2MiB, type=linux\n");
        Tool.require("sfdisk");
        Tool.run(List.of("sh", "-c", "sfdisk --quiet " + image + " < " + table));
        assertThatThrownBy(() -> index(image)).isInstanceOfSatisfying(Unsupported.class, e -> assertThat(e.code())
                .isEqualTo("unknown-file-system"));
    }

    @Test
    void aFileSystemThatCannotBeOpenedIsMissingAndTheImageNeverLooksEmpty() throws Exception {
        Path image = disk();
        // An incompatible feature that nobody knows.
        patch(image, 1024 + 0x60 + 3, (byte) 0x80);

        // Java refuses it, and the appliance, which may take its time, finds nothing to mount.
        IngestOutcome outcome = index(image, Budget.of(Duration.ofMinutes(30)));

        assertThat(outcome.reading()).isEqualTo(IngestOutcome.Reading.NOTHING);
        assertThat(outcome.observations()).extracting(Observation::severity).contains(Observation.Severity.MISSING);
        assertThat(
                        graph.read(
                                Statement.of(
                                        "MATCH (:Image)-[:HAS_INVENTORY]->()-[:HAS_OBSERVATION]->(o {severity: 'MISSING'}) RETURN o.code AS code")))
                .hasSize(1);
        assertThat(graph.read(Statement.of("MATCH (:FileSystem)-[:ROOT]->(d) RETURN d")))
                .isEmpty();
    }

    @Test
    void damageAnywhereEndsInTimeInAProblemOrObservationsOrASoundAnswer() throws Exception {
        Path whole = disk();
        IngestOutcome sound = index(whole);
        assertThat(sound.reading()).isEqualTo(IngestOutcome.Reading.WHOLE);
        Random random = new Random(SEED);
        int refused = 0;
        int observed = 0;
        for (int i = 0; i < DAMAGES; i++) {
            Path damaged = home.resolve("damaged.raw");
            Files.copy(whole, damaged, StandardCopyOption.REPLACE_EXISTING);
            String how = damage(damaged, random, i % 4);
            long began = System.nanoTime();
            String about = "seed " + SEED + ", damage " + i + ": " + how;
            try {
                IngestOutcome outcome = index(damaged);
                boolean says = outcome.reading() != IngestOutcome.Reading.WHOLE;
                observed += says ? 1 : 0;
                // What is not said to be incomplete must have every name; contents may differ, as their bytes did.
                if (!says) {
                    assertThat(outcome.counts().entries())
                            .as(about)
                            .isEqualTo(sound.counts().entries());
                }
            } catch (ImageProblem e) {
                refused++;
                assertThat(e.code()).as(about).matches("[a-z0-9-]+");
                assertThat(e.getMessage()).as(about).contains("damaged.raw");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).as(about).isLessThan(Duration.ofMinutes(5));
        }
        assertThat(refused + observed).as("damage that shows, seed %d", SEED).isGreaterThan(DAMAGES / 4);
    }

    @Test
    void aRunThatIsCancelledOrOutOfTimeLeavesNoInventory() throws Exception {
        Path image = disk();
        Budget cancelled = Budget.of(Duration.ofMinutes(1));
        cancelled.cancel();
        assertThatThrownBy(() -> index(image, cancelled))
                .isInstanceOfSatisfying(
                        OverBudget.class, e -> assertThat(e.code()).isEqualTo("cancelled"));
        Budget budget = Budget.of(Duration.ofMinutes(1));
        ProgressListener canceller = progress -> {
            if (progress.stage() == Stage.ANALYZING) {
                budget.cancel();
            }
        };
        assertThatThrownBy(() -> index(image, budget, canceller)).isInstanceOf(OverBudget.class);
        assertThatThrownBy(() -> index(image, Budget.of(Duration.ZERO)))
                .isInstanceOfSatisfying(
                        OverBudget.class, e -> assertThat(e.code()).isEqualTo("time-limit"));
        assertThat(graph.read(Statement.of("MATCH (i:Inventory) RETURN i"))).isEmpty();
    }

    private String damage(Path disk, Random random, int kind) throws IOException {
        long offset = random.nextBoolean() ? random.nextLong(DISK_BYTES / 8) : random.nextLong(DISK_BYTES);
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            switch (kind) {
                case 0 -> {
                    file.setLength(offset + 1);
                    return "truncated to " + (offset + 1);
                }
                case 1 -> {
                    file.seek(offset);
                    file.write(new byte[(int) Math.min(8_192, DISK_BYTES - offset)]);
                    return "zeroed at " + offset;
                }
                case 2 -> {
                    byte[] noise = new byte[(int) Math.min(4_096, DISK_BYTES - offset)];
                    random.nextBytes(noise);
                    file.seek(offset);
                    file.write(noise);
                    return "noise at " + offset;
                }
                default -> {
                    for (int i = 0; i < 64; i++) {
                        long at = random.nextLong(DISK_BYTES / 8);
                        file.seek(at);
                        int old = file.read();
                        file.seek(at);
                        file.write(old ^ 1 << random.nextInt(8));
                    }
                    return "64 bits flipped in the first eighth";
                }
            }
        }
    }

    private static void patch(Path disk, long offset, byte value) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.seek(offset);
            file.write(value);
        }
    }

    /** An ext4 without a partition table and without checksums, so that damage gets past the first look. */
    private Path disk() throws IOException {
        Tool.require("mke2fs");
        Path tree = home.resolve("tree");
        for (int i = 0; i < 20; i++) {
            Path directory = Files.createDirectories(tree.resolve("d" + i).resolve("deeper"));
            for (int k = 0; k < 20; k++) {
                Files.writeString(directory.resolve("f" + k), "content of " + k + "\n".repeat(i * k * 20));
            }
        }
        Path image = home.resolve("disk.raw");
        Tool.run(List.of(
                "mke2fs",
                "-q",
                "-F",
                "-t",
                "ext4",
                "-O",
                "^metadata_csum",
                "-d",
                tree.toString(),
                image.toString(),
                "8M"));
        return image.toRealPath();
    }

    private IngestOutcome index(Path image) throws ImageProblem {
        return index(image, Budget.of(Duration.ofMinutes(1)));
    }

    private IngestOutcome index(Path image, Budget budget) throws ImageProblem {
        return index(image, budget, ProgressListener.NONE);
    }

    private IngestOutcome index(Path image, Budget budget, ProgressListener listener) throws ImageProblem {
        return new IngestPipeline(graph, new ManifestStore(home.resolve("manifests")))
                .run(
                        new IngestRequest(image, Level.FULL, ImageRules.within(home), Optional.empty(), 2)
                                .readingAll(true),
                        listener,
                        budget);
    }
}
