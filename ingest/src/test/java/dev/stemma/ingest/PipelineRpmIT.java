package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.analyze.rpm.Rpms;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A system that rpm installed, from its disk into the graph: what a package says of its files can be held against what was found. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
class PipelineRpmIT {

    @TempDir
    Path work;

    private final Graph graph;

    PipelineRpmIT(Graph graph) {
        this.graph = graph;
    }

    @Test
    void checksumsOfPackagesTellWhichOwnedFilesWereChanged() throws Exception {
        Path rpms = Rpms.build(work, 20, 8);
        Path tree = Rpms.install(rpms, work.resolve("tree"), "/var/lib/rpm");
        Files.writeString(tree.resolve("usr/share/alpha/a"), "changed by hand\n");
        Path image = work.resolve("fedora.raw");
        Tool.run(List.of("mke2fs", "-q", "-F", "-t", "ext4", "-d", tree.toString(), image.toString(), "64M"));

        new IngestPipeline(graph, new ManifestStore(work.resolve("manifests")))
                .run(
                        IngestRequest.of(image, Level.FULL, ImageRules.within(work))
                                .by("tester"),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(2)));

        // SHA-256 names a file here too, so the two are the same text where nothing was changed.
        List<Row> owned = graph.read(Statement.of("""
                MATCH (:Inventory)-[:HAS_PACKAGES]->(:PackageGroup)-[:INSTALLS]->(v:PackageVersion)-[o:OWNS]->(f:File) WHERE v.purl STARTS WITH 'pkg:rpm/fedora/'
                RETURN o.path AS path, o.checksum AS checksum, o.md5 AS md5, f.id AS id, o.configuration AS configuration
                """));
        assertThat(owned.stream()
                        .filter(row -> row.findText("checksum").isPresent())
                        .filter(row ->
                                !row.text("id").endsWith(row.text("checksum").replace("sha256:", "")))
                        .map(row -> row.text("path")))
                .containsExactly("/usr/share/alpha/a");
        assertThat(owned.stream().filter(row -> row.findText("checksum").isPresent()))
                .hasSizeGreaterThan(20)
                .noneMatch(row -> row.findText("md5").isPresent());
        assertThat(owned.stream().filter(row -> row.findText("md5").isPresent()).map(row -> row.text("path")))
                .containsExactlyInAnyOrder("/usr/bin/old-tool", "/usr/lib/old/lib.so");
        assertThat(owned.stream().filter(row -> row.flag("configuration")).map(row -> row.text("path")))
                .containsExactly("/etc/alpha/alpha.conf");
    }
}
