package dev.stemma.queries.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With each of our diffs patch(1) makes the new text of the old one. */
class ConfigurationDiffOracleIT {

    @TempDir
    Path directory;

    @Test
    void patchMakesTheNewTextOfTheOld() throws Exception {
        assertThat(Path.of("/usr/bin/patch"))
                .as("the test needs patch: apt-get install patch")
                .isExecutable();
        Random random = new Random(Long.getLong("seed", 26));
        for (int i = 0; i < 40; i++) {
            String from = text(random, random.nextInt(60));
            String to = edited(random, from);
            String difference = new ConfigurationDiffTest().difference(from, to);
            Files.writeString(directory.resolve("x"), from);
            Files.writeString(directory.resolve("diff"), difference);
            if (!from.equals(to)) {
                patch(difference);
            } else {
                assertThat(difference).isEmpty();
            }
            assertThat(Files.exists(directory.resolve("x")) ? Files.readString(directory.resolve("x")) : "")
                    .isEqualTo(to);
        }
    }

    private void patch(String difference) throws IOException, InterruptedException {
        Process patch = new ProcessBuilder("patch", "-s", "-u", "x", "diff")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(patch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(patch.waitFor()).as(said + difference).isZero();
    }

    private static String text(Random random, int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append("line ").append(random.nextInt(12)).append('\n');
        }
        return text.toString();
    }

    private static String edited(Random random, String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(lines.size() + 1);
            if (at < lines.size() && random.nextBoolean()) {
                lines.remove(at);
            } else {
                lines.add(at, "new " + random.nextInt(5));
            }
        }
        String edited = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
        return random.nextInt(5) == 0 && edited.length() > 1 ? edited.substring(0, edited.length() - 1) : edited;
    }
}
