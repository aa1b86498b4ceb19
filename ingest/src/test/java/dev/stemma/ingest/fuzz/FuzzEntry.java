package dev.stemma.ingest.fuzz;

import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.nio.file.Path;

/** What Jazzer calls, by names of its own choosing. The target and its files are named by system properties. */
public final class FuzzEntry {

    static final String TARGET = "stemma.fuzz.target";
    static final String FILES = "stemma.fuzz.files";

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

    /** Runs an input, and lets only findings out: what is no problem of an image, and what took too long to refuse. */
    static void judge(Fuzz fuzz, byte[] input) throws Exception {
        try {
            fuzz.run(input);
        } catch (OverBudget e) {
            if (e.code().equals("time-limit")) {
                throw new AssertionError("an input of " + input.length + " bytes used up all time", e);
            }
        } catch (ImageProblem e) {
            if (e.code().isEmpty() || e.getMessage().isEmpty()) {
                throw new AssertionError("a problem without words", e);
            }
        }
    }
}
