package dev.stemma.ingest;

import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.GraphAddress;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Indexes one image in a process of its own, so that it can be killed or kept small. */
final class IndexingProcess {

    private IndexingProcess() {}

    /** Arguments: address, user, password, image, directory of manifests. Prints the inventory's id. */
    public static void main(String[] arguments) throws Exception {
        GraphAddress address = new GraphAddress(URI.create(arguments[0]), arguments[1], () -> arguments[2]);
        Path image = Path.of(arguments[3]);
        Path directory = image.getParent();
        if (directory == null) {
            throw new IllegalArgumentException("an absolute path is wanted: " + image);
        }
        try (BoltGraph graph = BoltGraph.open(address)) {
            System.out.println("begun");
            IngestOutcome outcome = new IngestPipeline(graph, new ManifestStore(Path.of(arguments[4])))
                    .run(
                            IngestRequest.of(image, Level.FULL, ImageRules.within(directory)),
                            ProgressListener.NONE,
                            Budget.of(Duration.ofMinutes(30)));
            System.out.println("entries " + outcome.counts().entries());
            System.out.println("inventory " + outcome.inventory().hex());
        }
    }

    /** Starts it with the class path of this process. */
    static Process start(GraphAddress address, Path image, Path manifests, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                IndexingProcess.class.getName(),
                address.uri().toString(),
                address.user(),
                address.password().get(),
                image.toString(),
                manifests.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Waits for its end; kills it when it takes too long. */
    static int await(Process process) throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }
}
