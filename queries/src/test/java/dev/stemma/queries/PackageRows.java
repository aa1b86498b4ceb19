package dev.stemma.queries;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.PackageGroups;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Packages of an inventory as rows of the groups that they are in, as the graph keeps them. */
public final class PackageRows {

    /** Writes the groups of one inventory after another. Rows: id (of the inventory), group, index, packages (maps with a purl). */
    public static final String CYPHER = """
            MATCH (i:Inventory {id: row.id})
            MERGE (g:PackageGroup {id: row.group})
            CREATE (i)-[:HAS_PACKAGES {index: row.index}]->(g)
            WITH g, row WHERE g.packages IS NULL
            SET g.packages = size(row.packages)
            WITH g, row
            UNWIND row.packages AS package
            MATCH (v:PackageVersion {purl: package.purl})
            CREATE (g)-[:INSTALLS {state: package.state, held: package.held, present: package.present}]->(v)
            """;

    private PackageRows() {}

    /** The rows of what is installed. */
    public static List<Map<String, Object>> of(String inventory, Collection<InstalledPackage> packages) {
        SortedMap<Integer, SortedMap<String, InstalledPackage>> groups = new TreeMap<>();
        packages.forEach(one -> groups.computeIfAbsent(PackageGroups.index(one.purl()), _ -> new TreeMap<>())
                .put(one.purl(), one));
        List<Map<String, Object>> rows = new ArrayList<>();
        groups.forEach((index, members) -> rows.add(Map.of(
                "id",
                inventory,
                "group",
                PackageGroups.id(members.values()).hex(),
                "index",
                index,
                "packages",
                members.values().stream().map(PackageRows::row).toList())));
        return rows;
    }

    private static Map<String, Object> row(InstalledPackage installed) {
        return Map.of(
                "purl", installed.purl(),
                "state", installed.state(),
                "held", installed.held(),
                "present", installed.present());
    }
}
