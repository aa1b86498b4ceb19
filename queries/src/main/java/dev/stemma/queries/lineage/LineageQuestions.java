package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Questions about descent that have a list for an answer (row V15): bounded by {@link FamilyLimits}, and in pages. They follow all derivations that are stored,
 * each with its basis. Safe for use by several threads; keeps nothing.
 */
public final class LineageQuestions {

    private static final int AT_ONCE = 1_000;
    private static final Statement OF_PACKAGE =
            Statement.named(LineageQuestions.class, "lineage/holders-of-package.cypher");
    private static final Statement OF_FILE = Statement.named(LineageQuestions.class, "lineage/holders-of-file.cypher");
    private static final Statement DERIVED = Statement.named(LineageQuestions.class, "lineage/derived.cypher");

    private final Graph graph;

    public LineageQuestions(Graph graph) {
        this.graph = graph;
    }

    /** Which way is looked. */
    public enum Direction {
        ANCESTORS,
        DESCENDANTS
    }

    /**
     * Ancestors or descendants, nearest first; at one distance in the order of their ids.
     *
     * @param having only those that have this now; empty for all
     * @return its {@code total} counts what was followed within the limits
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public Page<Relative> kin(
            String imageId, Direction direction, Optional<Thing> having, FamilyLimits limits, PageRequest page) {
        return graph.reading(transaction -> {
            FamilyTree.self(transaction, imageId, Optional.empty());
            Map<String, Integer> distances = (direction == Direction.ANCESTORS
                            ? KinWalk.up(transaction, imageId, limits, Optional.empty())
                            : KinWalk.down(transaction, imageId, limits, Optional.empty()))
                    .distances();
            Map<String, Integer> wanted = new LinkedHashMap<>(distances);
            having.ifPresent(
                    thing -> wanted.keySet().retainAll(holders(transaction, distances.keySet(), thing).holding));
            return page(transaction, wanted, page);
        });
    }

    private static FamilyWalk up(Graph.Transaction transaction, String imageId, FamilyLimits limits) {
        FamilyTree.self(transaction, imageId, Optional.empty());
        return new FamilyWalk(transaction, limits, Optional.empty()).up(imageId);
    }

    private static Page<Relative> page(
            Graph.Transaction transaction, Map<String, Integer> distances, PageRequest page) {
        List<Map.Entry<String, Integer>> sorted = distances.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Integer> each) -> Math.abs(each.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .toList();
        Predicate<Map.Entry<String, Integer>> later = page.after()
                .map(cursor -> cursor.require(2))
                .<Predicate<Map.Entry<String, Integer>>>map(key -> {
                    int distance = number(key.getFirst());
                    return each -> Math.abs(each.getValue()) > distance
                            || (Math.abs(each.getValue()) == distance
                                    && each.getKey().compareTo(key.getLast()) > 0);
                })
                .orElse(_ -> true);
        List<Map.Entry<String, Integer>> rest = sorted.stream().filter(later).toList();
        Map<String, Integer> shown = new LinkedHashMap<>();
        rest.stream().limit(page.limit()).forEach(each -> shown.put(each.getKey(), each.getValue()));
        Map<String, Relative> relatives = Relatives.of(transaction, shown, Map.of(), Optional.empty());
        Optional<String> next = rest.size() > page.limit()
                ? Optional.of(rest.get(page.limit() - 1))
                        .map(last -> Cursor.of(Integer.toString(Math.abs(last.getValue())), last.getKey())
                                .text())
                : Optional.empty();
        return new Page<>(
                shown.keySet().stream()
                        .filter(relatives::containsKey)
                        .map(id -> require(relatives, id))
                        .toList(),
                next,
                sorted.size());
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID, "not a cursor of this answer; leave it out to start at the first page");
        }
    }

    private static Relative require(Map<String, Relative> relatives, String id) {
        Relative relative = relatives.get(id);
        if (relative == null) {
            throw new IllegalStateException("no relative " + id);
        }
        return relative;
    }

    private record Holding(Set<String> holding, Set<String> told) {}

    /** Which have it, and of which it is known whether they have. */
    private static Holding holders(Graph.Transaction transaction, Set<String> ids, Thing thing) {
        Holding found = new Holding(new HashSet<>(), new HashSet<>());
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            Statement statement =
                    switch (thing) {
                        case Thing.PackageNamed named -> OF_PACKAGE.with(Map.of("ids", some, "name", named.name()));
                        case Thing.FileContent file ->
                            OF_FILE.with(
                                    Map.of("ids", some, "digest", file.digest().hex()));
                    };
            for (Row row : transaction.run(statement)) {
                if (row.flag("told")) {
                    found.told.add(row.text("id"));
                }
                if (row.flag("holds")) {
                    found.holding.add(row.text("id"));
                }
            }
        }
        return found;
    }

    /**
     * Who brought something in: of an image and its ancestors those that have it while none of what they derive from is known to. Several, when
     * it came more than once; none, when neither the image nor any ancestor has it. Farthest first.
     *
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public Page<Relative> origins(String imageId, Thing thing, FamilyLimits limits, PageRequest page) {
        return graph.reading(transaction -> {
            FamilyWalk walk = up(transaction, imageId, limits);
            Map<String, Integer> distances = new LinkedHashMap<>(Map.of(imageId, 0));
            distances.putAll(walk.distances());
            Holding holding = holders(transaction, distances.keySet(), thing);
            Map<String, List<String>> parents = new HashMap<>();
            walk.derivations().forEach(each -> parents.computeIfAbsent(each.childId(), _ -> new ArrayList<>())
                    .add(each.parentId()));
            Map<String, Integer> origins = new LinkedHashMap<>();
            for (String id : holding.holding) {
                boolean inherited = knownAbove(id, parents, holding).stream().anyMatch(holding.holding::contains);
                if (!inherited) {
                    origins.put(id, distances.getOrDefault(id, 0));
                }
            }
            return page(transaction, origins, page);
        });
    }

    /** The nearest ancestors of which it is known whether they have it: those that were not indexed say nothing. */
    private static Set<String> knownAbove(String id, Map<String, List<String>> parents, Holding holding) {
        Set<String> known = new HashSet<>();
        Set<String> met = new HashSet<>(Set.of(id));
        List<String> border = List.of(id);
        while (!border.isEmpty()) {
            List<String> next = new ArrayList<>();
            for (String child : border) {
                for (String parent : parents.getOrDefault(child, List.of())) {
                    if (met.add(parent)) {
                        if (holding.told.contains(parent)) {
                            known.add(parent);
                        } else {
                            next.add(parent);
                        }
                    }
                }
            }
            border = next;
        }
        return known;
    }

    /**
     * The shortest way from one image to another by way of the nearest ancestor that both have; empty when they have none in common.
     *
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public Optional<LineagePath> path(String fromId, String toId) {
        return graph.reading(transaction -> {
            FamilyWalk mine = up(transaction, fromId, FamilyLimits.DEFAULT);
            FamilyWalk theirs = up(transaction, toId, FamilyLimits.DEFAULT);
            Map<String, Integer> up = new LinkedHashMap<>(Map.of(fromId, 0));
            up.putAll(mine.distances());
            Map<String, Integer> down = new LinkedHashMap<>(Map.of(toId, 0));
            down.putAll(theirs.distances());
            // Distances upwards are negative.
            Optional<String> top = up.keySet().stream()
                    .filter(down::containsKey)
                    .max(Comparator.comparingInt((String id) -> up.getOrDefault(id, 0) + down.getOrDefault(id, 0))
                            .thenComparing(Comparator.reverseOrder()));
            return top.map(id -> path(transaction, fromId, toId, id, mine, theirs));
        });
    }

    private static LineagePath path(
            Graph.Transaction transaction, String fromId, String toId, String top, FamilyWalk mine, FamilyWalk theirs) {
        List<Derivation> upwards = climb(fromId, top, mine);
        List<Derivation> downwards = climb(toId, top, theirs).reversed();
        Map<String, Integer> ids = new LinkedHashMap<>(Map.of(fromId, 0));
        upwards.forEach(each -> ids.put(each.parentId(), ids.size()));
        int index = ids.size() - 1;
        downwards.forEach(each -> ids.put(each.childId(), ids.size()));
        Map<String, Relative> relatives = Relatives.of(transaction, ids, Map.of(), Optional.empty());
        List<Derivation> all = new ArrayList<>(upwards);
        all.addAll(downwards);
        return new LineagePath(
                ids.keySet().stream().map(id -> require(relatives, id)).toList(), index, all);
    }

    /** From an image to one of its ancestors, each step to where fewest are left. */
    private static List<Derivation> climb(String fromId, String top, FamilyWalk walk) {
        Map<String, Derivation> towards = new HashMap<>();
        Set<String> met = new LinkedHashSet<>(Set.of(top));
        List<String> border = List.of(top);
        while (!border.isEmpty() && !met.contains(fromId)) {
            List<String> next = new ArrayList<>();
            for (Derivation each : walk.derivations()) {
                if (border.contains(each.parentId()) && met.add(each.childId())) {
                    towards.put(each.childId(), each);
                    next.add(each.childId());
                }
            }
            border = next;
        }
        List<Derivation> steps = new ArrayList<>();
        for (Derivation step = towards.get(fromId); step != null; step = towards.get(step.parentId())) {
            steps.add(step);
        }
        return steps;
    }

    /**
     * Images with an ancestor that was revoked, or that has an active successor, in the order of their ids. Only recorded and observed derivations count.
     *
     * @return without a {@code total}: 0
     */
    public Page<Relative> outdated(PageRequest page) {
        return graph.reading(transaction -> {
            List<Relative> found = new ArrayList<>();
            String after =
                    page.after().map(cursor -> cursor.require(1).getFirst()).orElse("");
            while (found.size() <= page.limit()) {
                List<String> ids = transaction.run(DERIVED.with(Map.of("after", after, "limit", AT_ONCE))).stream()
                        .map(row -> row.text("id"))
                        .toList();
                if (ids.isEmpty()) {
                    return new Page<>(found, Optional.empty(), 0);
                }
                after = ids.getLast();
                Map<String, List<Warning>> warnings = Warnings.of(transaction, ids, Optional.empty());
                Map<String, Integer> distances = new LinkedHashMap<>();
                ids.stream().filter(warnings::containsKey).forEach(id -> distances.put(id, 0));
                Relatives.of(transaction, distances, warnings, Optional.empty()).values().stream()
                        .sorted(Comparator.comparing(Relative::imageId))
                        .forEach(found::add);
            }
            List<Relative> shown = found.subList(0, page.limit());
            return new Page<>(
                    shown, Optional.of(Cursor.of(shown.getLast().imageId()).text()), 0);
        });
    }
}
