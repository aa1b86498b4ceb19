package dev.stemma.queries;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.PackageGroups;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

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

    /** Rows of packages that are all installed, by their purls. */
    public static List<Map<String, Object>> installed(String inventory, List<String> purls) {
        return of(inventory, purls, purl -> Map.of("purl", purl, "state", "installed", "held", false, "present", true));
    }

    /** @param row purl, state, held and present of each */
    public static <T> List<Map<String, Object>> of(
            String inventory, List<T> packages, Function<T, Map<String, Object>> row) {
        Map<Integer, List<Map<String, Object>>> groups = new TreeMap<>();
        packages.stream().map(row).forEach(one -> groups.computeIfAbsent(
                        PackageGroups.index(String.valueOf(one.get("purl"))), _ -> new ArrayList<>())
                .add(one));
        List<Map<String, Object>> rows = new ArrayList<>();
        groups.forEach((index, members) ->
                rows.add(Map.of("id", inventory, "group", id(members), "index", index, "packages", members)));
        return rows;
    }

    private static String id(List<Map<String, Object>> members) {
        String text = members.stream()
                .map(one -> one.get("purl") + " " + one.get("state") + " " + one.get("held"))
                .sorted()
                .toList()
                .toString();
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
