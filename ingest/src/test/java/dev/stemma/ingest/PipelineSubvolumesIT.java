package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.filesystem.guestfs.SubvolumeDisk;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Three systems on three btrfs, each with snapshots of itself: three systems are found, each with what it mounts. */
@ExtendWith(GraphExtension.class)
class PipelineSubvolumesIT {

    @TempDir
    Path home;

    private final Graph graph;

    PipelineSubvolumesIT(Graph graph) {
        this.graph = graph;
    }

    @Test
    void aSnapshotIsNoSystemUnlessTheSystemWasSetBackToIt() throws Exception {
        Path image = SubvolumeDisk.make(home).toRealPath();

        IngestOutcome outcome = new IngestPipeline(graph, new ManifestStore(home.resolve("manifests")))
                .run(
                        IngestRequest.of(image, Level.BASIC, ImageRules.within(home)),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(8)));

        assertThat(outcome.observations()).extracting(Observation::code).containsExactly("snapshots-not-read");
        assertThat(outcome.observations().getFirst().message())
                .contains("3 snapshots", "btrfs:before-update", "btrfs:@/.snapshots/2/snapshot")
                .contains("btrfs:timeshift-btrfs/snapshots/1/@");
        assertThat(graph.read(
                        Statement.of("MATCH (:Inventory)-[:RUNS]->(s) RETURN s.distribution AS name ORDER BY name")))
                .extracting(row -> row.text("name"))
                .containsExactly("fedora", "opensuse", "ubuntu");
        assertThat(graph.read(Statement.of("""
                        MATCH (:Inventory)-[m:MOUNTS]->(:FileSystem)<-[:HOLDS]-(p:Partition {number: m.partition})
                        RETURN m.guest + ' ' + m.path + ' ' + p.type AS mount ORDER BY mount
                        """)))
                .extracting(row -> row.text("mount"))
                .containsExactly(
                        "0 / btrfs:root",
                        "0 /home btrfs:home",
                        "1 / btrfs:@/.snapshots/1/snapshot",
                        "1 /.snapshots btrfs:@/.snapshots",
                        "1 /home btrfs:@/home",
                        "1 /var btrfs:@/var",
                        "2 / btrfs:@",
                        "2 /home btrfs:@home");
    }
}
