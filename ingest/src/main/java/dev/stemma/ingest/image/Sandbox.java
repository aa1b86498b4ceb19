package dev.stemma.ingest.image;

import dev.stemma.ingest.image.nbd.NbdSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A {@code qemu-nbd} process with the vetted files open and nothing else in sight: no network, no other process, an empty
 * root, limits on processor time, memory and open files (sandbox.sh beside this class). It ends with the budget, with
 * {@link #close}, and when this process ends however it does.
 */
final class Sandbox implements AutoCloseable {

    /** Address space; qemu-nbd takes 0.3 GiB, its table caches and decompression threads at most as much again. */
    private static final long MEMORY_BYTES = 2L << 30;

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final int MAX_ERROR_BYTES = 4_096;
    private static final List<String> TOOLS = List.of("bash", "qemu-nbd", "prlimit", "setpriv");
    private static final String SCRIPT = script();

    private final Path work;
    private final Process process;
    private final Thread deadline;
    private final Errors errors;
    private final Thread errorsReader;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Sandbox(Path work, Process process, Budget budget) {
        this.work = work;
        this.process = process;
        this.errors = new Errors(process.getErrorStream());
        // No virtual thread: one that waits for a pipe keeps its carrier, of which there are as many as processors.
        this.errorsReader = Thread.ofPlatform().daemon().name("qemu-nbd errors").start(errors);
        this.deadline = Thread.ofVirtual().name("qemu-nbd deadline").start(() -> endWith(budget));
    }

    /**
     * Starts the process; {@link #connect} waits for it.
     *
     * @param disk QEMU's {@code json:} name, with the files as {@code /proc/self/fd/10}, 11, …
     * @param files in that order
     */
    static Sandbox start(String disk, List<Path> files, int connections, Origin origin, Budget budget)
            throws ImageProblem {
        for (String tool : TOOLS) {
            requireTool(tool, origin);
        }
        try {
            return start(Namespaces.available(), disk, files, connections, budget);
        } catch (IOException e) {
            throw new Unreadable("tool-failed", origin, "qemu-nbd could not be started: " + e.getMessage(), null, e);
        }
    }

    private static Sandbox start(boolean jail, String disk, List<Path> files, int connections, Budget budget)
            throws IOException {
        Path work = Files.createTempDirectory(
                "stemma-nbd-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectory(work.resolve("root"));
        Files.createDirectory(work.resolve("socket"));
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                SCRIPT,
                "sandbox",
                jail ? "jail" : "bare",
                work.toString(),
                String.valueOf(
                        budget.remaining().toSeconds() * Runtime.getRuntime().availableProcessors() + 60),
                String.valueOf(MEMORY_BYTES),
                String.valueOf(connections),
                disk));
        files.forEach(file -> command.add(file.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(List.of("PATH", "LANG"));
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return new Sandbox(work, builder.start(), budget);
    }

    private Path socket() {
        return work.resolve("socket/nbd");
    }

    /**
     * Connects, as soon as the server listens and has opened the disk.
     *
     * @return the disk's bytes, to be closed by the caller before this
     */
    NbdSource connect(Origin origin, Budget budget) throws ImageProblem {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            budget.check(origin);
            try {
                return NbdSource.open(socket(), origin, budget);
            } catch (IOException e) {
                // It does not listen yet, or it ended because it cannot open the disk.
                if (System.nanoTime() > end) {
                    throw new Unreadable("tool-failed", origin, "qemu-nbd did not answer in " + START_LIMIT, null, e);
                }
            }
            try {
                if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                    throw failed(origin);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OverBudget("cancelled", origin, "interrupted while qemu-nbd started", null, e);
            }
        }
    }

    private Unreadable failed(Origin origin) {
        try {
            errorsReader.join(Duration.ofSeconds(1)); // It has ended, so its last words are on the way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String said = errors.text();
        if (said.contains("lock")) {
            return new Unreadable(
                    "in-use",
                    origin,
                    "QEMU cannot lock the image: a machine or another tool has it open",
                    "Stop the machine (or suspend it and copy the image), then index again.");
        }
        return new Unreadable(
                "tool-failed", origin, "qemu-nbd does not open it: " + said, "Check the image: qemu-img check.");
    }

    private static void requireTool(String tool, Origin origin) throws Unreadable {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin";
        for (String directory : path.split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, tool))) {
                return;
            }
        }
        String needed = tool.equals("qemu-nbd") ? "qemu-utils" : tool.equals("bash") ? "bash" : "util-linux";
        throw new Unreadable(
                "tool-missing", origin, tool + " is not installed", "Install it: apt-get install " + needed + ".");
    }

    private void endWith(Budget budget) {
        try {
            while (!budget.remaining().isZero()) {
                Thread.sleep(budget.remaining().plusMillis(1));
            }
            process.destroyForcibly();
        } catch (InterruptedException e) {
            return; // Closed before its time.
        }
    }

    private static String script() {
        try (InputStream in = Sandbox.class.getResourceAsStream("sandbox.sh")) {
            if (in == null) {
                throw new IllegalStateException("sandbox.sh is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        deadline.interrupt();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Path path : List.of(socket(), work.resolve("socket"), work.resolve("root"), work)) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                return; // An empty directory under /tmp stays; nothing else can be done about it.
            }
        }
    }

    /** Keeps the first few lines that the process complains. */
    private static final class Errors implements Runnable {
        private final InputStream stream;
        private final StringBuilder text = new StringBuilder();

        Errors(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[512];
            try {
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                append(" (and its messages broke off)");
            }
        }

        private synchronized void append(String more) {
            if (text.length() < MAX_ERROR_BYTES) {
                text.append(more);
            }
        }

        synchronized String text() {
            String shown = text.toString().strip().replaceAll("[^\\x20-\\x7e]+", " ");
            return shown.isEmpty() ? "(it says nothing)" : shown;
        }
    }
}
