package dev.stemma.queries.sprawl;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.similarity.Similar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What holds on to images, out of the graph. Safe for use by several threads. */
final class Holdings {

    private static final int AT_ONCE = 1_000;
    private static final Statement MEMBERS = Statement.named(Holdings.class, "sprawl/members.cypher");

    private final Graph graph;

    Holdings(Graph graph) {
        this.graph = graph;
    }

    /**
     * An image and what holds on to it.
     *
     * @param machines by name, at most {@link ClusterPlan.Member#MAX_MACHINES}
     */
    record Holding(
            Similar.ImageName image,
            long bytes,
            List<String> machines,
            long machineCount,
            long overlays,
            long branches,
            List<String> channels) {

        /** Why it cannot go as it is, in words. */
        List<String> reasons() {
            List<String> reasons = new ArrayList<>();
            add(reasons, machineCount, "machine runs it", "machines run it");
            add(reasons, overlays, "overlay stands on it", "overlays stand on it");
            add(reasons, branches, "branch was made of it", "branches were made of it");
            channels.forEach(channel -> reasons.add("the channel " + channel + " points to it"));
            return reasons;
        }

        /** How many things hold on to it. */
        long holds() {
            return machineCount + overlays + branches + channels.size();
        }

        private static void add(List<String> reasons, long count, String one, String several) {
            if (count > 0) {
                reasons.add(count + " " + (count == 1 ? one : several));
            }
        }
    }

    /** The images of inventories, by inventory, each list by name, then id. */
    Map<String, List<Holding>> of(List<String> inventories) {
        Map<String, List<Holding>> holdings = new HashMap<>();
        for (int from = 0; from < inventories.size(); from += AT_ONCE) {
            List<String> some = inventories.subList(from, Math.min(inventories.size(), from + AT_ONCE));
            graph.stream(
                    MEMBERS.with(Map.of("inventories", some, "shown", ClusterPlan.Member.MAX_MACHINES)),
                    row -> holdings.computeIfAbsent(row.text("inventoryId"), _ -> new ArrayList<>())
                            .add(holding(row)));
        }
        holdings.values()
                .forEach(list -> list.sort(Comparator.comparing(
                                (Holding holding) -> holding.image().name())
                        .thenComparing(holding -> holding.image().id())));
        return holdings;
    }

    private static Holding holding(Row row) {
        return new Holding(
                new Similar.ImageName(row.text("id"), row.text("name")),
                row.number("bytes"),
                row.texts("machines"),
                row.number("machineCount"),
                row.number("overlays"),
                row.number("branches"),
                row.texts("channels"));
    }
}
