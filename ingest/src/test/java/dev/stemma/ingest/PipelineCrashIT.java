package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphAddress;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Index runs that are killed at any moment, and the graph after them. */
@ExtendWith(GraphExtension.class)
class PipelineCrashIT {

    /** Set {@code stemma.seed} to replay the moments. */
    private static final long SEED = Long.getLong("stemma.seed", 20_261_120L);

    private static final int KILLS = 5;

    private static final String INCOMPLETE = """
            MATCH (node) WHERE (node:Directory OR node:DirectoryChunk)
            OPTIONAL MATCH (node)-[r:ENTRY|CHUNK]->()
            WITH node, count(r) AS held, count(DISTINCT coalesce(r.name, toString(r.index))) AS different
            WHERE held <> different
            RETURN node.id AS id
            """;

    private final Graph graph;
    private final GraphAddress address;
    private final DebianDisks disks = DebianDisks.built();

    @TempDir
    Path home;

    PipelineCrashIT(Graph graph, GraphAddress address) {
        this.graph = graph;
        this.address = address;
    }

    @Test
    void afterKillsAtRandomMomentsTheNextRunGivesTheGraphOfAnUndisturbedOne() throws Exception {
        Random random = new Random(SEED);
        long undisturbedMillis = undisturbed();
        SortedMap<String, Long> expected = shape();
        List<Row> expectedTree = contents();
        GraphExtension.empty(graph);

        for (int kill = 0; kill < KILLS; kill++) {
            Process process = IndexingProcess.start(address, disks.base(), home.resolve("manifests"));
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            assertThat(out.readLine()).isEqualTo("begun");
            long wait = random.nextLong(undisturbedMillis);
            Thread.sleep(wait);
            process.destroyForcibly().waitFor();

            String moment = "killed after " + wait + " ms, seed " + SEED;
            assertThat(graph.read(Statement.of(INCOMPLETE))).as(moment).isEmpty();
            assertThat(graph.read(Statement.of("""
                            MATCH (i:Inventory) WHERE i.sequence IS NULL OR i.committedAt IS NULL
                              OR NOT EXISTS { (:Image)-[:HAS_INVENTORY]->(i) } RETURN i.id AS id
                            """))).as(moment).isEmpty();
        }
        index();

        assertThat(shape()).as("seed %d", SEED).isEqualTo(expected);
        assertThat(contents()).as("seed %d", SEED).isEqualTo(expectedTree);
    }

    /** Indexes in a process of its own, as the killed ones are, and says how long that took. */
    private long undisturbed() throws Exception {
        long began = System.nanoTime();
        Process process = IndexingProcess.start(address, disks.base(), home.resolve("undisturbed"));
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(IndexingProcess.await(process)).as(said).isZero();
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    private void index() throws Exception {
        new IngestPipeline(graph, new ManifestStore(home.resolve("manifests")))
                .run(
                        IngestRequest.of(disks.base(), Level.FULL, disks.rules()),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(30)));
    }

    /** How many nodes of each label and relationships of each type there are. */
    private SortedMap<String, Long> shape() {
        SortedMap<String, Long> shape = new TreeMap<>();
        for (Row row : graph.read(Statement.of("""
                MATCH (n) WHERE none(label IN labels(n) WHERE label STARTS WITH '__')
                RETURN labels(n)[0] AS what, count(n) AS count
                UNION ALL
                MATCH (a)-[r]->() WHERE none(label IN labels(a) WHERE label STARTS WITH '__')
                RETURN type(r) AS what, count(r) AS count
                """))) {
            shape.put(row.text("what"), row.number("count"));
        }
        return shape;
    }

    /** All that does not say when: trees, owned paths, packages, inventories. */
    private List<Row> contents() {
        return graph.read(new Statement(
                """
                MATCH (a)-[r]->(b) WHERE type(r) IN $types
                RETURN labels(a)[0] AS from, coalesce(a.id, a.purl) AS a, type(r) AS type,
                  coalesce(r.name, r.path, toString(r.index), toString(r.number), '') AS name, properties(r) AS properties,
                  coalesce(b.id, b.purl) AS b
                ORDER BY from, a, type, name, b
                """,
                Map.of(
                        "types",
                        List.of(
                                "ENTRY",
                                "CHUNK",
                                "ROOT",
                                "HOLDS",
                                "HAS_PARTITION",
                                "HAS_VOLUME",
                                "OWNS",
                                "HAS_PACKAGES",
                                "INSTALLS",
                                "RUNS",
                                "VERSION_OF",
                                "HAS_OBSERVATION"))));
    }
}
