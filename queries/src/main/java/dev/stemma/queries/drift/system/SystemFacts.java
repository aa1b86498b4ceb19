package dev.stemma.queries.drift.system;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.MachineView;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an inventory says of the machine it makes, without its roles: these are told by rules, and may change. Immutable. */
public final class SystemFacts {

    /** Heap of a fact or a property with its objects, without what the guest chose; reckoned, not measured. */
    private static final int FIXED_BYTES = 150;

    private final List<SystemFact> facts;

    private SystemFacts(List<SystemFact> facts) {
        this.facts = List.copyOf(facts);
    }

    /** Reads them. */
    public static SystemFacts of(Graph.Transaction transaction, String inventoryId) {
        return new SystemFacts(Stream.concat(
                        InventoryView.systems(transaction, inventoryId).stream().map(SystemFact::of),
                        MachineView.of(transaction, inventoryId).facts().map(SystemFact::of))
                .toList());
    }

    Stream<SystemFact> facts() {
        return facts.stream();
    }

    /** Heap that they take, about. */
    public long bytes() {
        long bytes = FIXED_BYTES;
        for (SystemFact fact : facts) {
            bytes += FIXED_BYTES + fact.name().length();
            for (Map.Entry<String, String> property : fact.properties().entrySet()) {
                bytes += FIXED_BYTES + property.getValue().length();
            }
        }
        return bytes;
    }
}
