package dev.stemma.queries.search;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.inventory.GuestMount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A root directory in its place in an inventory.
 *
 * @param mounts where systems of the inventory have it mounted; the one to show first stands first
 */
record Holder(String root, String selector, String inventoryId, List<GuestMount> mounts) {

    private static final Statement TREES = Statement.named(Holder.class, "search/inventory-trees.cypher");
    private static final int AT_ONCE = 1_000;

    Holder {
        mounts = List.copyOf(mounts);
    }

    /** All that some inventories have. */
    static List<Holder> of(Graph graph, Collection<String> inventoryIds) {
        List<String> ids = inventoryIds.stream().distinct().toList();
        List<Holder> holders = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            graph.read(TREES.with(Map.of("inventoryIds", some))).forEach(row -> holders.add(of(row)));
        }
        return holders;
    }

    private static Holder of(Row row) {
        return new Holder(
                row.text("root"),
                row.number("volumeIndex") + ":" + row.number("number"),
                row.text("inventoryId"),
                GuestMount.of(row));
    }

    /** A path of this file system as its system shows it; as it is, where none has it mounted. */
    String shown(GuestPath path) {
        return mounts.isEmpty()
                ? path.escaped()
                : mounts.getFirst().path().below(path).escaped();
    }
}
