package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.problem.Budget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that a machine holds, as a real QEMU process holds them (row V4). */
class InUseIT {

    @TempDir
    Path images;

    /** A QEMU process with the image open for writing, as a running machine has it. */
    private static Process writer(String format, Path image) throws IOException {
        Process process = new ProcessBuilder("qemu-io", "-f", format, image.toString())
                .redirectErrorStream(true)
                .start();
        ask(process, "write 0 4k");
        String answer = answer(process.getInputStream());
        assertThat(answer).contains("wrote 4096/4096");
        return process;
    }

    private static void ask(Process process, String command) throws IOException {
        process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    private static String answer(InputStream stream) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().contains("ops/sec") && !text.toString().contains("lock")) {
            int c = stream.read();
            if (c < 0) {
                break;
            }
            text.append((char) c);
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({"raw", "qcow2"})
    void anImageThatAMachineWritesIsInUseAndFreeAfterwards(String format) throws Exception {
        Path image = images.resolve("disk." + format);
        Qemu.run("qemu-img", "create", "-q", "-f", format, image.toString(), "10M");
        Process machine = writer(format, image);
        try {
            assertThat(Problems.of("in-use", image, ImageRules.within(images)).remedy())
                    .contains("Stop the machine");
        } finally {
            machine.destroy();
            assertThat(machine.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        ImageOpener.open(image, ImageRules.within(images), Budget.of(Duration.ofMinutes(1)))
                .close();
    }

    @Test
    void aBaseThatAMachineWritesIsInUseToo() throws Exception {
        Path base = images.resolve("base.qcow2");
        Qemu.run("qemu-img", "create", "-q", "-f", "qcow2", base.toString(), "10M");
        Path top = images.resolve("top.qcow2");
        Qemu.run("qemu-img", "create", "-q", "-f", "qcow2", "-b", "base.qcow2", "-F", "qcow2", top.toString());
        Process machine = writer("qcow2", base);
        try {
            assertThat(Problems.of("in-use", top, ImageRules.within(images)).getMessage())
                    .contains("top.qcow2 › backing file base.qcow2");
        } finally {
            machine.destroy();
            assertThat(machine.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"raw", "qcow2"})
    void whileWeReadNoMachineStarts(String format) throws Exception {
        Path image = images.resolve("disk." + format);
        Qemu.run("qemu-img", "create", "-q", "-f", format, image.toString(), "10M");
        try (OpenImage open = ImageOpener.open(image, ImageRules.within(images), Budget.of(Duration.ofMinutes(1)));
                OpenImage second =
                        ImageOpener.open(image, ImageRules.within(images), Budget.of(Duration.ofMinutes(1)))) {
            assertThat(open.facts()).isEqualTo(second.facts());
            Process machine = new ProcessBuilder("qemu-io", "-f", format, "-c", "write 0 4k", image.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(answer(machine.getInputStream())).contains("Failed to get \"write\" lock");
            open.requireUnchanged();
        }
    }

    @Test
    void aReaderBesideUsDoesNotMatter() throws Exception {
        Path image = images.resolve("disk.qcow2");
        Qemu.run("qemu-img", "create", "-q", "-f", "qcow2", image.toString(), "10M");
        Process reader = new ProcessBuilder("qemu-io", "-r", "-f", "qcow2", image.toString())
                .redirectErrorStream(true)
                .start();
        try {
            ask(reader, "read 0 4k");
            assertThat(answer(reader.getInputStream())).contains("read 4096/4096");
            ImageOpener.open(image, ImageRules.within(images), Budget.of(Duration.ofMinutes(1)))
                    .close();
        } finally {
            reader.destroy();
        }
    }
}
