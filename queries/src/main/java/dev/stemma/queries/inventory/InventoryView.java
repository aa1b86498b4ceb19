package dev.stemma.queries.inventory;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import java.util.List;
import java.util.Optional;

/**
 * What one image holds. Safe for use by several threads; keeps nothing. Images are named by id here; {@link References}
 * turns what people type into one.
 */
public final class InventoryView {

    private final Graph graph;

    public InventoryView(Graph graph) {
        this.graph = graph;
    }

    /**
     * All that is known of an image, in brief.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}
     */
    public ImageView show(String imageId) {
        throw new UnsupportedOperationException("show " + imageId + " " + graph);
    }

    /**
     * The packages of an image's current inventory, by name, version and architecture.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}
     */
    public Page<PackageFacts> packages(String imageId, PackageFilter filter, PageRequest page) {
        throw new UnsupportedOperationException("packages");
    }

    /**
     * A directory.
     *
     * @param fileSystem selector {@code volume:partition}; empty for the one that holds the operating system
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_FILES}
     */
    public Listing ls(String imageId, Optional<String> fileSystem, GuestPath path, PageRequest page) {
        throw new UnsupportedOperationException("ls");
    }

    /**
     * One path with its digest, attributes and owning packages.
     *
     * @param fileSystem selector {@code volume:partition}; empty for the one that holds the operating system
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_FILES}
     */
    public PathFacts stat(String imageId, Optional<String> fileSystem, GuestPath path) {
        throw new UnsupportedOperationException("stat");
    }

    /**
     * All inventories an image has had, newest first.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}
     */
    public List<InventoryFacts> inventories(String imageId) {
        throw new UnsupportedOperationException("inventories");
    }
}
