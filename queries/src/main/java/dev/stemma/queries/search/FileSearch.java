package dev.stemma.queries.search;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.page.PageRequest;

/**
 * Finds the images that hold a file, walking the Merkle graph upwards from content or name (row B2). Safe for use by
 * several threads.
 */
public final class FileSearch {

    private final Graph graph;
    private final SearchIndex index;

    public FileSearch(Graph graph, SearchIndex index) {
        this.graph = graph;
        this.index = index;
    }

    /**
     * @throws dev.stemma.queries.problem.QueryProblem {@code INVALID} for a bad pattern or cursor
     */
    public FileAnswer search(FileTerm term, PageRequest page) {
        throw new UnsupportedOperationException("" + graph + index);
    }
}
