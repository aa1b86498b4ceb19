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

/** Software from the files of a disk with two file systems to the graph. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
class SoftwarePipelineIT {

    private static final Statement INSTALLED = Statement.of("""
            MATCH (:Inventory {id: $id})-[:HAS_PACKAGES]->(:PackageGroup)-[r:INSTALLS]->(v:PackageVersion)-[:VERSION_OF]->(p:Package)
            RETURN v.purl AS purl, p.id AS package, coalesce(r.locations, []) AS locations ORDER BY purl
            """);

    @TempDir
    Path directory;

    private final Graph graph;

    SoftwarePipelineIT(Graph graph) {
        this.graph = graph;
    }

    private Path disk() throws Exception {
        Tool.require("sgdisk", "mke2fs");
        Path disk = directory.resolve("disk.raw");
        Files.write(disk, new byte[0]);
        Tool.run(List.of("truncate", "-s", "84M", disk.toString()));
        Tool.run(List.of("sgdisk", "-n", "1:2048:+40M", "-n", "2:0:+40M", disk.toString()));
        Path root = directory.resolve("root");
        write(root, "etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
        write(root, "etc/fstab", "LABEL=data /srv ext4 defaults 0 2\n");
        write(root, "srv/.keep", "");
        write(root, "usr/lib/python3/dist-packages/same-1.0.dist-info/METADATA", "Name: same\nVersion: 1.0\n");
        write(
                root,
                "var/lib/snapd/state.json",
                "{\"data\":{\"snaps\":{\"core20\":{\"active\":true,\"current\":\"1974\",\"sequence\":[{\"revision\":\"1974\"}]},"
                        + "\"old\":{\"active\":false,\"current\":\"x3\"}}},\"changes\":{}}");
        Path flatpak = root.resolve("var/lib/flatpak/app/org.shop.App/x86_64/stable");
        write(flatpak, "0123abcd/metadata", "[Application]\nname=org.shop.App\n");
        Files.createSymbolicLink(flatpak.resolve("active"), Path.of("0123abcd"));
        Files.createSymbolicLink(root.resolve("var/lib/flatpak/app/org.shop.App/current"), Path.of("x86_64/stable"));
        write(root, "var/lib/flatpak/app/org.shop.Half/x86_64/stable/4567/metadata", "[Application]\n");
        Path data = directory.resolve("data");
        write(data, "venv/same-1.0.dist-info/METADATA", "Name: same\nVersion: 1.0\n");
        write(data, "venv/same-2.0.dist-info/METADATA", "Name: Same\nVersion: 2.0\n");
        format(root, disk, 1, "root");
        format(data, disk, 41, "data");
        return disk;
    }

    private static void write(Path tree, String path, String text) throws Exception {
        Path file = tree.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    private static void format(Path tree, Path disk, int mebibytes, String label) {
        String offset = "offset=" + ((long) mebibytes << 20);
        Tool.run(List.of(
                "mke2fs",
                "-q",
                "-F",
                "-t",
                "ext4",
                "-L",
                label,
                "-d",
                tree.toString(),
                "-E",
                offset,
                disk.toString(),
                "40M"));
    }

    private IngestOutcome index(Path disk, Level level) throws Exception {
        return new IngestPipeline(graph, new ManifestStore(directory.resolve("manifests")))
                .run(
                        IngestRequest.of(disk, level, ImageRules.within(directory)),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(30)));
    }

    private List<Row> installed(IngestOutcome outcome) {
        return graph.read(INSTALLED.with(Map.of("id", outcome.inventory().hex())));
    }

    @Test
    void whatLiesAnywhereIsFoundAtTheFullLevelAloneWithItsPlace() throws Exception {
        Path disk = disk();
        IngestOutcome basic = index(disk, Level.BASIC);
        assertThat(installed(basic))
                .extracting(row -> row.text("purl"))
                .containsExactly(
                        "pkg:flatpak/org.shop.App@stable?arch=x86_64&commit=0123abcd",
                        "pkg:snap/core20@1974",
                        "pkg:snap/old@x3");
        assertThat(analyzers(basic)).contains("flatpak/1", "snap/1").doesNotContain("python/1", "npm/1");

        IngestOutcome full = index(disk, Level.FULL);
        assertThat(full.observations()).isEmpty();
        assertThat(analyzers(full)).contains("flatpak/1", "snap/1", "python/1", "npm/1", "program/1");
        assertThat(installed(full))
                .containsExactly(
                        row(
                                "pkg:flatpak/org.shop.App@stable?arch=x86_64&commit=0123abcd",
                                "flatpak/org.shop.App",
                                "/var/lib/flatpak/app/org.shop.App/x86_64/stable"),
                        row(
                                "pkg:pypi/same@1.0",
                                "pypi/same",
                                "/srv/venv/same-1.0.dist-info/METADATA",
                                "/usr/lib/python3/dist-packages/same-1.0.dist-info/METADATA"),
                        row("pkg:pypi/same@2.0", "pypi/same", "/srv/venv/same-2.0.dist-info/METADATA"),
                        row("pkg:snap/core20@1974", "snap/core20", "/var/lib/snapd/snaps/core20_1974.snap"),
                        row("pkg:snap/old@x3", "snap/old", "/var/lib/snapd/snaps/old_x3.snap"));
        assertThat(index(disk, Level.FULL).inventory()).isEqualTo(full.inventory());
    }

    private static Row row(String purl, String name, String... locations) {
        return new Row(Map.of("purl", purl, "package", name, "locations", List.of(locations)));
    }

    private List<String> analyzers(IngestOutcome outcome) {
        return graph.read(Statement.of("MATCH (i:Inventory {id: $id}) RETURN i.analyzers AS analyzers")
                        .with(Map.of("id", outcome.inventory().hex())))
                .getFirst()
                .texts("analyzers");
    }
}
