package dev.stemma.ingest.emit;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.PackageGroups;
import dev.stemma.graph.store.Batch;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes the packages of an inventory as groups, each of them a value that all inventories with the same packages in it share
 * (ADR 37): what is written follows what differs from the images before, not how much is installed.
 */
final class PackageGroupWriter {

    private static final Statement GROUPS = Statement.named(PackageGroupWriter.class, "emit/package-groups.cypher");
    private static final Statement INSTALLS = Statement.named(PackageGroupWriter.class, "emit/installs.cypher");

    private PackageGroupWriter() {}

    /** Of packages that are listed twice, the first counts. */
    static void write(Graph.Transaction transaction, String inventory, List<InstalledPackage> packages) {
        Map<String, List<InstalledPackage>> groups = new HashMap<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        byIndex(packages).forEach((index, group) -> {
            List<InstalledPackage> members = List.copyOf(group.values());
            String id = PackageGroups.id(members).hex();
            groups.put(id, members);
            rows.add(Map.of("id", id, "index", index, "packages", members.size()));
        });
        Set<String> missing = new HashSet<>();
        for (Row row : transaction.run(GROUPS.with(Map.of("inventory", inventory, "rows", rows)))) {
            missing.add(row.text("id"));
        }
        Batch.STANDARD.run(
                transaction,
                INSTALLS.cypher(),
                Map.of(),
                missing.stream()
                        .flatMap(id ->
                                groups.getOrDefault(id, List.of()).stream().map(installed -> row(id, installed)))
                        .iterator());
    }

    private static SortedMap<Integer, SortedMap<String, InstalledPackage>> byIndex(List<InstalledPackage> packages) {
        SortedMap<Integer, SortedMap<String, InstalledPackage>> groups = new TreeMap<>();
        for (InstalledPackage installed : packages) {
            groups.computeIfAbsent(PackageGroups.index(installed.purl()), _ -> new TreeMap<>())
                    .putIfAbsent(installed.purl(), installed);
        }
        return groups;
    }

    private static Map<String, Object> row(String group, InstalledPackage installed) {
        return Map.of(
                "group",
                group,
                "purl",
                installed.purl(),
                "state",
                installed.state(),
                "held",
                installed.held(),
                "present",
                installed.present(),
                "locations",
                installed.locations());
    }
}
