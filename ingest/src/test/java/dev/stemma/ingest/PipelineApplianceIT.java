package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A disk whose file systems are read in both ways: ext4 by Java, vfat by the appliance. */
@ExtendWith(GraphExtension.class)
class PipelineApplianceIT {

    @TempDir
    Path home;

    private final Graph graph;

    PipelineApplianceIT(Graph graph) {
        this.graph = graph;
    }

    @Test
    void whatJavaDoesNotReadIsReadByTheApplianceIntoTheSameInventory() throws Exception {
        Path image = disk();

        IngestOutcome outcome = new IngestPipeline(graph, new ManifestStore(home.resolve("manifests")))
                .run(
                        IngestRequest.of(image, Level.FULL, ImageRules.within(home)),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(30)));

        assertThat(outcome.observations()).isEmpty();
        assertThat(outcome.reading()).isEqualTo(IngestOutcome.Reading.WHOLE);
        assertThat(graph.read(Statement.of("""
                        MATCH (:Inventory)-[:HAS_VOLUME]->()-[:HAS_PARTITION]->(p)-[:HOLDS]->(s)-[:ROOT]->(d)
                        RETURN p.number AS number, s.type AS type, s.reader AS reader ORDER BY number
                        """)))
                .containsExactly(
                        new Row(Map.of("number", 1L, "type", "btrfs", "reader", "guestfs")),
                        new Row(Map.of("number", 2L, "type", "ext4", "reader", "java")));
        assertThat(graph.read(Statement.of("MATCH (:Directory)-[e:ENTRY]->(:File) RETURN e.name AS name")))
                .contains(new Row(Map.of("name", "greeting")));
    }

    private Path disk() throws Exception {
        Tool.require("sfdisk", "mke2fs", "mkfs.btrfs");
        Path tree = Files.createDirectories(home.resolve("tree"));
        Files.writeString(tree.resolve("greeting"), "hello\n");
        Path image = home.resolve("two-ways.raw").toAbsolutePath();
        Tool.run(List.of("sh", "-c", """
                set -e
                truncate -s 180M "$1"
                truncate -s 128M "$1.btrfs"
                printf 'label: gpt\\nstart=1MiB, size=128MiB, type=linux\\nstart=130MiB, size=40MiB, type=linux\\n' | sfdisk --quiet "$1"
                mkfs.btrfs -q "$1.btrfs"
                dd if="$1.btrfs" of="$1" bs=1M seek=1 conv=notrunc,sparse status=none
                mke2fs -q -t ext4 -d "$2" -E offset=136314880 "$1" 40M
                """, "sh", image.toString(), tree.toString()));
        return image.toRealPath();
    }
}
