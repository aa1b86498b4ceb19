package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A live medium: what is on it is read, and the system packed in it is named. And what nobody here reads, said to be that. */
@ExtendWith(GraphExtension.class)
class PipelineMediaIT {

    @TempDir
    Path home;

    private final Graph graph;

    PipelineMediaIT(Graph graph) {
        this.graph = graph;
    }

    @Test
    void theSystemInALiveMediumIsNamed() throws Exception {
        Tool.require("mksquashfs", "xorriso");
        Path image = home.resolve("live.iso");
        Tool.run(List.of("sh", "-c", """
                set -e
                cd "$1"
                mkdir -p medium/live system/etc
                printf 'ID=debian\\n' > system/etc/os-release
                mksquashfs system medium/live/filesystem.squashfs -quiet -no-progress
                echo kernel > medium/live/vmlinuz
                xorriso -report_about SORRY -outdev live.iso -volid LIVE -map medium / -commit
                """, "sh", home.toString()));

        IngestOutcome outcome = new IngestPipeline(graph, new ManifestStore(home.resolve("manifests")))
                .run(
                        IngestRequest.of(image.toRealPath(), Level.FULL, ImageRules.within(home)),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(30)));

        assertThat(outcome.observations()).extracting(Observation::code).containsExactly("packed-system-not-read");
        assertThat(outcome.observations().getFirst().where()).contains("/live/filesystem.squashfs");
        assertThat(graph.read(Statement.of("MATCH (s:FileSystem) RETURN s.type + ' ' + s.label AS text")))
                .extracting(row -> row.text("text"))
                .containsExactly("iso9660 LIVE");
        assertThat(outcome.counts().files()).isEqualTo(2);
    }

    @Test
    void zfsIsNamedAndNotTaken() throws Exception {
        Tool.require("blkid");
        Path pool = home.resolve("pool");
        ZfsPool.write(pool);
        assertThat(Tool.run(List.of("blkid", "-p", "-o", "value", "-s", "TYPE", pool.toString())))
                .contains("zfs_member");
        try (FileSource bytes = FileSource.open(pool)) {
            assertThatThrownBy(() -> FileSystems.open(bytes, Budget.of(Duration.ofMinutes(1))))
                    .isInstanceOfSatisfying(Unsupported.class, problem -> {
                        assertThat(problem.code()).isEqualTo("zfs-not-read");
                        assertThat(FileSystems.readableByAppliance(problem)).isFalse();
                    });
        }
        Files.delete(pool);
    }
}
