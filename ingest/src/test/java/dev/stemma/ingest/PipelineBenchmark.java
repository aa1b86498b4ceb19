package dev.stemma.ingest;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.engine.LocalNeo4j;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.schema.Migrations;
import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.text.TextStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Indexes images one after the other into an empty graph, and says what each cost. Arguments: paths of images, with
 * {@code all:} before those of which everything is to be read, whatever an indexed parent tells, and {@code basic:} before those of
 * which only the basic index is wanted; {@code rehearse} for what the service does after its start; {@code forget} to empty the graph, so
 * that the next image is new to a server that is warm; {@code census} for what the graph holds. {@code bin/bench} runs it.
 */
final class PipelineBenchmark {

    private PipelineBenchmark() {}

    public static void main(String[] images) throws Exception {
        Path home = Files.createTempDirectory("stemma-benchmark");
        System.out.println("home " + home);
        try (LocalNeo4j neo4j = LocalNeo4j.start(home);
                BoltGraph graph = BoltGraph.open(neo4j.address())) {
            Migrations.apply(graph);
            IngestPipeline pipeline = new IngestPipeline(
                    graph, new ManifestStore(home.resolve("manifests")), new TextStore(home.resolve("texts")));
            List<Path> allowed = new ArrayList<>();
            for (String image : images) {
                if (image.equals("rehearse")) {
                    pipeline.rehearse();
                    continue;
                }
                if (image.equals("forget")) {
                    GraphExtension.empty(graph);
                    continue;
                }
                if (image.equals("census")) {
                    census(graph);
                    continue;
                }
                boolean all = image.startsWith("all:");
                boolean basic = image.startsWith("basic:");
                Path path = Path.of(image.substring(image.indexOf(':') + 1)).toRealPath();
                Path directory = path.getParent();
                if (directory == null) {
                    throw new IllegalArgumentException("not an image: " + image);
                }
                allowed.add(directory);
                long began = System.nanoTime();
                Cpu before = Cpu.now();
                long readBefore = readBytes();
                IngestOutcome outcome = pipeline.run(
                        IngestRequest.of(
                                        path,
                                        basic ? Level.BASIC : Level.FULL,
                                        new ImageRules(allowed, Optional.empty()))
                                .readingAll(all),
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
                outcome.takenOver().ifPresent(taken -> System.out.println("  " + taken));
                System.out.printf(
                        "  CPU %s, %,d bytes read by the process%n", Cpu.now().since(before), readBytes() - readBefore);
                outcome.observations().forEach(observation -> System.out.println("  " + observation));
            }
            if (System.getProperty("stemma.wait") != null) {
                System.out.println("address " + neo4j.address().uri() + " password "
                        + neo4j.address().password().get());
                System.in.read();
            }
        }
    }

    /** Nodes by label and relationships by type; what a near-copy added is the difference of two. */
    private static void census(Graph graph) {
        System.out.println("  census");
        for (String counts : List.of(
                "MATCH (n) RETURN head([l IN labels(n) WHERE l <> 'Entity' | l]) AS kind, count(*) AS number ORDER BY number DESC",
                "MATCH ()-[r]->() RETURN type(r) AS kind, count(*) AS number ORDER BY number DESC")) {
            graph.read(Statement.of(counts))
                    .forEach(row -> System.out.println("    " + row.text("kind") + " " + row.number("number")));
        }
    }

    /** As the kernel counts it, in {@code read(2)} and its kin: an upper bound of what was read of an image. */
    private static long readBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/io")).stream()
                .filter(line -> line.startsWith("rchar:"))
                .mapToLong(line -> Long.parseLong(line.substring(7)))
                .findFirst()
                .orElseThrow();
    }

    /** Processor time of this process and of the local Neo4j; unlike the clock, hardly touched by other load. */
    private record Cpu(Duration own, Duration neo4j) {
        static Cpu now() {
            ProcessHandle self = ProcessHandle.current();
            return new Cpu(
                    self.info().totalCpuDuration().orElse(Duration.ZERO),
                    self.children()
                            .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                            .reduce(Duration.ZERO, Duration::plus));
        }

        Cpu since(Cpu before) {
            return new Cpu(own.minus(before.own), neo4j.minus(before.neo4j));
        }
    }
}
