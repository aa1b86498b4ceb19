package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.filesystem.FileSystemReaderContract;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.filesystem.TreeListing;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A Windows on NTFS, its hives written by hivexregedit, into the graph; beside it a volume that Windows would check first. */
@ExtendWith(GraphExtension.class)
class PipelineWindowsIT {

    @TempDir
    Path home;

    private final Graph graph;

    PipelineWindowsIT(Graph graph) {
        this.graph = graph;
    }

    @Test
    void aWindowsIsToldByItsRegistryAndItsFilesAreReadWhole() throws Exception {
        Tool.require("mkfs.ntfs", "ntfscp", "ntfsfix", "hivexregedit", "guestfish", "sfdisk", "perl");
        Class<?> scripts = FileSystemReaderContract.class;
        Tool.script(scripts, "guestfs/make-windows.sh", home);
        Tool.script(scripts, "ext/list-tree.sh", home.resolve("tree"), home.resolve("list"));
        ManifestStore manifests = new ManifestStore(home.resolve("manifests"));

        IngestOutcome outcome = new IngestPipeline(graph, manifests)
                .run(
                        IngestRequest.of(home.resolve("disk").toRealPath(), Level.FULL, ImageRules.within(home)),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(30)));

        assertThat(outcome.observations()).extracting(Observation::code).containsExactly("not-unmounted");
        assertThat(outcome.observations().getFirst().where()).contains("/dev/sda2");
        assertThat(graph.read(Statement.of("""
                        MATCH (:Inventory)-[:RUNS]->(s) RETURN s.distribution AS name, s.version AS version,
                          s.patchLevel AS patch, s.prettyName AS pretty, s.architecture AS architecture
                        """)))
                .containsExactly(new Row(Map.of(
                        "name", "windows",
                        "version", "10.0.22631",
                        "patch", "2974",
                        "pretty", "Windows 11 Pro 23H2",
                        "architecture", "x86_64")));
        assertThat(
                        texts(
                                "MATCH (:Inventory)-[:HAS_PACKAGES]->(:PackageGroup)-[:INSTALLS]->(v) RETURN v.purl AS text ORDER BY text"))
                .containsExactly(
                        "pkg:generic/windows/7-Zip%2023.01%20%28x64%29@23.01?arch=x86_64",
                        "pkg:generic/windows/7-Zip%2023.01@23.01?arch=i686",
                        "pkg:generic/windows/Gr%C3%B6%C3%9Fe%20%26%20Ma%C3%9F%20%E2%98%83@1.2.3?arch=x86_64",
                        "pkg:generic/windows/No%20version?arch=x86_64");
        assertThat(texts("MATCH (:Inventory)-[:IDENTIFIED_BY]->(h) RETURN h.hostName + ' ' + h.machineId AS text"))
                .containsExactly("WIN-LAB7 0f1e2d3c4b5a69788796a5b4c3d2e1f0");
        assertThat(texts("MATCH (:Inventory)-[m:MOUNTS]->(f) RETURN m.path + ' ' + f.label AS text"))
                .containsExactly("/ Windows");
        theFilesAreThose(manifests);
    }

    /** Modes and owners are the mount's on NTFS without a map of users, and directories count no links; all else is compared. */
    private void theFilesAreThose(ManifestStore manifests) throws Exception {
        String manifest = texts("MATCH (i:Inventory) RETURN i.manifest AS text").getFirst();
        SortedMap<String, Listed> found = ManifestListing.of(manifests, dev.stemma.graph.id.Digest.parse(manifest));
        SortedMap<String, Listed> expected = TreeListing.read(home.resolve("list"));
        assertThat(found.remove("/kept")).isNotNull();
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((path, entry) -> assertThat(found.get(path))
                .as(path)
                .extracting(Listed::kind, Listed::sizeBytes, Listed::modified, Listed::content)
                .containsExactly(entry.kind(), entry.sizeBytes(), entry.modified(), entry.content()));
    }

    private List<String> texts(String cypher) {
        return graph.read(Statement.of(cypher)).stream()
                .map(row -> row.text("text"))
                .toList();
    }
}
