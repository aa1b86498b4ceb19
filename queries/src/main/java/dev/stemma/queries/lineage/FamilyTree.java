package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers questions about descent (row V15). Safe for use by several threads; keeps nothing. */
public final class FamilyTree {

    private final Graph graph;

    public FamilyTree(Graph graph) {
        this.graph = graph;
    }

    /**
     * Ancestors and descendants of an image. An image that is both, in a circle, counts as an ancestor.
     *
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public FamilyView tree(String imageId, FamilyLimits limits) {
        return view(imageId, limits, true);
    }

    /**
     * Ancestors only.
     *
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public FamilyView ancestors(String imageId, FamilyLimits limits) {
        return view(imageId, limits, false);
    }

    private FamilyView view(String imageId, FamilyLimits limits, boolean downToo) {
        return graph.reading(transaction -> {
            Map<String, Relative> relatives = new LinkedHashMap<>();
            relatives.put(imageId, self(transaction, imageId));
            FamilyWalk up = new FamilyWalk(transaction, limits).up(imageId);
            relatives.putAll(up.relatives());
            Set<Derivation> derivations = new LinkedHashSet<>(up.derivations());
            boolean complete = up.complete();
            if (downToo) {
                FamilyWalk down = new FamilyWalk(transaction, limits).down(imageId);
                down.relatives().forEach(relatives::putIfAbsent);
                derivations.addAll(down.derivations());
                complete &= down.complete();
            }
            return new FamilyView(
                    imageId,
                    relatives.values().stream()
                            .sorted(Comparator.comparingInt(Relative::distance)
                                    .thenComparing(Relative::name)
                                    .thenComparing(Relative::imageId))
                            .toList(),
                    List.copyOf(derivations),
                    complete,
                    cyclic(derivations));
        });
    }

    private static Relative self(Graph.Transaction transaction, String imageId) {
        return FamilyWalk.self(transaction, imageId)
                .orElseThrow(() -> new QueryProblem(QueryProblem.Code.NOT_FOUND, "no image has the id " + imageId));
    }

    /** Takes away images without children left until none is left (Kahn 1962); what stays runs in circles. */
    private static boolean cyclic(Set<Derivation> derivations) {
        Map<String, Integer> children = new HashMap<>();
        Map<String, List<String>> parents = new HashMap<>();
        for (Derivation derivation : derivations) {
            children.merge(derivation.parentId(), 1, Integer::sum);
            children.putIfAbsent(derivation.childId(), 0);
            parents.computeIfAbsent(derivation.childId(), _ -> new ArrayList<>())
                    .add(derivation.parentId());
        }
        Deque<String> free = new ArrayDeque<>();
        children.forEach((image, count) -> {
            if (count == 0) {
                free.add(image);
            }
        });
        int taken = 0;
        while (!free.isEmpty()) {
            taken++;
            for (String parent : parents.getOrDefault(free.remove(), List.of())) {
                if (children.merge(parent, -1, Integer::sum) == 0) {
                    free.add(parent);
                }
            }
        }
        return taken < children.size();
    }

    /**
     * The nearest image that both derive from, counting an image as its own ancestor: the one with the fewest derivations
     * to both together; among equals the one with the smallest name, then id. Empty when they have none in common.
     *
     * @return its distance is that to the first image
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public Optional<Relative> commonAncestor(String imageId, String otherId) {
        return graph.reading(transaction -> {
            Map<String, Relative> mine = line(transaction, imageId);
            Map<String, Relative> theirs = line(transaction, otherId);
            record Common(Relative relative, int steps) {}
            return mine.values().stream()
                    .flatMap(relative -> Optional.ofNullable(theirs.get(relative.imageId())).stream()
                            .map(same -> new Common(relative, -relative.distance() - same.distance())))
                    .min(Comparator.comparingInt(Common::steps)
                            .thenComparing(common -> common.relative().name())
                            .thenComparing(common -> common.relative().imageId()))
                    .map(Common::relative);
        });
    }

    private static Map<String, Relative> line(Graph.Transaction transaction, String imageId) {
        Map<String, Relative> line = new LinkedHashMap<>();
        line.put(imageId, self(transaction, imageId));
        line.putAll(
                new FamilyWalk(transaction, FamilyLimits.DEFAULT).up(imageId).relatives());
        return line;
    }
}
