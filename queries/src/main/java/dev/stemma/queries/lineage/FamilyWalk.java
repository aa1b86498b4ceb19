package dev.stemma.queries.lineage;

import dev.stemma.graph.model.Basis;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks derivations in one direction, a generation at a time, each image once: a circle ends where it began. Not
 * thread-safe; used once for each direction.
 */
final class FamilyWalk {

    private static final Statement SELF = named("self");
    private static final Statement PARENTS = named("parents");
    private static final Statement CHILDREN = named("children");

    private final Graph.Transaction transaction;
    private final FamilyLimits limits;
    private final Map<String, Relative> relatives = new LinkedHashMap<>();
    private final Set<Derivation> derivations = new LinkedHashSet<>();
    private boolean complete = true;

    FamilyWalk(Graph.Transaction transaction, FamilyLimits limits) {
        this.transaction = transaction;
        this.limits = limits;
    }

    private static Statement named(String name) {
        return Statement.named(FamilyWalk.class, "lineage/" + name + ".cypher");
    }

    /** The image that a walk starts from. */
    static Optional<Relative> self(Graph.Transaction transaction, String imageId) {
        return transaction.run(SELF.with(Map.of("imageId", imageId))).stream()
                .findFirst()
                .map(row -> relative(row, 0));
    }

    FamilyWalk up(String imageId) {
        return walk(imageId, PARENTS, -1);
    }

    FamilyWalk down(String imageId) {
        return walk(imageId, CHILDREN, 1);
    }

    private FamilyWalk walk(String imageId, Statement step, int direction) {
        Set<String> known = new LinkedHashSet<>(List.of(imageId));
        List<String> generation = List.of(imageId);
        for (int distance = 1; !generation.isEmpty() && complete; distance++) {
            if (distance > limits.depth()) {
                complete = transaction
                        .run(step.with(Map.of("ids", generation, "limit", 1)))
                        .isEmpty();
                break;
            }
            int left = limits.images() - derivations.size();
            List<Row> rows = transaction.run(step.with(Map.of("ids", generation, "limit", left + 1)));
            complete = rows.size() <= left;
            List<String> next = new ArrayList<>();
            for (Row row : rows.subList(0, Math.min(rows.size(), left))) {
                derivations.add(derivation(row));
                if (known.add(row.text("id"))) {
                    relatives.put(row.text("id"), relative(row, direction * distance));
                    next.add(row.text("id"));
                }
            }
            generation = next;
        }
        return this;
    }

    private static Relative relative(Row row, int distance) {
        return new Relative(
                row.text("id"),
                row.text("name"),
                row.text("location"),
                row.findText("format"),
                row.findText("state").orElse("ACTIVE"),
                row.findInstant("modifiedAt"),
                row.findText("inventoryId"),
                distance);
    }

    private static Derivation derivation(Row row) {
        return new Derivation(
                row.text("childId"),
                row.text("parentId"),
                row.findText("kind").orElse("copy"),
                Basis.valueOf(row.text("basis")),
                row.find("confidence").map(value -> ((Number) value).doubleValue()),
                row.findText("evidence"),
                row.findInstant("since").or(() -> row.findInstant("endedAt")),
                row.findText("activity"),
                row.findText("agent"));
    }

    /** All that were met, nearest first, without the one that the walk started from. */
    Map<String, Relative> relatives() {
        return relatives;
    }

    Set<Derivation> derivations() {
        return derivations;
    }

    boolean complete() {
        return complete;
    }
}
