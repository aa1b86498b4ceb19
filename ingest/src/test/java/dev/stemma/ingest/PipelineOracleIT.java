package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real Debian through the whole pipeline, held against what find, sha256sum, getfattr and dpkg-query say of it. */
@ExtendWith(GraphExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineOracleIT {

    private final Graph graph;
    private final Path home;
    private final DebianDisks disks = DebianDisks.built();
    private IngestOutcome first;

    PipelineOracleIT(Graph graph, @TempDir Path home) {
        this.graph = graph;
        this.home = home;
    }

    /** One disk is in the graph when each test begins; the tests don't touch each other's images. */
    @BeforeAll
    void indexBase() throws Exception {
        first = index(disks.base(), Level.FULL);
    }

    @Test
    void graphAndManifestHoldEveryEntryAsTheTreeHasIt() throws Exception {
        SortedMap<String, Listed> expected = disks.listing();
        expected.remove("/");
        // mke2fs makes it, the tree has none.
        SortedMap<String, Listed> inGraph = GraphListing.of(graph, first.inventory());
        assertThat(inGraph.remove("/lost+found")).isNotNull();
        SortedMap<String, Listed> inManifest = ManifestListing.of(
                manifests(), dev.stemma.graph.id.Digest.parse(inventory().text("manifest")));
        inManifest.remove("/lost+found");

        assertThat(expected).hasSizeGreaterThan(9_000);
        assertThat(Listed.differences(GraphListing.reduced(expected), inGraph)).isEmpty();
        assertThat(Listed.differences(expected, inManifest)).isEmpty();
        assertThat(first.reading()).isEqualTo(IngestOutcome.Reading.WHOLE);
        // The root and lost+found come on top.
        assertThat(first.counts().entries()).isEqualTo(expected.size() + 2);
        assertThat(first.counts().files())
                .isEqualTo(expected.values().stream()
                        .filter(listed -> listed.kind().equals("file"))
                        .count());
        assertThat(first.counts().fileBytes())
                .isEqualTo(
                        expected.values().stream().mapToLong(Listed::sizeBytes).sum());
    }

    @Test
    void packagesAndWhatTheyOwnAreWhatDpkgSays() throws Exception {
        List<String> installed = graph
                .read(new Statement("""
                        MATCH (:Inventory {id: $id})-[:HAS_PACKAGES]->(:PackageGroup)-[i:INSTALLS]->(v:PackageVersion)-[:VERSION_OF]->(p:Package)
                        RETURN p.name + '\\t' + v.version + '\\t' + v.architecture + '\\t' + i.state AS line
                        """, Map.of("id", first.inventory().hex())))
                .stream()
                .map(row -> row.text("line"))
                .toList();
        assertThat(new TreeSet<>(installed)).isEqualTo(new TreeSet<>(disks.packages()));
        assertThat(first.packages()).isEqualTo(disks.packages().size());

        SortedMap<String, Listed> tree = disks.listing();
        List<String> wrong = new ArrayList<>();
        List<Row> owned = graph.read(Statement.of(
                "MATCH (:PackageVersion)-[o:OWNS]->(f) RETURN o.path AS path, f.id AS id, f.target AS target"));
        for (Row row : owned) {
            Listed listed = tree.get(row.text("path"));
            String content = listed == null ? "nothing" : listed.content();
            if (!content.equals(row.findText("target").orElse(row.text("id")))) {
                wrong.add(row + " but " + content);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(owned).hasSizeGreaterThan(3_000);
        assertThat(
                        graph.read(
                                Statement.of(
                                        "MATCH (v:PackageVersion) WHERE v.owned IS NULL OR v.owned <> COUNT { (v)-[:OWNS]->() } RETURN v")))
                .isEmpty();
    }

    @Test
    void anOverlayThatChangesNothingSharesTheInventoryAndStandsOnItsBase() throws Exception {
        IngestOutcome copy = index(disks.copy(), Level.FULL);
        IngestOutcome overlay = index(disks.overlay(), Level.FULL);

        assertThat(copy.inventory()).isEqualTo(first.inventory());
        assertThat(overlay.inventory()).isEqualTo(first.inventory());
        assertThat(overlay.known()).isTrue();
        assertThat(overlay.current()).isFalse();
        // Its image and its run, and the relationships that they need.
        assertThat(overlay.nodes()).isLessThanOrEqualTo(3);
        assertThat(overlay.relationships()).isLessThanOrEqualTo(7);
        assertThat(graph.read(Statement.of("""
                        MATCH (child:Image)-[d:DERIVED_FROM]->(parent:Image)
                        RETURN child.name AS child, parent.name AS parent, d.kind AS kind, d.basis AS basis
                        """)))
                .containsExactly(new Row(
                        Map.of("child", "overlay", "parent", "base", "kind", "backing-file", "basis", "OBSERVED")));
    }

    @Test
    void indexingTheSameAgainAddsNothing() throws Exception {
        IngestOutcome second = index(disks.base(), Level.FULL);

        assertThat(second.inventory()).isEqualTo(first.inventory());
        assertThat(second.known()).isTrue();
        assertThat(second.current()).isTrue();
        assertThat(second.nodes()).isZero();
        assertThat(second.relationships()).isZero();
        assertThat(first.known()).isFalse();
        assertThat(first.nodes()).isGreaterThan(5_000);
    }

    @Test
    void anImageThatSharesNinetyNinePercentCostsAtMostFivePercent() throws Exception {
        IngestOutcome second = index(disks.changed(), Level.FULL);

        assertThat(second.inventory()).isNotEqualTo(first.inventory());
        assertThat(second.nodes() + second.relationships())
                .isLessThanOrEqualTo((first.nodes() + first.relationships()) / 20);
        SortedMap<String, Listed> before = GraphListing.of(graph, first.inventory());
        SortedMap<String, Listed> after = GraphListing.of(graph, second.inventory());
        // 60 files of /usr/share, 1 of /srv; 10 added with their directory, 20 removed at most (some of the 60 among
        // them).
        assertThat(Listed.differences(before, after)).hasSizeBetween(20, 92);
        assertThat(after).containsKey("/opt/added/10");
    }

    private Row inventory() {
        return graph.read(new Statement(
                        "MATCH (i:Inventory {id: $id}) RETURN i.manifest AS manifest",
                        Map.of("id", first.inventory().hex())))
                .getFirst();
    }

    private ManifestStore manifests() {
        return new ManifestStore(home.resolve("manifests"));
    }

    private IngestOutcome index(Path image, Level level) throws Exception {
        return new IngestPipeline(graph, manifests())
                .run(
                        IngestRequest.of(image, level, disks.rules())
                                .by("tester")
                                .readingAll(true),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(30)));
    }
}
