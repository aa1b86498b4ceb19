package dev.stemma.queries.lineage;

import dev.stemma.graph.model.Basis;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
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

    private static final DatedStatement PARENTS = DatedStatement.named(FamilyWalk.class, "lineage/parents");
    private static final DatedStatement CHILDREN = DatedStatement.named(FamilyWalk.class, "lineage/children");

    private final Graph.Transaction transaction;
    private final FamilyLimits limits;
    private final Optional<AsOf> at;
    private final Map<String, Integer> distances = new LinkedHashMap<>();
    private final Set<Derivation> derivations = new LinkedHashSet<>();
    private boolean complete = true;

    FamilyWalk(Graph.Transaction transaction, FamilyLimits limits, Optional<AsOf> at) {
        this.transaction = transaction;
        this.limits = limits;
        this.at = at;
    }

    FamilyWalk up(String imageId) {
        return walk(imageId, PARENTS, -1);
    }

    FamilyWalk down(String imageId) {
        return walk(imageId, CHILDREN, 1);
    }

    private FamilyWalk walk(String imageId, DatedStatement step, int direction) {
        Set<String> known = new LinkedHashSet<>(List.of(imageId));
        List<String> generation = List.of(imageId);
        for (int distance = 1; !generation.isEmpty() && complete; distance++) {
            if (distance > limits.depth()) {
                complete = rows(step, generation, 1).isEmpty();
                break;
            }
            int left = limits.images() - derivations.size();
            List<Row> rows = rows(step, generation, left + 1);
            complete = rows.size() <= left;
            List<String> next = new ArrayList<>();
            for (Row row : rows.subList(0, Math.min(rows.size(), left))) {
                derivations.add(derivation(row));
                if (known.add(row.text("id"))) {
                    distances.put(row.text("id"), direction * distance);
                    next.add(row.text("id"));
                }
            }
            generation = next;
        }
        return this;
    }

    private List<Row> rows(DatedStatement step, List<String> generation, int limit) {
        return transaction.run(step.with(Map.of("ids", generation, "limit", limit), at));
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
                row.findText("person").or(() -> row.findText("agent")));
    }

    /** Steps to all that were met, nearest first, without the one that the walk started from; up they are negative. */
    Map<String, Integer> distances() {
        return distances;
    }

    Set<Derivation> derivations() {
        return derivations;
    }

    boolean complete() {
        return complete;
    }
}
