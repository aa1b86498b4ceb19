package dev.stemma.queries.search;

import dev.stemma.graph.store.Graph;
import java.nio.file.Path;
import java.util.List;

/**
 * The Lucene index over names: images, the list of all software known, and file names by the directories that hold
 * them. Derived from the graph: it follows the inventories' sequence numbers and may be deleted at any time. Safe for
 * use by several threads; one process at a time.
 */
public final class SearchIndex implements AutoCloseable {

    private final Graph graph;

    private SearchIndex(Graph graph) {
        this.graph = graph;
    }

    /**
     * Opens the index, making it when it is missing or of another version. It is not caught up yet. Closed by the caller.
     *
     * @param directory of the host, for this index alone
     */
    public static SearchIndex open(Graph graph, Path directory) {
        throw new UnsupportedOperationException("" + graph + directory);
    }

    /** Applies all inventories committed since the last call; returns how far it is now. Several callers take turns. */
    public Progress catchUp() {
        throw new UnsupportedOperationException("" + graph);
    }

    /**
     * How far the index is.
     *
     * @param applied sequence number of the last inventory applied; 0 for none
     * @param behind how many inventories the graph has beyond that
     */
    public record Progress(long applied, long behind) {}

    /** How far it is, without doing anything. */
    public Progress progress() {
        throw new UnsupportedOperationException();
    }

    /** Software whose name starts with a text, and after it what is one or two typing errors away; best first. */
    public List<KnownPackage> completePackages(String typed, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
