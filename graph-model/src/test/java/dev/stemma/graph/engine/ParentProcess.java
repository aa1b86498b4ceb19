package dev.stemma.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A service in a JVM of its own, to be watched and killed: it starts the local graph, says so, and waits. */
final class ParentProcess implements AutoCloseable {

    private final Process process;
    private final Path output;

    private ParentProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** What runs in that JVM; it ends when its standard input does. */
    public static void main(String[] args) throws IOException {
        try (LocalNeo4j neo4j = LocalNeo4j.start(Path.of(args[0]))) {
            System.out.println("child " + neo4j.pid());
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }

    static ParentProcess start(Path home) throws IOException {
        Path output = home.resolve("parent-output");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + ServerJars.PROPERTY + "=" + ServerJars.directory(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentProcess.class.getName(),
                        home.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new ParentProcess(process, output);
    }

    long pid() {
        return process.pid();
    }

    /** Waits until the graph is up, and tells the number of its process. */
    long childPid(Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!printed().endsWith("\n")) {
            assertThat(process.isAlive()).as("the parent ended: " + printed()).isTrue();
            assertThat(System.nanoTime())
                    .as("the start took longer than " + limit)
                    .isLessThan(end);
            Thread.sleep(20);
        }
        return Long.parseLong(printed().strip().replace("child ", ""));
    }

    /** All that it and its child wrote to their terminal. */
    String printed() throws IOException {
        return Files.exists(output) ? Files.readString(output) : "";
    }

    void finish(Duration limit) throws IOException, InterruptedException {
        process.getOutputStream().close();
        assertThat(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed()).isZero();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
