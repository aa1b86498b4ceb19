package dev.stemma.queries.catalog;

import dev.stemma.graph.engine.BulkImport;
import dev.stemma.graph.engine.LocalNeo4j;
import dev.stemma.graph.engine.ServerJars;
import dev.stemma.graph.schema.Migrations;
import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A graph of its own with a catalog in it: written as CSV files, made a store by Neo4j's importer, started, and brought up to the schema. Whoever loads it
 * closes it, before the folder is deleted.
 */
public final class CatalogGraph implements AutoCloseable {

    private final LocalNeo4j neo4j;
    private final BoltGraph graph;
    private final String report;

    private CatalogGraph(LocalNeo4j neo4j, BoltGraph graph, String report) {
        this.neo4j = neo4j;
        this.graph = graph;
        this.report = report;
    }

    /**
     * How much memory the server may take: as much as the service gives it, or what the properties {@code catalog.heap} and
     * {@code catalog.pagecache} say, in MiB.
     */
    private static LocalNeo4j.Settings settings(Path folder) {
        return new LocalNeo4j.Settings(
                folder.resolve("neo4j"),
                ServerJars.directory(),
                0,
                Integer.getInteger("catalog.heap", 640),
                Integer.getInteger("catalog.pagecache", 256),
                Duration.ofMinutes(10),
                Optional.empty());
    }

    /**
     * Loads a catalog.
     *
     * @param folder empty; takes the files and the store
     * @param depth of each image; nothing for those that are left out, of which no other may be made
     * @param each sees each image that is loaded
     */
    public static CatalogGraph load(
            SyntheticCatalog catalog,
            Path folder,
            Function<CatalogImage, Optional<Depth>> depth,
            Consumer<CatalogImage> each)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        LocalNeo4j.Settings settings = settings(folder);
        Path csv = Files.createDirectories(folder.resolve("csv"));
        CsvTables tables = new CsvTables(csv);
        try (tables) {
            CatalogWriter writer = new CatalogWriter(tables, catalog.table());
            catalog.forEach(image -> depth.apply(image).ifPresent(how -> {
                writer.write(image, how);
                each.accept(image);
            }));
        }
        long bytes = size(csv);
        double written = seconds(start);
        start = System.nanoTime();
        BulkImport.run(settings, tables.arguments());
        delete(csv);
        double imported = seconds(start);
        start = System.nanoTime();
        LocalNeo4j neo4j = LocalNeo4j.start(settings);
        BoltGraph graph = BoltGraph.open(neo4j.address());
        Migrations.apply(graph);
        return new CatalogGraph(
                neo4j,
                graph,
                "%d images loaded in %.1f s: written in %.1f s (%d MB), imported in %.1f s, started and indexed in %.1f s; %d nodes, %d relationships, %d MB on disk"
                        .formatted(
                                tables.count(CsvTables.Table.IMAGE),
                                written + imported + seconds(start),
                                written,
                                bytes / 1_000_000,
                                imported,
                                seconds(start),
                                tables.count(true),
                                tables.count(false),
                                size(settings.directory().resolve("data/databases/neo4j")) / 1_000_000));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    public Graph graph() {
        return graph;
    }

    /** What was loaded, how long it took, and how large it is. */
    public String report() {
        return report;
    }

    @Override
    public void close() {
        graph.close();
        neo4j.close();
    }
}
