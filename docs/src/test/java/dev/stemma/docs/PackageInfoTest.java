package dev.stemma.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every room says what lives in it, and is checked for null. */
class PackageInfoTest {

    private static final List<String> MODULES = List.of("graph-model", "ingest", "queries", "ontology", "api");

    @Test
    void everyPackageSaysWhatLivesThereAndIsNullMarked() throws IOException {
        TreeSet<String> silent = new TreeSet<>();
        for (String module : MODULES) {
            for (Path file : Repository.files(module + "/src/main/java", ".java")) {
                Path info = file.resolveSibling("package-info.java");
                if (!Files.exists(info) || !saysEnough(Files.readString(info))) {
                    silent.add(Repository.path("").relativize(file.getParent()).toString());
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void noFileOutgrowsItsPurpose() throws IOException {
        List<String> large = new java.util.ArrayList<>();
        for (String module : MODULES) {
            for (Path file : Repository.files(module + "/src", ".java")) {
                if (Files.readAllLines(file).size() > 500) {
                    large.add(file.getFileName().toString());
                }
            }
        }
        assertThat(large)
                .as("files past 500 lines want splitting, or a line in an ADR")
                .isEmpty();
    }

    private static boolean saysEnough(String info) {
        return info.contains("@NullMarked") && info.indexOf("*/") - info.indexOf("/**") > 60;
    }
}
