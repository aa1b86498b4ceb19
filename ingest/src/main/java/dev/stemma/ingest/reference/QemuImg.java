package dev.stemma.ingest.reference;

import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unreadable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code qemu-img} after another, each with limits on processor time, memory, open files and the size of what it writes, and without a way to
 * more rights. It meets no byte that a guest wrote but as the content of a disk whose format is stated as raw, and no header but those that it wrote
 * itself. A run ends with the budget; when this process ends, its export ends, and with that the conversion. Not thread-safe; needs no closing.
 */
final class QemuImg {

    /** Address space; a conversion takes some 0.5 GiB. */
    private static final long MEMORY_BYTES = 2L << 30;

    /** What it may say, which goes to a file too. */
    private static final long MAX_WORDS_BYTES = 1 << 20;

    private static final long POLL_MILLIS = 100;
    private static final int MAX_ERROR_BYTES = 4_096;
    private static final List<String> TOOLS = List.of("qemu-img", "prlimit", "setpriv");

    private final Origin origin;
    private final Budget budget;

    /** Hears that a run goes on; may end it. */
    @FunctionalInterface
    interface Alive {
        void tick() throws ImageProblem;
    }

    QemuImg(Origin origin, Budget budget) {
        this.origin = origin;
        this.budget = budget;
    }

    /**
     * Converts what a socket serves.
     *
     * @param socket of an export with the empty name
     * @param target an absolute path of a file of ours, which is overwritten
     * @param maxBytes that the target may have
     */
    void convert(Path socket, DiskImageFormat format, Path target, long maxBytes, Alive alive) throws ImageProblem {
        List<String> arguments = new ArrayList<>(List.of(
                "convert",
                "--image-opts",
                // The path is the same for all, seen from the socket's directory, so none of it needs quoting.
                "driver=raw,file.driver=nbd,file.server.type=unix,file.server.path=" + socket.getFileName(),
                "-O",
                format.driver()));
        arguments.addAll(format.options());
        arguments.add(target.toString());
        run(arguments, socket.resolveSibling("."), maxBytes, alive);
    }

    /** Has a file's tables looked at. */
    void check(DiskImageFormat format, Path file, Alive alive) throws ImageProblem {
        run(List.of("check", "-q", "-f", format.driver(), file.toString()), file.resolveSibling("."), 0, alive);
    }

    private void run(List<String> arguments, Path directory, long maxBytes, Alive alive) throws ImageProblem {
        for (String tool : TOOLS) {
            requireTool(tool);
        }
        long seconds = budget.remaining().toSeconds() * Runtime.getRuntime().availableProcessors() + 60;
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--no-new-privs",
                "--",
                "prlimit",
                "--cpu=" + seconds,
                "--as=" + MEMORY_BYTES,
                "--nofile=256",
                "--fsize=" + Math.max(maxBytes, MAX_WORDS_BYTES),
                "--core=0",
                "--",
                "qemu-img"));
        command.addAll(arguments);
        Path said = null;
        try {
            said = Files.createTempFile("stemma-qemu-img-", ".log");
            ended(start(command, directory, said), said, arguments.getFirst(), alive);
        } catch (IOException e) {
            throw failed("qemu-img could not be started: " + e.getMessage(), e);
        } finally {
            remove(said);
        }
    }

    private static Process start(List<String> command, Path directory, Path said) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(said.toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return builder.start();
    }

    private void ended(Process process, Path said, String what, Alive alive) throws ImageProblem, IOException {
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                budget.check(origin);
                alive.tick();
            }
            budget.check(origin);
            if (process.exitValue() != 0) {
                throw failed("qemu-img " + what + " ended with " + process.exitValue() + ": " + words(said), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverBudget("cancelled", origin, "interrupted while qemu-img ran", null, e);
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private Unreadable failed(String what, @Nullable Exception cause) {
        String remedy = "Check that there is room beside the target, and that the format can hold a disk of this size.";
        return cause == null
                ? new Unreadable("tool-failed", origin, what, remedy)
                : new Unreadable("tool-failed", origin, what, remedy, cause);
    }

    private static String words(Path said) throws IOException {
        try (InputStream in = Files.newInputStream(said)) {
            String text = new String(in.readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
            String shown = text.strip().replaceAll("[^\\x20-\\x7e]+", " ");
            return shown.isEmpty() ? "(it says nothing)" : shown;
        }
    }

    private void requireTool(String tool) throws Unreadable {
        Optional<String> path = Optional.ofNullable(System.getenv("PATH"));
        for (String directory : path.orElse("/usr/bin:/bin").split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, tool))) {
                return;
            }
        }
        String needed = tool.equals("qemu-img") ? "qemu-utils" : "util-linux";
        throw new Unreadable(
                "tool-missing", origin, tool + " is not installed", "Install it: apt-get install " + needed + ".");
    }

    private static void remove(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return; // A small file in the directory for temporary ones stays.
        }
    }
}
