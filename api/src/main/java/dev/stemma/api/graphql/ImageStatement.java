package dev.stemma.api.graphql;

import dev.stemma.graph.store.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one statement behind {@code images}: fixed pieces, one for each condition that is there, the most selective first;
 * values travel as parameters only.
 */
final class ImageStatement {

    private static final String IMAGE =
            "{.id, .name, .description, .format, .location, .virtualBytes, .allocatedBytes, .modifiedAt, .state}";

    private final StringBuilder cypher = new StringBuilder();
    private final Map<String, Object> parameters = new HashMap<>();

    private ImageStatement() {}

    /**
     * @param arguments of the field, those not given absent; {@code found} holds the ids that a search gave, where there was one
     * @param base id of the image that the wanted ones derive from; null for no such condition
     */
    static Statement of(Map<String, Object> arguments, @Nullable String base, int limit) {
        ImageStatement statement = new ImageStatement();
        statement.begin(base);
        statement.piece(arguments.get("found"), "found", "WITH i WHERE i.id IN $found\n");
        statement.piece(arguments.get("package"), "package", """
                MATCH (:Package {name: $package})<-[:VERSION_OF]-(:PackageVersion)<-[r:INSTALLS]-(:PackageGroup)<-[:HAS_PACKAGES]-(:Inventory)<-[h:HAS_INVENTORY]-(i)
                WHERE r.present AND h.until IS NULL
                WITH DISTINCT i
                """);
        statement.piece(arguments.get("distribution"), "distribution", """
                MATCH (:OperatingSystem {distribution: $distribution})<-[:RUNS]-(:Inventory)<-[h:HAS_INVENTORY]-(i)
                WHERE h.until IS NULL
                WITH DISTINCT i
                """);
        statement.piece(arguments.get("role"), "role", """
                MATCH (:Role {id: $role})<-[:HAS_ROLE]-(:Inventory)<-[h:HAS_INVENTORY]-(i)
                WHERE h.until IS NULL
                WITH DISTINCT i
                """);
        statement.piece(arguments.get("withoutPackage"), "withoutPackage", """
                WITH collect(i) AS candidates
                CALL () {
                  MATCH (:Package {name: $withoutPackage})<-[:VERSION_OF]-(:PackageVersion)<-[r:INSTALLS]-(:PackageGroup)<-[:HAS_PACKAGES]-(:Inventory)
                        <-[h:HAS_INVENTORY]-(x:Image)
                  WHERE r.present AND h.until IS NULL
                  RETURN collect(DISTINCT x) AS having
                }
                UNWIND candidates AS i
                WITH i, having WHERE NOT i IN having AND EXISTS { MATCH (i)-[h:HAS_INVENTORY]->() WHERE h.until IS NULL }
                WITH i
                """);
        statement.piece(arguments.get("name"), "name", "WITH i WHERE toLower(i.name) CONTAINS toLower($name)\n");
        statement.piece(
                arguments.get("after"),
                "after",
                "MATCH (last:Image {id: $after})\nWITH i, last WHERE [i.name, i.id] > [last.name, last.id]\nWITH i\n");
        statement.cypher.append("RETURN i ").append(IMAGE).append(" AS value ORDER BY i.name, i.id LIMIT $limit");
        statement.parameters.put("limit", limit);
        return new Statement(statement.cypher.toString(), statement.parameters);
    }

    private void begin(@Nullable String base) {
        if (base == null) {
            cypher.append("MATCH (i:Image)\n");
        } else {
            cypher.append(
                    "MATCH (:Image {id: $base})<-[:DERIVED_FROM]-{1,100}(i:Image) WHERE i.id <> $base\nWITH DISTINCT i\n");
            parameters.put("base", base);
        }
    }

    private void piece(@Nullable Object value, String name, String text) {
        if (value != null) {
            cypher.append(text);
            parameters.put(name, value);
        }
    }
}
