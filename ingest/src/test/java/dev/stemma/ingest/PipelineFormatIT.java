package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.Ova;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One disk in every format is one inventory; the disks of a package are the volumes of one image. */
@ExtendWith(GraphExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineFormatIT {

    private static final String DATA = "6a7a3b0c-1111-4222-8333-123456789abc";

    private final Graph graph;
    private final Path home;
    private IngestOutcome raw;

    PipelineFormatIT(Graph graph, @TempDir Path home) {
        this.graph = graph;
        this.home = home;
    }

    @BeforeAll
    void aSystemAndADataDisk() throws Exception {
        Tool.require("mke2fs", "qemu-img", "tar");
        Path system = Files.createDirectories(home.resolve("system"));
        Files.createDirectories(system.resolve("etc"));
        Files.createDirectories(system.resolve("var/lib/data"));
        Files.writeString(system.resolve("etc/os-release"), "ID=debian\nVERSION_ID=12\nPRETTY_NAME=\"Debian\"\n");
        Files.writeString(system.resolve("etc/fstab"), "UUID=" + DATA + " /var/lib/data ext4 defaults 0 2\n");
        for (int i = 0; i < 200; i++) {
            Files.writeString(system.resolve("etc/file" + i), ("content " + i + "\n").repeat(i * 37));
        }
        Path data = Files.createDirectories(home.resolve("data"));
        Files.writeString(data.resolve("rows"), "1,2,3\n".repeat(10_000));
        disk("system", "root", "-U", "0d3c1d9e-5b1f-4d6b-9a57-aaaaaaaaaaaa");
        disk("data", "data", "-U", DATA);
        raw = index("system.img");
    }

    private void disk(String tree, String label, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("mke2fs", "-q", "-t", "ext4", "-L", label));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-d", home.resolve(tree).toString(), home.resolve(tree + ".img").toString(), "32M"));
        run(command);
    }

    private void convert(String from, String format, String options, String to) throws Exception {
        List<String> command = new ArrayList<>(List.of("qemu-img", "convert", "-f", "raw", "-O", format));
        if (!options.isEmpty()) {
            command.addAll(List.of(options.split(" ", -1)));
        }
        command.addAll(List.of(home.resolve(from).toString(), home.resolve(to).toString()));
        run(command);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + ": " + output).isZero();
    }

    private IngestOutcome index(String image) throws Exception {
        return new IngestPipeline(graph, new ManifestStore(home.resolve("manifests")))
                .run(
                        IngestRequest.of(home.resolve(image), Level.FULL, ImageRules.within(home)),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(30)));
    }

    @ParameterizedTest
    @CsvSource({
        "qcow2, ''",
        "qcow2, -c -o compression_type=zstd",
        "qcow, ''",
        "vmdk, -o subformat=monolithicSparse",
        "vmdk, -o subformat=twoGbMaxExtentFlat",
        "vmdk, -o subformat=streamOptimized",
        "vpc, '-o subformat=dynamic,force_size=on'",
        "vpc, '-o subformat=fixed,force_size=on'",
        "vhdx, ''",
        "vdi, ''",
        "parallels, ''",
        "qed, ''",
    })
    void theSameDiskInAnotherFormatIsTheSameInventory(String format, String options) throws Exception {
        String name = "disk" + Math.abs((format + options).hashCode()) + "." + format;
        convert("system.img", format, options, name);
        IngestOutcome outcome = index(name);
        assertThat(outcome.inventory()).isEqualTo(raw.inventory());
        assertThat(outcome.known()).isTrue();
        assertThat(format(name)).isEqualTo(format);
    }

    private String format(String name) {
        return graph.read(new Statement(
                        "MATCH (image:Image) WHERE image.location ENDS WITH $name RETURN image.format AS format",
                        Map.of("name", "/" + name)))
                .getFirst()
                .text("format");
    }

    @Test
    void aPackageOfOneDiskHasItsInventory() throws Exception {
        convert("system.img", "vmdk", "-o subformat=streamOptimized", "alone.vmdk");
        new Ova(home).disk("alone.vmdk").archive("alone.ova", "alone.vmdk");
        assertThat(index("alone.ova").inventory()).isEqualTo(raw.inventory());
        assertThat(format("alone.ova")).isEqualTo("ova");
    }

    @Test
    void theDisksOfAPackageAreVolumesOfOneImageAndMountedIntoOneGuest() throws Exception {
        convert("system.img", "vmdk", "-o subformat=streamOptimized", "system.vmdk");
        convert("data.img", "vmdk", "-o subformat=streamOptimized", "data.vmdk");
        new Ova(home).disk("system.vmdk").disk("data.vmdk").archive("both.ova", "system.vmdk", "data.vmdk");
        IngestOutcome outcome = index("both.ova");

        assertThat(outcome.reading()).isEqualTo(IngestOutcome.Reading.WHOLE);
        assertThat(outcome.observations()).isEmpty();
        // Alone, the system misses its data.
        assertThat(raw.observations()).singleElement().satisfies(one -> assertThat(one.code())
                .isEqualTo("mount-not-found"));
        List<Row> volumes =
                graph.read(new Statement("""
                        MATCH (:Inventory {id: $id})-[has:HAS_VOLUME]->(:Volume)-[:HAS_PARTITION]->(:Partition)
                              -[:HOLDS]->(system:FileSystem)-[:ROOT]->(:Directory)
                        RETURN has.index AS index, system.label AS label ORDER BY index
                        """, Map.of("id", outcome.inventory().hex())));
        assertThat(volumes).extracting(row -> row.text("label")).containsExactly("root", "data");
        assertThat(volumes).extracting(row -> row.number("index")).containsExactly(0L, 1L);
        assertThat(outcome.counts().files()).isEqualTo(raw.counts().files() + 1);

        try (ContentBrowser browser = ContentBrowser.open(
                home.resolve("both.ova"),
                ImageRules.within(home),
                OptionalInt.empty(),
                Budget.of(Duration.ofMinutes(1)))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(browser.cat(dev.stemma.graph.model.GuestPath.parse("/var/lib/data/rows"), out, 1 << 20))
                    .isTrue();
            assertThat(out.size()).isEqualTo(60_000);
        }
    }

    @Test
    void aDiskThatHoldsNothingReadableCostsAnObservation() throws Exception {
        convert("system.img", "vmdk", "-o subformat=streamOptimized", "good.vmdk");
        Files.write(home.resolve("noise.img"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        run(List.of("truncate", "-s", "1M", home.resolve("noise.img").toString()));
        new Ova(home).disk("good.vmdk").disk("noise.img").archive("partly.ova", "good.vmdk", "noise.img");
        IngestOutcome outcome = index("partly.ova");
        assertThat(outcome.reading()).isEqualTo(IngestOutcome.Reading.PARTIAL);
        assertThat(outcome.observations()).anySatisfy(one -> {
            assertThat(one.code()).isEqualTo("not-an-image");
            assertThat(one.where()).isEqualTo("noise.img");
        });
    }
}
