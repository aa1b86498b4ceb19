package dev.stemma.queries.drift;

import dev.stemma.graph.store.Graph;

/** Finds what differs between two inventories (rows V10, V12). Safe for use by several threads; keeps nothing. */
public final class DriftFinder {

    private final Graph graph;

    public DriftFinder(Graph graph) {
        this.graph = graph;
    }

    /**
     * Compares two inventories.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}
     */
    public DriftAnswer drift(String fromInventory, String toInventory, DriftOptions options) {
        throw new UnsupportedOperationException("" + graph);
    }

    /**
     * Compares the current inventory of an image with the one of the nearest image that it derives from: recorded
     * derivations are followed before observed ones, and these before inferred ones.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_BASELINE}
     */
    public DriftAnswer driftFromBaseline(String imageId, DriftOptions options) {
        throw new UnsupportedOperationException("" + graph);
    }
}
