package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is the matter with the ancestors of some images. Only recorded and observed derivations count: an inferred one is no reason
 * to warn of anything. Used once.
 */
public final class Warnings {

    /** Derivations followed upwards, at most. */
    private static final int MAX_DERIVATIONS = 100_000;

    private static final DatedStatement VERSIONS = DatedStatement.named(Warnings.class, "lineage/versions");
    private static final DatedStatement NEWEST = DatedStatement.named(Warnings.class, "lineage/newest");
    private static final Statement ANCESTRY = Statement.named(Warnings.class, "lineage/ancestry.cypher");

    private final Graph.Transaction transaction;
    private final Optional<AsOf> at;
    private final Map<String, List<String>> parents = new HashMap<>();
    private final Map<String, List<String>> children = new HashMap<>();
    private final Map<String, List<Warning>> warnings = new LinkedHashMap<>();

    /** A version in its chain. */
    private record Standing(String id, String chain, String number, long ordinal, String state) {
        static Standing of(Row row) {
            return new Standing(
                    row.text("id"),
                    row.text("chain"),
                    row.text("number"),
                    row.number("ordinal"),
                    row.findText("state").orElse("ACTIVE"));
        }

        String reference() {
            return chain + ":" + number;
        }
    }

    private record Newest(Standing standing, List<String> sources) {}

    private Warnings(Graph.Transaction transaction, Optional<AsOf> at) {
        this.transaction = transaction;
        this.at = at;
    }

    /**
     * The warnings for some images, by id; an image without any has no entry.
     *
     * @param at as of when; empty for now
     */
    public static Map<String, List<Warning>> of(
            Graph.Transaction transaction, Collection<String> ids, Optional<AsOf> at) {
        Warnings found = new Warnings(transaction, at);
        found.climb(ids);
        if (!found.parents.isEmpty()) {
            found.judge(ids);
        }
        return found.warnings;
    }

    private void climb(Collection<String> ids) {
        Set<String> known = new HashSet<>(ids);
        List<String> generation = List.copyOf(ids);
        int left = MAX_DERIVATIONS;
        while (!generation.isEmpty() && left > 0) {
            List<Row> rows = transaction.run(
                    ANCESTRY.with(Map.of("ids", generation, "limit", left, "at", at.map(AsOf::instant))));
            left -= rows.size();
            List<String> next = new ArrayList<>();
            for (Row row : rows) {
                String child = row.text("child");
                String parent = row.text("parent");
                parents.computeIfAbsent(child, _ -> new ArrayList<>()).add(parent);
                children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(child);
                if (known.add(parent)) {
                    next.add(parent);
                }
            }
            generation = next;
        }
    }

    private void judge(Collection<String> ids) {
        Set<String> all = new LinkedHashSet<>(ids);
        all.addAll(children.keySet());
        Map<String, Standing> versions = new LinkedHashMap<>();
        transaction
                .run(VERSIONS.with(Map.of("ids", List.copyOf(all)), at))
                .forEach(row -> versions.put(row.text("id"), Standing.of(row)));
        versions.values().stream()
                .filter(version -> version.state().equals("REVOKED"))
                .sorted(Comparator.comparing(Standing::chain).thenComparingLong(Standing::ordinal))
                .forEach(version -> below(version.id())
                        .forEach(id -> warn(
                                id,
                                new Warning(
                                        Warning.Kind.REVOKED_ANCESTOR,
                                        version.id(),
                                        version.reference(),
                                        Optional.empty(),
                                        Optional.empty()))));
        Map<String, Newest> newest = newest(versions.values());
        ids.forEach(id -> outdated(id, versions, newest));
        warnings.keySet().retainAll(Set.copyOf(ids));
    }

    /** All that was made of an image, without itself. */
    private Set<String> below(String id) {
        Set<String> met = new LinkedHashSet<>();
        Deque<String> waiting = new ArrayDeque<>(List.of(id));
        while (!waiting.isEmpty()) {
            for (String child : children.getOrDefault(waiting.remove(), List.of())) {
                if (!child.equals(id) && met.add(child)) {
                    waiting.add(child);
                }
            }
        }
        return met;
    }

    private Map<String, Newest> newest(Collection<Standing> versions) {
        List<String> chains = versions.stream().map(Standing::chain).distinct().toList();
        Map<String, Newest> newest = new HashMap<>();
        for (Row row : transaction.run(NEWEST.with(Map.of("chains", chains), at))) {
            newest.put(
                    row.text("chain"),
                    new Newest(
                            new Standing(
                                    row.text("id"),
                                    row.text("chain"),
                                    row.text("number"),
                                    row.number("ordinal"),
                                    "ACTIVE"),
                            row.texts("sources")));
        }
        return newest;
    }

    /** A version is not outdated by its own chain, nor an image by the version that was checked in from it. */
    private void outdated(String id, Map<String, Standing> versions, Map<String, Newest> newest) {
        for (Standing parent : nearest(id, versions)) {
            Newest last = newest.get(parent.chain());
            Standing own = versions.get(id);
            boolean sameChain = own != null && own.chain().equals(parent.chain());
            if (last != null
                    && !sameChain
                    && last.standing().ordinal() > parent.ordinal()
                    && !last.sources().contains(id)) {
                warn(
                        id,
                        new Warning(
                                Warning.Kind.NEWER_PARENT,
                                parent.id(),
                                parent.reference(),
                                Optional.of(last.standing().id()),
                                Optional.of(last.standing().reference())));
            }
        }
    }

    /** The versions above an image that are reached without passing another version. */
    private List<Standing> nearest(String id, Map<String, Standing> versions) {
        List<Standing> nearest = new ArrayList<>();
        Set<String> met = new HashSet<>(Set.of(id));
        Deque<String> waiting = new ArrayDeque<>(List.of(id));
        while (!waiting.isEmpty() && nearest.size() < Warning.MAX) {
            for (String parent : parents.getOrDefault(waiting.remove(), List.of())) {
                if (met.add(parent)) {
                    Standing version = versions.get(parent);
                    if (version == null) {
                        waiting.add(parent);
                    } else {
                        nearest.add(version);
                    }
                }
            }
        }
        nearest.sort(Comparator.comparing(Standing::chain).thenComparingLong(Standing::ordinal));
        return nearest;
    }

    private void warn(String id, Warning warning) {
        List<Warning> list = warnings.computeIfAbsent(id, _ -> new ArrayList<>());
        if (list.size() < Warning.MAX) {
            list.add(warning);
        }
    }
}
