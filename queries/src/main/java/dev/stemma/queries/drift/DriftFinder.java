package dev.stemma.queries.drift;

import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.inventory.GuestVolumes;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what differs between two inventories (rows V10, V12). Safe for use by several threads; keeps nothing. */
public final class DriftFinder {

    private static final Statement SIDE = Statement.named(DriftFinder.class, "drift/side.cypher");

    private final Graph graph;
    private final BaselineFinder baselines;
    private final References references;

    public DriftFinder(Graph graph) {
        this.graph = graph;
        this.baselines = new BaselineFinder(graph);
        this.references = new References(graph);
    }

    /**
     * Compares two inventories.
     *
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public DriftAnswer drift(String fromInventory, String toInventory, DriftOptions options) {
        return drift(side(fromInventory, ""), side(toInventory, ""), Optional.empty(), options);
    }

    /**
     * Compares what two references mean, and shows their images as the sides.
     *
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}
     */
    public DriftAnswer drift(Reference from, Reference to, DriftOptions options) {
        return drift(side(from), side(to), Optional.empty(), options);
    }

    /**
     * Compares the current inventory of an image with the one of the nearest image that it derives from: recorded
     * derivations are followed before observed ones, and these before inferred ones.
     *
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_BASELINE}
     */
    public DriftAnswer driftFromBaseline(String imageId, DriftOptions options) {
        Side to = side(references.require(imageId));
        BaselineFinder.Found found = baselines.require(imageId);
        Side from =
                side(found.image().inventoryId().orElseThrow(), found.image().imageId());
        return drift(from, to, Optional.of(found.baseline()), options);
    }

    private Side side(Reference reference) {
        String inventory = reference
                .inventoryId()
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_INDEXED,
                        reference.imageName() + " was never indexed; run: stemma index " + reference.imageId()));
        return side(inventory, reference.imageId());
    }

    private Side side(String inventoryId, String imageId) {
        return graph.read(SIDE.with(Map.of("inventoryId", inventoryId, "imageId", imageId))).stream()
                .findFirst()
                .map(row -> new Side(
                        inventoryId,
                        Level.parse(row.text("level")),
                        row.findText("imageId"),
                        row.findText("imageName"),
                        row.findInstant("observedAt")))
                .orElseThrow(
                        () -> new QueryProblem(QueryProblem.Code.NOT_FOUND, "no inventory has the id " + inventoryId));
    }

    private DriftAnswer drift(Side from, Side to, Optional<Baseline> baseline, DriftOptions options) {
        List<String> notes = new ArrayList<>();
        boolean same = from.inventoryId().equals(to.inventoryId());
        boolean files = options.files() && filesKnown(from, to, notes);
        // The owners of files need the installed packages too.
        Optional<PackageComparison> packages = options.packages() || (files && options.owners())
                ? Optional.of(graph.reading(
                        transaction -> new PackageComparison(transaction, from.inventoryId(), to.inventoryId())))
                : Optional.empty();
        Optional<FileDrift> fileDrift = Optional.empty();
        if (files) {
            FileComparison comparison = new FileComparison(graph, packages, options);
            fileDrift = Optional.of(comparison.compare(
                    GuestVolumes.of(graph, from.inventoryId()), GuestVolumes.of(graph, to.inventoryId())));
            notes.addAll(comparison.notes());
        }
        return new DriftAnswer(
                from,
                to,
                baseline,
                same,
                packages.filter(_ -> options.packages()).map(PackageComparison::drift),
                fileDrift,
                notes);
    }

    private static boolean filesKnown(Side from, Side to, List<String> notes) {
        for (Side side : List.of(from, to)) {
            if (side.level() == Level.BASIC) {
                notes.add("files were not compared: " + side.imageName().orElse(side.inventoryId())
                        + " was indexed at the basic level; run: stemma index "
                        + side.imageId().orElse(side.imageName().orElse("IMAGE")) + " --level full");
            }
        }
        return from.level() == Level.FULL && to.level() == Level.FULL;
    }
}
