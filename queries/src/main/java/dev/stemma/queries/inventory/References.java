package dev.stemma.queries.inventory;

import dev.stemma.graph.store.Graph;

/**
 * Turns what people type into an image: an id, a unique name, a location, or at least 8 digits of an inventory's digest.
 * Safe for use by several threads.
 */
public final class References {

    private final Graph graph;

    public References(Graph graph) {
        this.graph = graph;
    }

    /**
     * @param text what was typed
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND} or {@code AMBIGUOUS}, the latter with the
     *     candidates in its message
     */
    public Reference require(String text) {
        throw new UnsupportedOperationException(text + graph);
    }
}
