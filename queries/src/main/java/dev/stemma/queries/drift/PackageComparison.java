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
import org.jspecify.annotations.Nullable;

/** Compares the packages of two inventories: first as sets of purls with states, then only what differs in detail. */
final class PackageComparison {

    private static final Statement INSTALLED = Statement.named(PackageComparison.class, "drift/installed.cypher");
    private static final Statement VERSIONS = Statement.named(PackageComparison.class, "drift/versions.cypher");

    private final Map<String, String> before;
    private final Map<String, String> after;
    private final PackageDrift drift;

    private record Software(String ecosystem, String name, String architecture) {}

    private record Version(String text, String state) {}

    /**
     * @param before of the older side, as {@link #installed}
     * @param after of the newer side
     */
    PackageComparison(Graph.Transaction transaction, Map<String, String> before, Map<String, String> after) {
        this.before = before;
        this.after = after;
        Set<String> differing = new HashSet<>(before.keySet());
        differing.addAll(after.keySet());
        differing.removeIf(purl -> Objects.equals(before.get(purl), after.get(purl)));
        long unchanged = before.keySet().stream()
                .filter(purl -> !differing.contains(purl))
                .count();
        List<Row> details = differing.isEmpty()
                ? List.of()
                : transaction.run(VERSIONS.with(Map.of("purls", List.copyOf(differing))));
        drift = new PackageDrift(changes(details), unchanged);
    }

    /** Reads what is installed in some inventories: the package manager's word by purl, without those of which configuration alone may be left. */
    static Map<String, Map<String, String>> installed(Graph.Transaction transaction, Set<String> inventoryIds) {
        Map<String, Map<String, String>> installed = new HashMap<>();
        inventoryIds.forEach(id -> installed.put(id, new HashMap<>()));
        for (Row row : transaction.run(INSTALLED.with(Map.of("inventoryIds", List.copyOf(inventoryIds))))) {
            if (row.flag("present")) {
                String state = row.findText("state").orElse("installed") + (row.flag("held") ? ", held" : "");
                List<String> purls = row.texts("purls");
                for (String id : row.texts("inventoryIds")) {
                    Map<String, String> one = Objects.requireNonNull(installed.get(id));
                    purls.forEach(purl -> one.put(purl, state));
                }
            }
        }
        installed.replaceAll((_, one) -> Collections.unmodifiableMap(one));
        return installed;
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
            add(older, software, version, before.get(row.text("purl")));
            add(newer, software, version, after.get(row.text("purl")));
            order.put(software, true);
        }
        List<PackageChange> changes = new ArrayList<>();
        for (Software software : order.keySet()) {
            VersionOrder versions = VersionOrder.of(software.ecosystem());
            pair(software, sorted(older.get(software), versions), sorted(newer.get(software), versions), changes);
        }
        return changes;
    }

    private static void add(
            Map<Software, List<Version>> side, Software software, String version, @Nullable String state) {
        if (state != null) {
            side.computeIfAbsent(software, _ -> new ArrayList<>()).add(new Version(version, state));
        }
    }

    /** By insertion: not every package manager's order is one that a library's sort would accept of hostile versions. */
    private static List<Version> sorted(@Nullable List<Version> versions, VersionOrder oldestFirst) {
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
                    kind(software, from, to),
                    software.ecosystem(),
                    software.name(),
                    software.architecture(),
                    from.map(Version::text),
                    to.map(Version::text),
                    from.map(Version::state),
                    to.map(Version::state)));
        }
    }

    private static PackageChange.Kind kind(Software software, Optional<Version> from, Optional<Version> to) {
        if (from.isEmpty()) {
            return PackageChange.Kind.ADDED;
        }
        if (to.isEmpty()) {
            return PackageChange.Kind.REMOVED;
        }
        int order = VersionOrder.of(software.ecosystem())
                .compare(from.get().text(), to.get().text());
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
        return (newer ? after : before).containsKey(purl);
    }
}
