package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.GraphAddress;
import dev.stemma.ingest.filesystem.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A disk with many entries, indexed by a process with little memory. */
@ExtendWith(GraphExtension.class)
class PipelineMemoryIT {

    private static final int DIRECTORIES = 1_000;
    private static final int FILES = 200;

    @TempDir
    Path home;

    private final GraphAddress address;

    PipelineMemoryIT(GraphAddress address) {
        this.address = address;
    }

    @Test
    void twoHundredThousandEntriesAreIndexedWithinTwoHundredFiftySixMebibytes() throws Exception {
        Path image = many();

        Process process = IndexingProcess.start(
                address, image, home.resolve("manifests"), "-Xmx256m", "-XX:MaxDirectMemorySize=64m");
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(IndexingProcess.await(process)).as(said).isZero();
        // The root and lost+found come on top.
        assertThat(said).contains("entries " + (DIRECTORIES * FILES + DIRECTORIES + 2));
    }

    private Path many() throws Exception {
        Tool.require("mke2fs");
        Path tree = home.resolve("tree");
        for (int i = 0; i < DIRECTORIES; i++) {
            Path directory = Files.createDirectories(tree.resolve("directory-" + i));
            for (int k = 0; k < FILES; k++) {
                Files.createSymbolicLink(directory.resolve("entry-" + i + "-" + k), Path.of("target-" + k));
            }
        }
        Path image = home.resolve("many.raw");
        Tool.run(
                List.of("mke2fs", "-q", "-t", "ext4", "-N", "260000", "-d", tree.toString(), image.toString(), "400M"));
        return image.toRealPath();
    }
}
