package dev.stemma.graph.schema;

import ac.simons.neo4j.migrations.core.ClasspathResourceScanner;
import ac.simons.neo4j.migrations.core.MigrationVersion;
import ac.simons.neo4j.migrations.core.MigrationsConfig;
import ac.simons.neo4j.migrations.core.MigrationsException;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Brings the constraints and indexes of a graph up to this version of Stemma, by neo4j-migrations. The scripts lie beside
 * this class; one that was applied never changes, and the library checks that by its checksum.
 *
 * <p>The library takes seconds even when there is nothing to do, so the digest of all scripts is kept in the graph, and
 * while it is the same one question is all that a start costs.
 */
public final class Migrations {

    /** All scripts in their order; a new one is added at the end. */
    static final List<String> SCRIPTS = List.of("V001__Names_are_unique.cypher", "V002__What_search_asks_for.cypher");

    private static final String LOCATION = "classpath:dev/stemma/graph/schema";
    private static final Statement APPLIED =
            Statement.of("MATCH (s:__Schema) RETURN s.digest AS digest, s.version AS version");
    private static final Statement REMEMBER =
            Statement.of("MERGE (s:__Schema {name: 'stemma'}) SET s.digest = $digest, s.version = $version");
    private static final Statement UNLOCK = Statement.of("MATCH (lock:__Neo4jMigrationsLock) DELETE lock");
    private static final Statement AWAIT = Statement.of("CALL db.awaitIndexes(300)");

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
        String digest = digest();
        for (Row applied : graph.read(APPLIED)) {
            if (applied.text("digest").equals(digest)) {
                return applied.text("version");
            }
        }
        if (alone) {
            graph.write(UNLOCK);
        }
        MigrationsConfig config = MigrationsConfig.builder()
                .withLocationsToScan(LOCATION)
                .withResourceScanner(new Listed())
                .withInstalledBy("stemma")
                .build();
        try {
            String version = new ac.simons.neo4j.migrations.core.Migrations(config, graph.driver())
                    .apply()
                    .map(MigrationVersion::getValue)
                    .orElse("");
            graph.read(AWAIT);
            graph.write(REMEMBER.with(Map.of("digest", digest, "version", version)));
            return version;
        } catch (MigrationsException e) {
            throw new GraphException(
                    GraphException.Kind.FAILED,
                    "the schema of the graph could not be brought up to date: " + e.getMessage(),
                    e);
        }
    }

    private static String digest() {
        MessageDigest digest = Digest.newSha256();
        for (String script : SCRIPTS) {
            try (InputStream in = script(script).openStream()) {
                digest.update(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + script, e);
            }
        }
        return Digest.of(digest.digest()).hex();
    }

    private static URL script(String name) {
        return Objects.requireNonNull(Migrations.class.getResource(name), name);
    }

    /** Names the scripts, where the library would look through every jar on the class path for them. */
    private static final class Listed implements ClasspathResourceScanner {
        @Override
        public List<URL> scan(List<String> locations) {
            return SCRIPTS.stream().map(Migrations::script).toList();
        }
    }
}
