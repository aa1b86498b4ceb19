package dev.stemma.ingest;

import dev.stemma.graph.engine.LocalNeo4j;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.schema.Migrations;
import dev.stemma.graph.store.BoltGraph;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Indexes images one after the other into an empty graph, and says what each cost. Arguments: paths of images.
 *
 * <pre>{@code
 * bin/mvn -pl ingest test-compile exec:exec …; see docs/performance.adoc
 * }</pre>
 */
final class PipelineBenchmark {

    private PipelineBenchmark() {}

    public static void main(String[] images) throws Exception {
        Path home = Files.createTempDirectory("stemma-benchmark");
        System.out.println("home " + home);
        try (LocalNeo4j neo4j = LocalNeo4j.start(home);
                BoltGraph graph = BoltGraph.open(neo4j.address())) {
            Migrations.applyAlone(graph);
            IngestPipeline pipeline = new IngestPipeline(graph, new ManifestStore(home.resolve("manifests")));
            for (String image : images) {
                Path path = Path.of(image).toRealPath();
                Path directory = path.getParent();
                if (directory == null) {
                    throw new IllegalArgumentException("not an image: " + image);
                }
                long began = System.nanoTime();
                IngestOutcome outcome = pipeline.run(
                        IngestRequest.of(path, Level.FULL, ImageRules.within(directory)),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofHours(1)));
                System.out.printf(
                        "%s: %d ms, %s, %d nodes, %d relationships, %d entries, %d files, %d bytes, %d packages, %s%n  %s%n",
                        path.getFileName(),
                        (System.nanoTime() - began) / 1_000_000,
                        outcome.stages(),
                        outcome.nodes(),
                        outcome.relationships(),
                        outcome.counts().entries(),
                        outcome.counts().files(),
                        outcome.counts().fileBytes(),
                        outcome.packages(),
                        outcome.reading(),
                        outcome.inventory().hex());
                outcome.observations().forEach(observation -> System.out.println("  " + observation));
            }
            if (System.getProperty("stemma.wait") != null) {
                System.out.println("address " + neo4j.address().uri() + " password "
                        + neo4j.address().password().get());
                System.in.read();
            }
        }
    }
}
