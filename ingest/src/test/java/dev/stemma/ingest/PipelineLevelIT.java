package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The two levels, one after the other, on a real Debian. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
class PipelineLevelIT {

    @TempDir
    Path home;

    private final Graph graph;
    private final DebianDisks disks = DebianDisks.built();

    PipelineLevelIT(Graph graph) {
        this.graph = graph;
    }

    @Test
    void theOperatingSystemIsRecognizedAtBothLevels() throws Exception {
        IngestOutcome basic = index(disks.base(), Level.BASIC);
        assertThat(basic.level()).isEqualTo(Level.BASIC);
        assertThat(basic.packages()).isEqualTo(disks.packages().size());
        assertThat(basic.counts().files()).isZero();
        assertThat(graph.read(Statement.of("MATCH (f:File) RETURN f"))).isEmpty();

        IngestOutcome full = index(disks.base(), Level.FULL);
        assertThat(full.known()).isFalse();
        assertThat(graph.read(Statement.of("""
                        MATCH (:Image)-[h:HAS_INVENTORY]->(i)-[:RUNS]->(os)
                        RETURN h.level AS level, h.until IS NULL AS current, os.distribution AS distribution, os.version AS version
                        ORDER BY i.sequence
                        """)))
                .containsExactly(
                        new Row(Map.of("level", "basic", "current", false, "distribution", "debian", "version", "12")),
                        new Row(Map.of("level", "full", "current", true, "distribution", "debian", "version", "12")));

        IngestOutcome again = index(disks.base(), Level.BASIC);
        assertThat(again.inventory())
                .as("a basic run leaves the full inventory in place")
                .isEqualTo(full.inventory());
        assertThat(again.level()).isEqualTo(Level.FULL);
        assertThat(again.nodes()).isZero();
    }

    @Test
    void progressNamesEveryStageAndCountsUpToTheWhole() throws Exception {
        List<Progress> heard = new ArrayList<>();
        IngestOutcome outcome = index(disks.base(), Level.FULL, heard::add);

        // Only a check-in stores.
        Set<Stage> stages = EnumSet.complementOf(EnumSet.of(Stage.STORING));
        assertThat(heard.stream().map(Progress::stage).distinct()).containsExactlyElementsOf(stages);
        assertThat(heard).isSortedAccordingTo(java.util.Comparator.comparingLong(Progress::bytes));
        assertThat(heard.getLast().files()).isEqualTo(outcome.counts().files());
        assertThat(heard.getLast().totalBytes())
                .isGreaterThanOrEqualTo(heard.getLast().bytes());
        assertThat(outcome.stages()).containsOnlyKeys(stages);
    }

    private IngestOutcome index(Path image, Level level) throws Exception {
        return index(image, level, ProgressListener.NONE);
    }

    private IngestOutcome index(Path image, Level level, ProgressListener listener) throws Exception {
        return new IngestPipeline(graph, new ManifestStore(home.resolve("manifests")))
                .run(
                        IngestRequest.of(image, level, disks.rules()).by("tester"),
                        listener,
                        Budget.of(Duration.ofMinutes(30)));
    }
}
