package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.moment.AsOf;
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
        return tree(imageId, limits, Optional.empty());
    }

    /**
     * The same as of a moment: who was related to whom by then, and what they were.
     *
     * @param at empty for now
     * @throws QueryProblem {@code NOT_FOUND} also when the image came later
     */
    public FamilyView tree(String imageId, FamilyLimits limits, Optional<AsOf> at) {
        return view(imageId, limits, at, true);
    }

    /**
     * Ancestors only, and no warnings.
     *
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public FamilyView ancestors(String imageId, FamilyLimits limits) {
        return ancestors(imageId, limits, Optional.empty());
    }

    /**
     * The same as of a moment.
     *
     * @param at empty for now
     * @throws QueryProblem {@code NOT_FOUND} also when the image came later
     */
    public FamilyView ancestors(String imageId, FamilyLimits limits, Optional<AsOf> at) {
        return view(imageId, limits, at, false);
    }

    private FamilyView view(String imageId, FamilyLimits limits, Optional<AsOf> at, boolean downToo) {
        return graph.reading(transaction -> {
            self(transaction, imageId, at);
            Map<String, Integer> distances = new LinkedHashMap<>(Map.of(imageId, 0));
            FamilyWalk up = new FamilyWalk(transaction, limits, at).up(imageId);
            distances.putAll(up.distances());
            Set<Derivation> derivations = new LinkedHashSet<>(up.derivations());
            boolean complete = up.complete();
            if (downToo) {
                FamilyWalk down = new FamilyWalk(transaction, limits, at).down(imageId);
                down.distances().forEach(distances::putIfAbsent);
                derivations.addAll(down.derivations());
                complete &= down.complete();
            }
            Map<String, List<Warning>> warnings = downToo ? Warnings.of(transaction, distances.keySet(), at) : Map.of();
            Map<String, Relative> relatives = Relatives.of(transaction, distances, warnings, at);
            derivations.removeIf(derivation ->
                    !relatives.containsKey(derivation.childId()) || !relatives.containsKey(derivation.parentId()));
            List<Relative> ordered = relatives.values().stream()
                    .sorted(Comparator.comparingInt(Relative::distance)
                            .thenComparing(Relative::name)
                            .thenComparing(Relative::imageId))
                    .toList();
            return new FamilyView(
                    imageId,
                    ordered,
                    inOrder(derivations, ordered),
                    complete,
                    cyclic(derivations),
                    at.map(AsOf::instant));
        });
    }

    /** Derivations as their children are listed, then as their parents are: the same tree is always drawn the same. */
    private static List<Derivation> inOrder(Set<Derivation> derivations, List<Relative> relatives) {
        Map<String, Integer> ranks = new HashMap<>();
        relatives.forEach(relative -> ranks.put(relative.imageId(), ranks.size()));
        return derivations.stream()
                .sorted(Comparator.comparing((Derivation derivation) -> ranks.getOrDefault(derivation.childId(), 0))
                        .thenComparing(derivation -> ranks.getOrDefault(derivation.parentId(), 0))
                        .thenComparing(Derivation::kind)
                        .thenComparing(Derivation::basis))
                .toList();
    }

    /**
     * One image with its place in a chain, its machines and its warnings, at distance 0.
     *
     * @param at as of when; empty for now
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public static Relative relative(Graph.Transaction transaction, String imageId, Optional<AsOf> at) {
        self(transaction, imageId, at);
        return Relatives.of(transaction, Map.of(imageId, 0), Warnings.of(transaction, List.of(imageId), at), at)
                .values()
                .iterator()
                .next();
    }

    static Relative self(Graph.Transaction transaction, String imageId, Optional<AsOf> at) {
        return Relatives.find(transaction, imageId, at)
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_FOUND,
                        at.isEmpty()
                                ? "no image has the id " + imageId + "; list them with: stemma images"
                                : "no image with the id " + imageId + " was known on " + at.get()));
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
            Map<String, Integer> mine = line(transaction, imageId);
            Map<String, Integer> theirs = line(transaction, otherId);
            Map<String, Integer> common = new LinkedHashMap<>(mine);
            common.keySet().retainAll(theirs.keySet());
            int least = common.keySet().stream()
                    .mapToInt(id -> steps(mine, id) + steps(theirs, id))
                    .min()
                    .orElse(0);
            common.keySet().removeIf(id -> steps(mine, id) + steps(theirs, id) > least);
            return Relatives.of(transaction, common, Map.of(), Optional.empty()).values().stream()
                    .min(Comparator.comparing(Relative::name).thenComparing(Relative::imageId));
        });
    }

    private static int steps(Map<String, Integer> line, String id) {
        return -line.getOrDefault(id, 0);
    }

    /** Steps to an image itself and to its ancestors. */
    private static Map<String, Integer> line(Graph.Transaction transaction, String imageId) {
        self(transaction, imageId, Optional.empty());
        Map<String, Integer> line = new LinkedHashMap<>(Map.of(imageId, 0));
        line.putAll(KinWalk.up(transaction, imageId, FamilyLimits.DEFAULT, Optional.empty())
                .distances());
        return line;
    }
}
