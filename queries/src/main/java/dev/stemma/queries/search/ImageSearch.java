package dev.stemma.queries.search;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.page.PageRequest;

/** Finds images by what they hold (row V9). Safe for use by several threads. */
public final class ImageSearch {

    private final Graph graph;
    private final FileSearch files;

    public ImageSearch(Graph graph, FileSearch files) {
        this.graph = graph;
        this.files = files;
    }

    /**
     * @throws dev.stemma.queries.problem.QueryProblem {@code INVALID} for a bad pattern or cursor
     */
    public ImageAnswer search(ImageQuery query, PageRequest page) {
        throw new UnsupportedOperationException("" + graph + files);
    }
}
