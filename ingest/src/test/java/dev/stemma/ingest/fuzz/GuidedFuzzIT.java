package dev.stemma.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every target under a guided fuzzer, two at a time, each for {@code -Dstemma.fuzz.seconds}, 2 by itself: long enough to see that each
 * works and to meet what is easily met. {@code bin/fuzz} looks longer.
 */
class GuidedFuzzIT {

    private static final int SECONDS = Integer.getInteger("stemma.fuzz.seconds", 2);
    private static final int WORKERS = 2;
    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: *(\\d+)");
    private static final Pattern COVERED = Pattern.compile("(?s).*cov: (\\d+) ft: (\\d+)");

    @TempDir
    Path directory;

    /** How one went. */
    private record Ran(String target, int exit, long executions, long covered, String output) {}

    @Test
    @Timeout(3600)
    void noTargetFindsAnything() throws Exception {
        List<Future<Ran>> running = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
            for (Fuzz target : Targets.ALL) {
                running.add(workers.submit((Callable<Ran>) () -> run(target)));
            }
        }
        for (Future<Ran> one : running) {
            Ran ran = one.get();
            System.out.printf("%-14s %8d inputs, %5d places%n", ran.target, ran.executions, ran.covered);
            assertThat(ran.exit).as("%s: %s", ran.target, ran.output).isZero();
            assertThat(ran.executions).as("%s: %s", ran.target, ran.output).isPositive();
            assertThat(ran.covered).as("%s: %s", ran.target, ran.output).isGreaterThan(50);
        }
    }

    private Ran run(Fuzz target) throws Exception {
        Fuzzing fuzzing = Fuzzing.prepare(target, directory);
        Path output = directory.resolve(target.name() + ".txt");
        Process process = fuzzing.start(SECONDS, output);
        try {
            if (!process.waitFor(SECONDS + 900L, TimeUnit.SECONDS)) {
                return new Ran(target.name(), -1, 0, 0, Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        return new Ran(target.name(), process.exitValue(), last(EXECUTIONS, text), last(COVERED, text), text);
    }

    private static long last(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
