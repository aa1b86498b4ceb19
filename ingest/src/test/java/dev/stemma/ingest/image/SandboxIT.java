package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.OverBudget;
import java.io.BufferedReader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process that reads for us ends when it should, whatever happens to us. */
class SandboxIT {

    @TempDir
    Path images;

    private Path image() {
        Path image = images.resolve("disk.qed");
        Qemu.run("qemu-img", "create", "-q", "-f", "qed", image.toString(), "10M");
        return image;
    }

    /** All processes below a process, by the kernel's own lists. */
    private static Set<ProcessHandle> below(ProcessHandle parent) {
        return parent.descendants().collect(Collectors.toSet());
    }

    private static void assertGone(Set<ProcessHandle> processes) throws Exception {
        for (int i = 0; i < 1_200 && processes.stream().anyMatch(ProcessHandle::isAlive); i++) {
            Thread.sleep(50);
        }
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void closingTheImageEndsTheProcess() throws Exception {
        Set<ProcessHandle> before = below(ProcessHandle.current());
        Set<ProcessHandle> ours;
        try (OpenImage open = ImageOpener.open(image(), ImageRules.within(images), Budget.of(Duration.ofMinutes(1)))) {
            ours = below(ProcessHandle.current());
            ours.removeAll(before);
            assertThat(ours).isNotEmpty();
            assertThat(open.bytes().sizeBytes()).isEqualTo(10 << 20);
        }
        assertGone(ours);
    }

    @Test
    void killingUsEndsTheProcess() throws Exception {
        Process parent = OpenAs.start(List.of(), image(), images);
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("open qed");
            Set<ProcessHandle> children = below(parent.toHandle());
            assertThat(children).isNotEmpty();
            parent.destroyForcibly().waitFor();
            assertGone(children);
        }
    }

    @Test
    @Timeout(300)
    void theEndOfTheBudgetEndsTheReading() throws Exception {
        Path image = image();
        // How long opening takes is the machine's business: the budget is doubled until it is open in time.
        Duration time = Duration.ofSeconds(3);
        Optional<OverBudget> ended = Optional.empty();
        while (ended.isEmpty()) {
            ended = reading(image, Budget.of(time));
            time = time.multipliedBy(2);
        }
        assertThat(ended.get().code()).isEqualTo("time-limit");
    }

    /** Reads until the budget ends it; empty when the budget was over before anything was read. */
    private Optional<OverBudget> reading(Path image, Budget budget) throws Exception {
        boolean opened = false;
        try (OpenImage open = ImageOpener.open(image, ImageRules.within(images), budget)) {
            opened = true;
            while (true) {
                open.bytes().read(0, MemorySegment.ofArray(new byte[2 << 20]));
                Thread.sleep(10);
            }
        } catch (OverBudget over) {
            return opened ? Optional.of(over) : Optional.empty();
        }
    }

    @Test
    void cancellingEndsTheReading() throws Exception {
        Budget budget = Budget.of(Duration.ofMinutes(1));
        try (OpenImage open = ImageOpener.open(image(), ImageRules.within(images), budget)) {
            budget.cancel();
            OverBudget problem = catchThrowableOfType(
                    OverBudget.class, () -> open.bytes().read(0, MemorySegment.ofArray(new byte[4_096])));
            assertThat(problem.code()).isEqualTo("cancelled");
        }
    }
}
