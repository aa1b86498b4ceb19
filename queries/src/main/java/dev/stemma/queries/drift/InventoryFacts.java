package dev.stemma.queries.drift;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.drift.system.SystemFacts;
import dev.stemma.queries.inventory.GuestVolumes;
import java.util.Map;

/** What is compared of inventories, but for their files: packages, what the machine is, and volumes. Safe for several threads. */
final class InventoryFacts {

    /** Some hundred inventories of 600 packages each. */
    private static final long MAX_PACKAGE_BYTES = 24L << 20;

    private static final long MAX_SYSTEM_BYTES = 12L << 20;
    private static final long MAX_VOLUME_BYTES = 4L << 20;

    /** Heap of a thing in a map with its objects, without what the guest chose; reckoned, not measured. */
    private static final int FIXED_BYTES = 120;

    private static final int VOLUME_BYTES = 3_000;

    private final KeptFacts<Map<String, String>> packages = new KeptFacts<>(
            MAX_PACKAGE_BYTES,
            installed -> installed.keySet().stream()
                    .mapToLong(purl -> FIXED_BYTES + purl.length())
                    .sum(),
            PackageComparison::installed);

    private final KeptFacts<SystemFacts> systems =
            new KeptFacts<>(MAX_SYSTEM_BYTES, SystemFacts::bytes, SystemFacts::of);

    private final KeptFacts<GuestVolumes> volumes = new KeptFacts<>(
            MAX_VOLUME_BYTES,
            found -> VOLUME_BYTES * (1L + found.roots().size() + found.volumes().size()),
            GuestVolumes::of);

    /** Package versions by purl with their states, as {@link PackageComparison#installed}. */
    Map<String, String> packages(Graph.Transaction transaction, Side side) {
        return packages.of(transaction, side);
    }

    SystemFacts system(Graph.Transaction transaction, Side side) {
        return systems.of(transaction, side);
    }

    GuestVolumes volumes(Graph.Transaction transaction, Side side) {
        return volumes.of(transaction, side);
    }
}
