package dev.stemma.graph.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of the child. Its standard input is the rope that it hangs on: closing it stops the server cleanly, and so
 * does the end of this process, however it comes.
 */
final class ServerProcess {

    private static final long KILL_LIMIT_SECONDS = 20;

    private final Process process;
    private final OutputStream rope;
    private final Duration stopLimit;

    private ServerProcess(Process process, Duration stopLimit) {
        this.process = process;
        this.stopLimit = stopLimit;
        this.rope = process.getOutputStream();
    }

    /**
     * Starts the command and waits until the server answers.
     *
     * @param console receives what the process prints
     * @param password to set first; empty when it was set before
     * @param limit of the start
     * @param stopLimit how long a clean stop may take later
     * @throws StartFailure when it ended, or did not answer in time; it is gone then
     */
    static ServerProcess start(
            List<String> command, Path directory, Path console, String password, Duration limit, Duration stopLimit)
            throws IOException, StartFailure {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(console.toFile());
        // What is set for Stemma's own JVM, or for another Neo4j, is not meant for this one.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("NEO4J")
                        || name.startsWith("STEMMA")
                        || name.equals("JAVA_TOOL_OPTIONS")
                        || name.equals("JDK_JAVA_OPTIONS")
                        || name.equals("CLASSPATH"));
        ServerProcess server = new ServerProcess(builder.start(), stopLimit);
        try {
            server.rope.write((password + "\n").getBytes(StandardCharsets.UTF_8));
            server.rope.flush();
            server.awaitReady(limit);
            return server;
        } catch (IOException | StartFailure e) {
            server.kill();
            throw e;
        }
    }

    private void awaitReady(Duration limit) throws StartFailure {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        // No virtual thread: one that waits for a pipe keeps its carrier, of which there are as many as processors.
        Thread.ofPlatform().daemon().name("neo4j-ready").start(() -> {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                // The JVM itself may say something before; and nobody else reads the pipe afterwards.
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.equals(Launcher.READY)) {
                        ready.complete(true);
                    }
                }
                ready.complete(false);
            } catch (IOException e) {
                ready.complete(false);
            }
        });
        try {
            if (!ready.get(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StartFailure("it ended while starting" + status());
            }
        } catch (TimeoutException e) {
            throw new StartFailure("it did not answer within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("the start was interrupted");
        } catch (ExecutionException e) {
            throw new AssertionError("the future is only completed with values", e);
        }
    }

    /** With which status it ended: 137 is a kill, by the kernel when memory is short. */
    private String status() throws InterruptedException {
        return process.waitFor(1, TimeUnit.SECONDS) ? ", with status " + process.exitValue() : "";
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** Stops the server cleanly, or by force when it takes too long; the store recovers then. */
    void stop() {
        try {
            rope.close();
        } catch (IOException e) {
            // A broken pipe means that it is gone already.
            process.destroy();
        }
        try {
            if (!process.waitFor(stopLimit.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(KILL_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Why a start failed, in words that follow "Neo4j did not start:". */
    static final class StartFailure extends Exception {
        private static final long serialVersionUID = 1L;

        StartFailure(String message) {
            super(message);
        }
    }
}
