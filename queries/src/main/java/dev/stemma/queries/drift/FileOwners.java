package dev.stemma.queries.drift;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The package versions that brought changed paths. */
final class FileOwners {

    private static final int MAX_OWNERS = 20;
    private static final int PATHS_AT_ONCE = 5_000;
    private static final Statement OWNERS = Statement.named(FileOwners.class, "drift/owners.cypher");

    private final Aside<PackageComparison> packages;
    private final Map<String, List<Owner>> found = new HashMap<>();

    /**
     * A package version that brings a path.
     *
     * @param configuration whether as configuration, which people are expected to change
     */
    record Owner(String purl, boolean configuration) {}

    /** @param packages not asked for anything yet */
    FileOwners(Graph.Transaction transaction, Aside<PackageComparison> packages, List<FileComparison.Found> changes) {
        this.packages = packages;
        Set<String> paths = new LinkedHashSet<>();
        changes.stream()
                .filter(FileComparison.Found::mounted)
                .forEach(changed -> paths.add(changed.change().path()));
        List<String> all = List.copyOf(paths);
        for (int from = 0; from < all.size(); from += PATHS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + PATHS_AT_ONCE));
            for (Row row : transaction.run(OWNERS.with(Map.of("paths", some)))) {
                this.found
                        .computeIfAbsent(row.text("path"), _ -> new ArrayList<>())
                        .add(new Owner(row.text("purl"), row.flag("configuration")));
            }
        }
    }

    /** Those that are installed on the side where the path is, by purl. */
    List<Owner> of(FileComparison.Found changed) {
        if (!changed.mounted()) {
            return List.of();
        }
        boolean newer = changed.change().kind() != FileChange.Kind.REMOVED;
        return found.getOrDefault(changed.change().path(), List.of()).stream()
                .filter(owner -> packages.join().installed(owner.purl(), newer))
                .sorted(java.util.Comparator.comparing(Owner::purl))
                .limit(MAX_OWNERS)
                .toList();
    }
}
