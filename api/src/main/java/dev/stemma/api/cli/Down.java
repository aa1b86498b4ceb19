package dev.stemma.api.cli;

import dev.stemma.api.home.Home;
import dev.stemma.api.home.ServiceFile;
import dev.stemma.api.home.ServiceLock;
import dev.stemma.api.problem.Outcome;
import java.io.Console;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends the service, and on request removes all that it kept. */
@Command(
        name = "down",
        description = "End the service cleanly. A job that runs goes on at the next start.",
        footer = "  stemma down --purge --yes")
final class Down extends Request {

    private static final int WAIT_SECONDS = 60;

    @Option(
            names = "--purge",
            description = "Then remove the data directory: graph, manifests, search index, jobs, logs, token.")
    boolean purge;

    @Option(names = "--yes", description = "Remove without asking.")
    boolean yes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean ran = ServiceLock.held(home());
        if (ran) {
            stop();
        }
        terminal().out().println(ran ? "Stemma has ended." : "Stemma was not running.");
        if (purge) {
            purge();
        }
        return 0;
    }

    private void stop() throws IOException, InterruptedException {
        Optional<ServiceFile> file = ServiceFile.find(home());
        try {
            service().text("POST", "/api/v1/shutdown", null, "application/json");
        } catch (CommandProblem problem) {
            // It may still be starting, or hang: a signal ends it as cleanly, and it is ours, for it holds the lock.
            file.flatMap(each -> ProcessHandle.of(each.pid())).ifPresent(ProcessHandle::destroy);
        }
        long deadline = System.nanoTime() + WAIT_SECONDS * 1_000_000_000L;
        while (ServiceLock.held(home())) {
            if (System.nanoTime() > deadline) {
                throw new CommandProblem(
                        Outcome.FAILED,
                        "the service did not end within " + WAIT_SECONDS + " s"
                                + file.map(each -> ". Its process is " + each.pid())
                                        .orElse(""));
            }
            Thread.sleep(50);
        }
        // The lock is given up a moment before the process is gone, and a script may start the next one at once.
        Optional<ProcessHandle> process = file.flatMap(each -> ProcessHandle.of(each.pid()));
        for (int i = 0; i < 100 && process.map(ProcessHandle::isAlive).orElse(false); i++) {
            Thread.sleep(50);
        }
    }

    private void purge() throws IOException {
        Home home = home();
        if (!Files.exists(home.root())) {
            terminal().out().println("There is no data in " + home.root());
            return;
        }
        boolean ours = Files.exists(home.lock()) || Files.isDirectory(home.neo4j()) || Files.isDirectory(home.logs());
        if (!ours) {
            throw new CommandProblem(
                    Outcome.NOT_ALLOWED,
                    home.root() + " does not look like Stemma's data directory; nothing was removed");
        }
        String what = home.root() + ": graph, manifests, search index, jobs, logs, token and demo images";
        if (!yes && !confirmed(what)) {
            throw new CommandProblem(Outcome.USAGE, "nothing was removed. Say --yes to remove " + what);
        }
        remove(home.root());
        terminal().out().println("Removed " + what);
    }

    private boolean confirmed(String what) {
        Console console = System.console();
        if (console == null || !terminal().interactive()) {
            return false;
        }
        String answer = console.readLine("Remove %s? Type yes: ", what);
        return answer != null && answer.strip().equals("yes");
    }

    /** Links are removed, never followed. */
    private static void remove(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, java.io.@org.jspecify.annotations.Nullable IOException problem) throws IOException {
                if (problem != null) {
                    throw problem;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
