package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Graph;
import java.util.Optional;

/** Answers questions about descent (row V15). Safe for use by several threads; keeps nothing. */
public final class FamilyTree {

    private final Graph graph;

    public FamilyTree(Graph graph) {
        this.graph = graph;
    }

    /**
     * Ancestors and descendants of an image.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}
     */
    public FamilyView tree(String imageId, FamilyLimits limits) {
        throw new UnsupportedOperationException("" + graph);
    }

    /**
     * The nearest image that both derive from, counting an image as its own ancestor; among equals the one with the
     * smallest name, then id. Empty when they have none in common.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}
     */
    public Optional<Relative> commonAncestor(String imageId, String otherId) {
        throw new UnsupportedOperationException("" + graph);
    }
}
