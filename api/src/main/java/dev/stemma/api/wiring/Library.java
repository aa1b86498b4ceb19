package dev.stemma.api.wiring;

import dev.stemma.api.home.Home;
import dev.stemma.graph.engine.LocalNeo4j;
import dev.stemma.graph.schema.Migrations;
import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.GraphAddress;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The graph and, where it is our own, the Neo4j that serves it. Whoever opens it closes it.
 *
 * @param local empty when {@code STEMMA_NEO4J_URI} names another server
 */
record Library(BoltGraph graph, Optional<LocalNeo4j> local, String version) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Library.class);

    static Library open(Home home, Map<String, String> environment) {
        Optional<GraphAddress> other = GraphAddress.fromEnvironment(environment);
        if (other.isPresent()) {
            BoltGraph graph = BoltGraph.open(other.get());
            return migrated(graph, Optional.empty());
        }
        long begun = System.nanoTime();
        LocalNeo4j local = LocalNeo4j.start(home.root());
        try {
            LOG.info("Neo4j answers after {} ms", (System.nanoTime() - begun) / 1_000_000);
            return migrated(BoltGraph.open(local.address()), Optional.of(local));
        } catch (RuntimeException e) {
            local.close();
            throw e;
        }
    }

    private static Library migrated(BoltGraph graph, Optional<LocalNeo4j> local) {
        try {
            String version = Migrations.apply(graph);
            return new Library(graph, local, version);
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
    }

    @Override
    public void close() {
        graph.close();
        local.ifPresent(LocalNeo4j::close);
    }
}
