package dev.stemma.queries.drift;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.drift.system.SystemComparison;
import dev.stemma.queries.drift.system.SystemFacts;
import dev.stemma.queries.inventory.GuestVolumes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is compared of inventories, but for their files: packages, what the machine is, and volumes. What is to be read first is read beside what else there is to do. Safe for several threads.
 */
final class InventoryFacts {

    /** Some hundred inventories of 600 packages each. */
    private static final long MAX_PACKAGE_BYTES = 24L << 20;

    private static final long MAX_SYSTEM_BYTES = 12L << 20;
    private static final long MAX_VOLUME_BYTES = 4L << 20;

    /** Heap of a thing in a map with its objects, without what the guest chose; reckoned, not measured. */
    private static final int FIXED_BYTES = 120;

    private static final int VOLUME_BYTES = 3_000;

    private final Graph graph;

    private final KeptFacts<Map<String, String>> packages = new KeptFacts<>(
            MAX_PACKAGE_BYTES,
            installed -> installed.keySet().stream()
                    .mapToLong(purl -> FIXED_BYTES + purl.length())
                    .sum(),
            PackageComparison::installed);

    private final KeptFacts<SystemFacts> systems =
            new KeptFacts<>(MAX_SYSTEM_BYTES, SystemFacts::bytes, KeptFacts.Reader.each(SystemFacts::of));

    private final KeptFacts<GuestVolumes> volumes = new KeptFacts<>(
            MAX_VOLUME_BYTES,
            found -> VOLUME_BYTES * (1L + found.roots().size() + found.volumes().size()),
            KeptFacts.Reader.each(GuestVolumes::of));

    /** @param graph that is read beside the transactions given */
    InventoryFacts(Graph graph) {
        this.graph = graph;
    }

    /** Compares the packages of both sides. */
    Aside<PackageComparison> packages(Graph.Transaction transaction, Sides sides) {
        return beside("packages", transaction, sides, packages, one -> {
            List<Map<String, String>> both = packages.of(one, sides.both());
            return new PackageComparison(one, both.getFirst(), both.getLast());
        });
    }

    /** Compares what both sides say of the machine. */
    Aside<SystemComparison> system(Graph.Transaction transaction, Sides sides) {
        return beside("system", transaction, sides, systems, one -> {
            List<SystemFacts> both = systems.of(one, sides.both());
            return new SystemComparison(both.getFirst(), sides.fromRoles(), both.getLast(), sides.toRoles());
        });
    }

    /** The volumes of the older side, and of the newer. */
    List<GuestVolumes> volumes(Graph.Transaction transaction, Sides sides) {
        return volumes.of(transaction, sides.both());
    }

    /** At once where all is known; and where an inventory that no image has may still be being written, so that all is of one state of the graph. */
    private <T> Aside<T> beside(
            String what,
            Graph.Transaction transaction,
            Sides sides,
            KeptFacts<?> kept,
            Function<Graph.Transaction, T> work) {
        boolean settled = sides.both().stream().allMatch(side -> side.imageId().isPresent());
        return !settled || sides.both().stream().allMatch(kept::has)
                ? Aside.atOnce(what, () -> work.apply(transaction))
                : Aside.begin(what, () -> graph.reading(work::apply));
    }
}
