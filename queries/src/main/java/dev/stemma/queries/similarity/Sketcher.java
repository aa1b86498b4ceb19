package dev.stemma.queries.similarity;

import dev.stemma.graph.store.Graph;

/**
 * Makes the sketches of an inventory and keeps them in the graph. Derived facts: they name the analyzer that made them,
 * may be dropped, and are made again when the analyzer changes. Safe for use by several threads.
 */
public final class Sketcher {

    private final Graph graph;

    public Sketcher(Graph graph) {
        this.graph = graph;
    }

    /**
     * Sketches one inventory; does nothing when it has the sketches of this analyzer.
     *
     * @return whether anything was written
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}
     */
    public boolean sketch(String inventoryId) {
        throw new UnsupportedOperationException(inventoryId + graph);
    }

    /** Sketches every inventory that lacks the sketches of this analyzer; returns how many it did. */
    public long sketchMissing() {
        throw new UnsupportedOperationException();
    }
}
