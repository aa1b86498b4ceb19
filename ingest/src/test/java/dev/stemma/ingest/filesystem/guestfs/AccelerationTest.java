package dev.stemma.ingest.filesystem.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccelerationTest {

    @TempDir
    Path work;

    @Test
    void aVerdictHoldsUntilTheNextBoot() throws Exception {
        Path file = work.resolve("tmp/verdict");
        Acceleration acceleration = new Acceleration(file);
        boolean device = Files.isWritable(Path.of("/dev/kvm")) && Files.isReadable(Path.of("/dev/kvm"));
        assertThat(acceleration.verdict()).isEqualTo(device ? "untried" : "tcg");

        acceleration.remember("tcg");
        assertThat(acceleration.verdict()).isEqualTo("tcg");
        acceleration.remember("kvm");
        assertThat(acceleration.verdict()).isEqualTo(device ? "kvm" : "tcg");

        Files.writeString(file, "kvm another-boot\n");
        assertThat(acceleration.verdict()).isEqualTo(device ? "untried" : "tcg");
        Files.writeString(file, "nonsense");
        assertThat(acceleration.verdict()).isEqualTo(device ? "untried" : "tcg");
    }

    @Test
    void aVerdictThatCannotBeKeptIsNoProblem() throws Exception {
        Path inTheWay = Files.writeString(work.resolve("file"), "");
        new Acceleration(inTheWay.resolve("verdict")).remember("tcg");
        assertThat(inTheWay).isEmptyFile();
    }
}
