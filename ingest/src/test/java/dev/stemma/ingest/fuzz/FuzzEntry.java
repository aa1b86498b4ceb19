package dev.stemma.ingest.fuzz;

import dev.stemma.ingest.problem.ImageProblem;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;

/** What Jazzer calls, by names of its own choosing. The target and its files are named by system properties. */
public final class FuzzEntry {

    static final String TARGET = "stemma.fuzz.target";
    static final String FILES = "stemma.fuzz.files";

    private static final long MAX_NANOS = 5_000_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** An empty cell until {@link #fuzzerInitialize}. */
    private static final Fuzz[] target = new Fuzz[1];

    private FuzzEntry() {}

    public static void fuzzerInitialize() throws Exception {
        target[0] = Targets.require(System.getProperty(TARGET, ""));
        target[0].load(Path.of(System.getProperty(FILES, "")));
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        judge(target[0], input);
    }

    /**
     * Runs an input, and lets only findings out: what is no problem of an image, and what was long at work. Processor time counts, for a
     * machine that is busy with other things makes no input a slow one.
     */
    static void judge(Fuzz fuzz, byte[] input) throws Exception {
        long before = THREADS.getCurrentThreadCpuTime();
        try {
            fuzz.run(input);
        } catch (ImageProblem e) {
            if (e.code().isEmpty() || e.getMessage().isEmpty()) {
                throw new AssertionError("a problem without words", e);
            }
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - before;
        if (nanos > MAX_NANOS) {
            throw new AssertionError("an input of " + input.length + " bytes took " + nanos / 1_000_000 + " ms");
        }
    }
}
