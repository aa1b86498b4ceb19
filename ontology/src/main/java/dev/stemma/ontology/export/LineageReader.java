package dev.stemma.ontology.export;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ontology.mapping.Individual;
import dev.stemma.ontology.mapping.Individual.OfNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the lineage of one image, from one state of the graph. */
final class LineageReader {

    /** Ancestors and activities of one image; more is refused. */
    static final int MAX_NODES = 10_000;

    /** All that can be reached by going back, the image itself included. */
    private static final String BACKWARDS = """
            MATCH (image:Image {id: $id})
            MATCH (image)-[:DERIVED_FROM|GENERATED_BY|USED*0..]->(n:Image|Activity|Machine)
            WITH DISTINCT n LIMIT $limit
            RETURN CASE WHEN n:Image THEN 'Image' WHEN n:Machine THEN 'Machine' ELSE 'Activity' END AS label, n.id AS id, properties(n) AS p
            """;

    private static final String INVENTORY = """
            MATCH (image:Image {id: $id})-[h:HAS_INVENTORY]->(v:Inventory) WHERE h.until IS NULL
            OPTIONAL MATCH (v)-[:GENERATED_BY]->(a:Activity)-[:USED]->(image)
            RETURN v.id AS inventory, properties(v) AS v, properties(h) AS h, a.id AS activity, properties(a) AS a
            """;

    private static final String LINKS = """
            MATCH (s:Image|Activity|Inventory|Machine) WHERE s.id IN $ids
            MATCH (s)-[r:DERIVED_FROM|GENERATED_BY|USED|ASSOCIATED_WITH]->(e:Image|Activity|Agent|Machine)
            WHERE e:Agent OR e.id IN $ids
            RETURN type(r) AS type, head([l IN labels(s) WHERE l IN $labels]) AS startLabel, s.id AS start,
              head([l IN labels(e) WHERE l IN $labels]) AS endLabel, e.id AS end, properties(r) AS p,
              CASE WHEN e:Agent THEN properties(e) END AS agent
            """;

    private static final List<String> LABELS = List.of("Image", "Activity", "Agent", "Inventory", "Machine");

    private final Map<OfNode, Lineage.Node> nodes = new LinkedHashMap<>();
    private final List<Lineage.Link> links = new ArrayList<>();

    private LineageReader() {}

    /** The lineage; empty when there is no such image. */
    static Optional<Lineage> read(Graph graph, String imageId) {
        return graph.reading(transaction -> new LineageReader().read(transaction, imageId));
    }

    private Optional<Lineage> read(Graph.Transaction transaction, String imageId) {
        List<Row> back = transaction.run(new Statement(BACKWARDS, Map.of("id", imageId, "limit", MAX_NODES + 1L)));
        if (back.isEmpty()) {
            return Optional.empty();
        }
        if (back.size() > MAX_NODES) {
            throw new GraphException(
                    GraphException.Kind.TOO_MANY_ROWS, "the image has more than " + MAX_NODES + " ancestors");
        }
        back.forEach(row -> add(new OfNode(row.text("label"), row.text("id")), row.require("p")));
        transaction
                .run(new Statement(INVENTORY, Map.of("id", imageId)))
                .forEach(row -> inventory(row, new OfNode("Image", imageId)));
        List<String> ids = nodes.keySet().stream().map(OfNode::key).toList();
        transaction
                .run(new Statement(LINKS, Map.of("ids", ids, "labels", LABELS)))
                .forEach(this::link);
        return Optional.of(new Lineage(
                nodes.values().stream()
                        .sorted(Comparator.comparing((Lineage.Node n) -> n.id().label())
                                .thenComparing(n -> n.id().key()))
                        .toList(),
                links.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Lineage.Link::type)
                                .thenComparing(l -> l.start().key())
                                .thenComparing(l -> l.end().key())
                                .thenComparing(l -> new java.util.TreeMap<>(l.properties()).toString()))
                        .toList()));
    }

    private void inventory(Row row, OfNode image) {
        OfNode inventory = new OfNode("Inventory", row.text("inventory"));
        add(inventory, row.require("v"));
        links.add(new Lineage.Link("HAS_INVENTORY", image, inventory, map(row.require("h"))));
        row.findText("activity").ifPresent(id -> add(new OfNode("Activity", id), row.require("a")));
    }

    private void link(Row row) {
        OfNode start = new OfNode(row.text("startLabel"), row.text("start"));
        OfNode end = new OfNode(row.text("endLabel"), row.text("end"));
        row.find("agent").ifPresent(agent -> add(end, agent));
        if (nodes.containsKey(start) && nodes.containsKey(end)) {
            links.add(new Lineage.Link(row.text("type"), start, end, map(row.require("p"))));
        }
    }

    private void add(Individual.OfNode id, Object properties) {
        nodes.putIfAbsent(id, new Lineage.Node(id, map(properties)));
    }

    private static Map<?, ?> map(Object properties) {
        return (Map<?, ?>) properties;
    }
}
