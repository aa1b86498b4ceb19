package dev.stemma.queries.drift;

import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The two inventories that are compared, with the roles that each is given today.
 *
 * @param fromRoles names
 * @param toRoles names
 */
record Sides(Side from, List<String> fromRoles, Side to, List<String> toRoles) {

    private static final Statement SIDES = Statement.named(Sides.class, "drift/sides.cypher");

    Sides {
        fromRoles = List.copyOf(fromRoles);
        toRoles = List.copyOf(toRoles);
    }

    /**
     * An inventory to compare.
     *
     * @param imageId which of the images that have it to show; empty text for any
     */
    record Wanted(String inventoryId, String imageId) {}

    /**
     * Reads both at once.
     *
     * @throws QueryProblem {@code NOT_FOUND}
     */
    static Sides of(Graph.Transaction transaction, Wanted from, Wanted to) {
        List<Row> rows = transaction.run(SIDES.with(Map.of("sides", List.of(parameters(0, from), parameters(1, to)))));
        List<Row> ordered = new ArrayList<>();
        for (Wanted wanted : List.of(from, to)) {
            int place = ordered.size();
            ordered.add(rows.stream()
                    .filter(row -> row.number("place") == place)
                    .findFirst()
                    .orElseThrow(() -> new QueryProblem(
                            QueryProblem.Code.NOT_FOUND, "no inventory has the id " + wanted.inventoryId())));
        }
        return new Sides(
                side(ordered.getFirst()),
                ordered.getFirst().texts("roles"),
                side(ordered.getLast()),
                ordered.getLast().texts("roles"));
    }

    /** The older one, and the newer. */
    List<Side> both() {
        return List.of(from, to);
    }

    private static Map<String, Object> parameters(int place, Wanted wanted) {
        return Map.of("place", place, "inventoryId", wanted.inventoryId(), "imageId", wanted.imageId());
    }

    private static Side side(Row row) {
        return new Side(
                row.text("inventoryId"),
                Level.parse(row.text("level")),
                row.findText("imageId"),
                row.findText("imageName"),
                row.findInstant("observedAt"));
    }
}
