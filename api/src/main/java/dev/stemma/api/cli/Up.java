package dev.stemma.api.cli;

import dev.stemma.api.home.Home;
import dev.stemma.api.home.ServiceFile;
import dev.stemma.api.home.ServiceLock;
import dev.stemma.api.problem.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the service in the background and waits until it answers. */
@Command(
        name = "up",
        description = "Start the service in the background and wait until it answers questions.",
        footer = "  stemma up --port 7391")
final class Up extends Request {

    @Option(names = "--port", paramLabel = "N", description = "Port on 127.0.0.1; 0 for any free one. Default: 7391.")
    int port = Serve.USUAL_PORT;

    @Option(names = "--wait", paramLabel = "SECONDS", description = "How long to wait for it. Default: 120.")
    int waitSeconds = 120;

    @Override
    public Integer call() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        if (ServiceLock.held(home())) {
            awaitReady(begun, Optional.empty());
            return report("already running", begun);
        }
        home().create();
        // What a killed service left behind must not be taken for the new one.
        ServiceFile.delete(home());
        Path log = home().logs().resolve("service.log");
        long logged = Files.exists(log) ? Files.size(log) : 0;
        Process service = launch(log);
        try {
            awaitReady(begun, Optional.of(service));
        } catch (CommandProblem problem) {
            throw new CommandProblem(problem.outcome(), problem.getMessage() + lastWords(log, logged), problem);
        }
        return report("started", begun);
    }

    private Process launch(Path log) throws IOException {
        List<String> command = new ArrayList<>();
        String launcher = System.getenv("STEMMA_LAUNCHER");
        // A session of its own: the terminal's Ctrl-C and hang-up must not reach the service.
        if (new File("/usr/bin/setsid").canExecute()) {
            command.add("/usr/bin/setsid");
        }
        if (launcher != null && !launcher.isBlank()) {
            command.add(launcher);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            String jars = System.getProperty("stemma.neo4j.lib");
            if (jars != null) {
                command.add("-Dstemma.neo4j.lib=" + jars);
            }
            command.addAll(List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Xmx700m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Djava.library.path=" + System.getProperty("java.library.path"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Stemma.class.getName()));
        }
        command.addAll(List.of("serve", "--port", Integer.toString(port)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("STEMMA_HOME", home().root().toString());
        builder.environment().put("STEMMA_NO_BUILD", "yes");
        return builder.start();
    }

    private void awaitReady(long begun, Optional<Process> process) throws InterruptedException {
        long deadline = begun + waitSeconds * 1_000_000_000L;
        while (System.nanoTime() < deadline) {
            if (ServiceClient.find(home()).filter(ServiceClient::ready).isPresent()) {
                return;
            }
            if (process.isPresent() && !process.get().isAlive()) {
                throw new CommandProblem(
                        process.get().exitValue() == Outcome.CONFLICT.exitCode() ? Outcome.CONFLICT : Outcome.FAILED,
                        "the service did not start");
            }
            Thread.sleep(50);
        }
        throw new CommandProblem(
                Outcome.FAILED,
                "the service did not get ready within " + waitSeconds + " s. Its log is "
                        + home().logs().resolve("service.log"));
    }

    private static String lastWords(Path log, long from) throws IOException {
        try (var channel = Files.newByteChannel(log, StandardOpenOption.READ)) {
            channel.position(Math.max(from, channel.size() - 4_096));
            byte[] bytes = java.nio.channels.Channels.newInputStream(channel).readAllBytes();
            String[] lines = new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                    .strip()
                    .split("\n");
            for (String line : lines) {
                if (line.startsWith("stemma: ")) {
                    return ": " + line.substring("stemma: ".length());
                }
            }
            return ". Its log is " + log;
        }
    }

    private int report(String what, long begun) {
        ServiceClient service = service();
        Home home = home();
        if (output == Output.JSON) {
            var answer = Answer.object();
            answer.put("status", what)
                    .put("url", service.url())
                    .put("home", home.root().toString());
            terminal().out().println(Answer.pretty(answer));
            return 0;
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        terminal().out().printf(java.util.Locale.ROOT, "Stemma is %s at %s (%.1f s)%n", what, service.url(), seconds);
        terminal().out().println("Open in a browser: " + service.url() + "/#token=" + service.token());
        terminal().out().println("Data in " + home.root());
        return 0;
    }
}
