package dev.stemma.graph.store;

import dev.stemma.graph.GraphExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, held by the local child process. */
@ExtendWith(GraphExtension.class)
final class LocalGraphIT extends GraphContract {

    private final BoltGraph graph;
    private final GraphAddress address;

    LocalGraphIT(BoltGraph graph, GraphAddress address) {
        this.graph = graph;
        this.address = address;
    }

    @Override
    BoltGraph graph() {
        return graph;
    }

    @Override
    GraphAddress address() {
        return address;
    }
}
