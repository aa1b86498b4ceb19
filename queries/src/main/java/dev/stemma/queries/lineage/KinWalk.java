package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks derivations in one direction, a generation at a time, each image once: a circle ends where it began. Where generations are
 * small, as in a long line of versions, many of them are one statement. Used once.
 */
final class KinWalk {

    private static final DatedStatement PARENTS = DatedStatement.named(KinWalk.class, "lineage/parent-ids");
    private static final DatedStatement CHILDREN = DatedStatement.named(KinWalk.class, "lineage/child-ids");
    private static final Statement ANCESTORS = Statement.named(KinWalk.class, "lineage/ancestor-ids.cypher");
    private static final Statement DESCENDANTS = Statement.named(KinWalk.class, "lineage/descendant-ids.cypher");

    /** Generations that one statement follows, as its text says. */
    private static final int LEAP = 16;

    /** So many small generations make a line. */
    private static final int LINE = 3;

    private static final int SMALL = 4;

    private final Graph.Transaction transaction;
    private final FamilyLimits limits;
    private final Optional<AsOf> at;
    private final Map<String, Integer> distances = new LinkedHashMap<>();
    private boolean complete = true;

    private KinWalk(Graph.Transaction transaction, FamilyLimits limits, Optional<AsOf> at) {
        this.transaction = transaction;
        this.limits = limits;
        this.at = at;
    }

    /**
     * Who was met.
     *
     * @param distances steps to all, nearest first, without the one that the walk starts from; up they are negative
     * @param complete false when a limit was met and there is more
     */
    record Kin(Map<String, Integer> distances, boolean complete) {}

    static Kin up(Graph.Transaction transaction, String imageId, FamilyLimits limits, Optional<AsOf> at) {
        return new KinWalk(transaction, limits, at).walk(imageId, PARENTS, ANCESTORS, -1);
    }

    static Kin down(Graph.Transaction transaction, String imageId, FamilyLimits limits, Optional<AsOf> at) {
        return new KinWalk(transaction, limits, at).walk(imageId, CHILDREN, DESCENDANTS, 1);
    }

    private Kin walk(String imageId, DatedStatement step, Statement leap, int direction) {
        distances.put(imageId, 0);
        List<String> generation = List.of(imageId);
        int small = 0;
        for (int distance = 0; !generation.isEmpty() && complete && distance < limits.depth(); ) {
            boolean far = small >= LINE && at.isEmpty() && limits.depth() - distance >= LEAP;
            List<String> next = new ArrayList<>();
            for (Row row : far ? rows(leap, generation) : rows(step, generation)) {
                int steps = distance + (int) row.number("distance");
                Set<String> met = new HashSet<>();
                for (String id : row.texts("ids")) {
                    if (meet(id, direction * steps)) {
                        met.add(id);
                    }
                }
                if (steps == distance + (far ? LEAP : 1)) {
                    row.texts("further").stream().filter(met::contains).forEach(next::add);
                }
            }
            distance += far ? LEAP : 1;
            small = next.size() <= SMALL ? small + 1 : 0;
            generation = next;
        }
        if (complete && !generation.isEmpty()) {
            complete = rows(step, generation).stream()
                    .allMatch(row -> distances.keySet().containsAll(row.texts("ids")));
        }
        distances.remove(imageId);
        return new Kin(distances, complete);
    }

    private List<Row> rows(DatedStatement step, List<String> generation) {
        return transaction.run(step.with(bounded(generation), at));
    }

    private List<Row> rows(Statement leap, List<String> generation) {
        return transaction.run(leap.with(bounded(generation)));
    }

    /** All that may still be met, with all that were, and one more. */
    private Map<String, Object> bounded(List<String> generation) {
        return Map.of("ids", generation, "limit", limits.images() + 2);
    }

    /** Whether the image is met for the first time, and within the limit. */
    private boolean meet(String id, int distance) {
        if (distances.containsKey(id)) {
            return false;
        }
        if (distances.size() > limits.images()) {
            complete = false;
            return false;
        }
        distances.put(id, distance);
        return true;
    }
}
