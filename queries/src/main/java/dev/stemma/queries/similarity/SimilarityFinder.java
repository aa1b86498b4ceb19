package dev.stemma.queries.similarity;

import dev.stemma.graph.store.Graph;

/** Finds inventories that are alike (row V8). Safe for use by several threads. */
public final class SimilarityFinder {

    private final Graph graph;

    public SimilarityFinder(Graph graph) {
        this.graph = graph;
    }

    /**
     * Inventories of current images from most to least similar, the one asked about left out.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}; {@code NO_FILES} when files were asked for and it is of the
     *     basic level
     */
    public SimilarityAnswer similarTo(String inventoryId, SimilarityRequest request) {
        throw new UnsupportedOperationException("" + graph);
    }
}
