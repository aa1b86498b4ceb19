package dev.stemma.graph.schema;

import ac.simons.neo4j.migrations.core.MigrationVersion;
import ac.simons.neo4j.migrations.core.MigrationsConfig;
import ac.simons.neo4j.migrations.core.MigrationsException;
import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.graph.store.Statement;

/**
 * Brings the constraints and indexes of a graph up to this version of Stemma, by neo4j-migrations. The scripts lie beside
 * this class; one that was applied never changes, and the library checks that by its checksum.
 */
public final class Migrations {

    private static final String LOCATION = "classpath:dev/stemma/graph/schema";
    private static final long INDEX_SECONDS = 300;

    private Migrations() {}

    /**
     * Applies what is missing and waits until all indexes answer. Applying again does nothing.
     *
     * @return the version that the graph has then
     * @throws GraphException when a script fails, or the graph was written by a newer Stemma
     */
    public static String apply(BoltGraph graph) {
        return apply(graph, false);
    }

    /**
     * The same where nobody else can be at it, because we own the server: a lock that an earlier process left in the graph
     * when it was killed is taken away first.
     */
    public static String applyAlone(BoltGraph graph) {
        return apply(graph, true);
    }

    private static String apply(BoltGraph graph, boolean alone) {
        if (alone) {
            graph.write(Statement.of("MATCH (lock:__Neo4jMigrationsLock) DELETE lock"));
        }
        MigrationsConfig config = MigrationsConfig.builder()
                .withLocationsToScan(LOCATION)
                .withInstalledBy("stemma")
                .build();
        try {
            String version = new ac.simons.neo4j.migrations.core.Migrations(config, graph.driver())
                    .apply()
                    .map(MigrationVersion::getValue)
                    .orElse("");
            graph.read(Statement.of("CALL db.awaitIndexes(" + INDEX_SECONDS + ")"));
            return version;
        } catch (MigrationsException e) {
            throw new GraphException(
                    GraphException.Kind.FAILED,
                    "the schema of the graph could not be brought up to date: " + e.getMessage(),
                    e);
        }
    }
}
