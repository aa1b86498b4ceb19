package dev.stemma.queries.drift;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.version.VersionOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares the packages of two inventories: first as sets of purls with states, then only what differs in detail. */
final class PackageComparison {

    private static final Statement INSTALLED = Statement.named(PackageComparison.class, "drift/installed.cypher");
    private static final Statement VERSIONS = Statement.named(PackageComparison.class, "drift/versions.cypher");

    private final Map<String, Row> before;
    private final Map<String, Row> after;
    private final PackageDrift drift;

    private record Software(String ecosystem, String name, String architecture) {}

    private record Version(String text, String state) {}

    PackageComparison(Graph.Transaction transaction, String fromInventory, String toInventory) {
        before = installed(transaction, fromInventory);
        after = installed(transaction, toInventory);
        Set<String> differing = new HashSet<>();
        for (String purl : both()) {
            if (!state(before, purl).equals(state(after, purl))) {
                differing.add(purl);
            }
        }
        long unchanged = before.keySet().stream()
                .filter(purl -> present(before, purl) && !differing.contains(purl))
                .count();
        List<Row> details = differing.isEmpty()
                ? List.of()
                : transaction.run(VERSIONS.with(Map.of("purls", List.copyOf(differing))));
        drift = new PackageDrift(changes(details), unchanged);
    }

    private static Map<String, Row> installed(Graph.Transaction transaction, String inventoryId) {
        return transaction.run(INSTALLED.with(Map.of("inventoryId", inventoryId))).stream()
                .collect(Collectors.toMap(row -> row.text("purl"), row -> row, (a, _) -> a));
    }

    private Set<String> both() {
        Set<String> both = new HashSet<>(before.keySet());
        both.addAll(after.keySet());
        return both;
    }

    /** The package manager's word; empty for what is not installed, though its configuration may be left. */
    private static Optional<String> state(Map<String, Row> side, String purl) {
        return Optional.ofNullable(side.get(purl))
                .filter(row -> row.flag("present"))
                .map(row -> row.findText("state").orElse("installed") + (row.flag("held") ? ", held" : ""));
    }

    private static boolean present(Map<String, Row> side, String purl) {
        return state(side, purl).isPresent();
    }

    private List<PackageChange> changes(List<Row> details) {
        Map<Software, List<Version>> older = new HashMap<>();
        Map<Software, List<Version>> newer = new HashMap<>();
        Map<Software, Boolean> order = new TreeMap<>(Comparator.comparing(Software::name)
                .thenComparing(Software::architecture)
                .thenComparing(Software::ecosystem));
        for (Row row : details) {
            Software software = new Software(
                    row.text("ecosystem"),
                    row.text("name"),
                    row.findText("architecture").orElse(""));
            String version = row.text("version");
            state(before, row.text("purl")).ifPresent(state -> older.computeIfAbsent(software, _ -> new ArrayList<>())
                    .add(new Version(version, state)));
            state(after, row.text("purl")).ifPresent(state -> newer.computeIfAbsent(software, _ -> new ArrayList<>())
                    .add(new Version(version, state)));
            order.put(software, true);
        }
        List<PackageChange> changes = new ArrayList<>();
        for (Software software : order.keySet()) {
            Comparator<String> oldestFirst = VersionOrder.of(software.ecosystem());
            pair(software, sorted(older.get(software), oldestFirst), sorted(newer.get(software), oldestFirst), changes);
        }
        return changes;
    }

    /** By insertion: not every package manager's order is one that a library's sort would accept of hostile versions. */
    private static List<Version> sorted(
            @org.jspecify.annotations.Nullable List<Version> versions, Comparator<String> oldestFirst) {
        Comparator<Version> order =
                Comparator.comparing(Version::text, oldestFirst).thenComparing(Version::text);
        List<Version> sorted = new ArrayList<>();
        for (Version version : Objects.requireNonNullElse(versions, List.<Version>of())) {
            int at = Collections.binarySearch(sorted, version, order);
            sorted.add(at < 0 ? -at - 1 : at, version);
        }
        return sorted;
    }

    private static void pair(Software software, List<Version> older, List<Version> newer, List<PackageChange> changes) {
        int pairs = Math.max(older.size(), newer.size());
        for (int i = 0; i < pairs; i++) {
            Optional<Version> from = i < older.size() ? Optional.of(older.get(i)) : Optional.empty();
            Optional<Version> to = i < newer.size() ? Optional.of(newer.get(i)) : Optional.empty();
            changes.add(new PackageChange(
                    kind(software.ecosystem(), from, to),
                    software.ecosystem(),
                    software.name(),
                    software.architecture(),
                    from.map(Version::text),
                    to.map(Version::text),
                    from.map(Version::state),
                    to.map(Version::state)));
        }
    }

    private static PackageChange.Kind kind(String ecosystem, Optional<Version> from, Optional<Version> to) {
        if (from.isEmpty()) {
            return PackageChange.Kind.ADDED;
        }
        if (to.isEmpty()) {
            return PackageChange.Kind.REMOVED;
        }
        int order =
                VersionOrder.of(ecosystem).compare(from.get().text(), to.get().text());
        return order < 0
                ? PackageChange.Kind.UPGRADED
                : order > 0 ? PackageChange.Kind.DOWNGRADED : PackageChange.Kind.STATE;
    }

    /** The answer. */
    PackageDrift drift() {
        return drift;
    }

    /** Whether a package version is installed on a side. */
    boolean installed(String purl, boolean newer) {
        return present(newer ? after : before, purl);
    }
}
