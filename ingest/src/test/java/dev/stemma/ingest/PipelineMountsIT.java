package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A system with {@code /boot}, {@code /boot/efi} and {@code /home} on partitions of their own, each named in another way. */
@ExtendWith(GraphExtension.class)
class PipelineMountsIT {

    @TempDir
    Path home;

    private final Graph graph;

    PipelineMountsIT(Graph graph) {
        this.graph = graph;
    }

    @Test
    void whereEachFileSystemIsMountedIsPartOfTheInventory() throws Exception {
        Path image = home.resolve("mounts.raw").toAbsolutePath();
        Tool.require("sfdisk", "mke2fs", "mkfs.xfs", "mkfs.vfat", "mcopy");
        Tool.script(PipelineMountsIT.class, "mounted-disk.sh", image);

        IngestOutcome outcome = new IngestPipeline(graph, new ManifestStore(home.resolve("manifests")))
                .run(
                        IngestRequest.of(image.toRealPath(), Level.FULL, ImageRules.within(home)),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(2)));

        assertThat(outcome.observations()).isEmpty();
        assertThat(graph.read(Statement.of("""
                        MATCH (:Inventory)-[m:MOUNTS]->(s:FileSystem)<-[:HOLDS]-(p:Partition)
                        RETURN m.path AS path, m.guest AS guest, m.volume AS volume, m.partition AS partition,
                          p.number AS number, s.type AS type ORDER BY path
                        """)))
                .containsExactly(
                        row("/", 1, "ext4"),
                        row("/boot", 2, "ext4"),
                        row("/boot/efi", 3, "vfat"),
                        row("/home", 4, "xfs"));
        // A package owns what lies on the partition that is mounted below.
        assertThat(graph.read(Statement.of("""
                        MATCH (v:PackageVersion)-[o:OWNS]->(f:File) RETURN o.path AS path, f.sizeBytes AS size ORDER BY path
                        """)))
                .containsExactly(
                        new Row(Map.of("path", "/boot/vmlinuz-6.1", "size", 7L)),
                        new Row(Map.of("path", "/usr/bin/tool", "size", 5L)));
        try (ContentBrowser browser = ContentBrowser.open(
                image.toRealPath(), ImageRules.within(home), OptionalInt.empty(), Budget.of(Duration.ofMinutes(1)))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (String path : List.of("/vmlinuz", "/boot/efi/EFI/debian/grubx64.efi", "/home/ann/notes")) {
                assertThat(browser.cat(GuestPath.parse(path), out, 100))
                        .as(path)
                        .isTrue();
            }
            assertThat(out).hasToString("kernel\nloader\nnotes\n");
        }
    }

    private static Row row(String path, long partition, String type) {
        return new Row(Map.of(
                "path", path, "guest", 0L, "volume", 0L, "partition", partition, "number", partition, "type", type));
    }
}
