package dev.stemma.queries.sprawl;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.similarity.SimilarityAnswer;
import dev.stemma.queries.similarity.Trait;

/** Orders and groups all images by likeness (rows V8, V11). Safe for use by several threads. */
public final class SprawlFinder {

    private final Graph graph;

    public SprawlFinder(Graph graph) {
        this.graph = graph;
    }

    /**
     * All sketched images from most to least similar to one image; nothing is left out but what has no sketch.
     *
     * @param limit 1 to 1,000
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_FILES}
     */
    public SimilarityAnswer ranking(String imageId, Trait trait, int limit) {
        throw new UnsupportedOperationException("" + graph);
    }

    /**
     * Groups of images.
     *
     * @param threshold 0.1 to 1
     * @throws dev.stemma.queries.problem.QueryProblem {@code INVALID}
     */
    public Clusters clusters(Trait trait, double threshold) {
        throw new UnsupportedOperationException("" + graph);
    }
}
