package dev.stemma.ingest.emit;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.HeldRole;
import dev.stemma.graph.store.Batch;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what an inventory says of its machine; labels and types come from {@link FactForm}, values are parameters. */
final class FactWriter {

    private static final Statement FORGET_ROLES = Statement.named(FactWriter.class, "emit/forget-roles.cypher");
    private static final Statement ROLES = Statement.named(FactWriter.class, "emit/roles.cypher");

    private FactWriter() {}

    private record Kind(String label, String type) {
        /** Rows: id, properties, attributes. Cost: one index seek a row. */
        String cypher() {
            return TreeStatement.PLANNED_ONCE + "UNWIND $rows AS row "
                    + TreeStatement.seek("inventory", "Inventory", "id", "$inventory") + " MERGE (fact:" + label
                    + " {id: row.id}) ON CREATE SET fact += row.properties CREATE (inventory)-[held:" + type
                    + "]->(fact) SET held = row.attributes";
        }
    }

    static void facts(Graph.Transaction transaction, String inventory, List<GuestFact> facts) {
        Map<Kind, List<Map<String, Object>>> rows = new LinkedHashMap<>();
        for (GuestFact fact : facts) {
            FactForm form = FactForm.of(fact);
            rows.computeIfAbsent(new Kind(form.label(), form.type()), _ -> new ArrayList<>())
                    .add(Map.of("id", form.id(), "properties", form.properties(), "attributes", form.attributes()));
        }
        rows.forEach((kind, some) ->
                Batch.STANDARD.run(transaction, kind.cypher(), Map.of("inventory", inventory), some.iterator()));
    }

    /** Derived facts take the place of those that an earlier version of the rules made. */
    static void roles(Graph.Transaction transaction, String inventory, List<HeldRole> roles) {
        transaction.run(FORGET_ROLES.with(Map.of("inventory", inventory)));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (HeldRole role : roles) {
            rows.add(Map.of("role", role.role(), "analyzer", role.analyzer(), "reasons", role.reasons()));
        }
        Batch.STANDARD.run(transaction, ROLES.cypher(), Map.of("inventory", inventory), rows.iterator());
    }
}
