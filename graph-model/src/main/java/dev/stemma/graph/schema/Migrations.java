package dev.stemma.graph.schema;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the constraints and indexes of a graph up to this version of Stemma (ADR 4). Each script is applied once and
 * remembered with its digest; one that was applied never changes.
 *
 * <p>Scripts may be repeated without harm ({@code IF NOT EXISTS}). So a start that was killed half way is repaired by the
 * next one, and two services that start at once on one server do not need a lock.
 */
public final class Migrations {

    /** All scripts in their order; a new one is added at the end. */
    static final List<Script> SCRIPTS = List.of(
            Script.named("V001__Names_are_unique.cypher"),
            Script.named("V002__What_search_asks_for.cypher"),
            Script.named("V003__What_a_machine_is.cypher"),
            Script.named("V004__Chains_of_versions.cypher"),
            Script.named("V005__Packages_in_groups.cypher"),
            Script.named("V006__Older_packages_in_groups.cypher"),
            Script.named("V007__Machines.cypher"));

    private static final Statement APPLIED =
            Statement.of("MATCH (m:__Migration) RETURN m.version AS version, m.digest AS digest");
    private static final Statement REMEMBER = Statement.of(
            "MERGE (m:__Migration {version: $version}) SET m.name = $name, m.digest = $digest, m.appliedAt = $now");
    private static final Statement AWAIT = Statement.of("CALL db.awaitIndexes(300)");

    private Migrations() {}

    /**
     * Applies what is missing and waits until all indexes answer. Applying again does nothing.
     *
     * @return the version that the graph has then: {@code 007}
     * @throws GraphException when a script fails, was changed since, or the graph was written by a newer Stemma
     */
    public static String apply(Graph graph) {
        return apply(graph, SCRIPTS);
    }

    static String apply(Graph graph, List<Script> scripts) {
        Map<String, String> applied = new HashMap<>();
        for (Row row : graph.read(APPLIED)) {
            applied.put(row.text("version"), row.text("digest"));
        }
        boolean changed = false;
        for (Script script : scripts) {
            String digest = applied.remove(script.version());
            if (digest == null) {
                apply(graph, script);
                changed = true;
            } else if (!digest.equals(script.digest())) {
                throw new GraphException(
                        GraphException.Kind.FAILED,
                        "the schema of the graph is not ours: " + script.name() + " was applied with other contents");
            }
        }
        if (!applied.isEmpty()) {
            throw new GraphException(
                    GraphException.Kind.FAILED,
                    "the graph was written by a newer Stemma: it has schema versions "
                            + applied.keySet().stream().sorted().toList()
                            + " that this one does not know; update Stemma, or use another STEMMA_HOME");
        }
        if (changed) {
            graph.read(AWAIT);
        }
        return scripts.getLast().version();
    }

    /** The server takes no data in a transaction that changes the schema, so the mark follows in one of its own. */
    private static void apply(Graph graph, Script script) {
        if (script.repeated()) {
            script.statements().forEach(statement -> repeat(graph, Statement.of(statement)));
        } else {
            graph.writing(transaction -> {
                script.statements().forEach(statement -> transaction.run(Statement.of(statement)));
                return true;
            });
        }
        graph.write(REMEMBER.with(Map.of(
                "version", script.version(),
                "name", script.name(),
                "digest", script.digest(),
                "now", Instant.now())));
    }

    /** A little in each transaction, since the memory of one is bounded and the graph is not. */
    private static void repeat(Graph graph, Statement statement) {
        boolean more;
        do {
            more = graph.writing(transaction -> !transaction.run(statement).isEmpty());
        } while (more);
    }
}
