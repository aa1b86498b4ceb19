package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.lineage.LineageQuestions.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks derivations as {@link FamilyWalk} does, for who wants to know which images are met, and not by what they derive. */
final class KinWalk {

    private static final Statement PARENTS = Statement.named(KinWalk.class, "lineage/parent-ids.cypher");
    private static final Statement CHILDREN = Statement.named(KinWalk.class, "lineage/child-ids.cypher");

    private KinWalk() {}

    /** Steps to all images that are met, nearest first, without the one that the walk starts from; to ancestors they are negative. */
    static Map<String, Integer> distances(
            Graph.Transaction transaction, String imageId, Direction direction, FamilyLimits limits) {
        Statement step = direction == Direction.ANCESTORS ? PARENTS : CHILDREN;
        int sign = direction == Direction.ANCESTORS ? -1 : 1;
        Map<String, Integer> distances = new LinkedHashMap<>(Map.of(imageId, 0));
        List<String> generation = List.of(imageId);
        for (int distance = 1; distance <= limits.depth() && !generation.isEmpty(); distance++) {
            List<String> next = new ArrayList<>();
            for (String id : transaction
                    .run(step.with(Map.of("ids", generation, "limit", limits.images() + 1)))
                    .getFirst()
                    .texts("ids")) {
                if (distances.size() <= limits.images() && distances.putIfAbsent(id, sign * distance) == null) {
                    next.add(id);
                }
            }
            generation = next;
        }
        distances.remove(imageId);
        return distances;
    }
}
