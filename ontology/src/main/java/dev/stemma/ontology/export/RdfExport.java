package dev.stemma.ontology.export;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ontology.mapping.Individual;
import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.mapping.NodeTerm;
import dev.stemma.ontology.mapping.RelationshipTerm;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.jena.graph.Triple;

/**
 * The whole graph as the triples that SPARQL queries see, label by label and type by type. A triple may come more than
 * once. Safe for use by several threads; memory does not grow with the graph.
 */
public final class RdfExport {

    private final Graph graph;
    private final Mapping mapping = Mapping.STEMMA;

    /**
     * @param graph stays the caller's
     */
    public RdfExport(Graph graph) {
        this.graph = graph;
    }

    /**
     * Hands over every triple.
     *
     * @throws dev.stemma.graph.store.GraphException when the graph does not answer
     */
    public void each(Consumer<Triple> sink) {
        TripleMaker maker = new TripleMaker(mapping, sink);
        mapping.nodes().forEach(term -> nodes(term, maker));
        for (RelationshipTerm term : mapping.relationships()) {
            for (String start : term.starts()) {
                for (String end : term.ends()) {
                    relationships(term, mapping.node(start), mapping.node(end), maker);
                }
            }
        }
    }

    private void nodes(NodeTerm term, TripleMaker maker) {
        graph.stream(Statement.of("MATCH (n:" + term.label() + ") RETURN properties(n) AS p"), row -> {
            Map<?, ?> properties = properties(row);
            String key = String.valueOf(properties.get(term.key()));
            maker.node(new Individual.OfNode(term.label(), key), properties);
        });
    }

    private void relationships(RelationshipTerm term, NodeTerm start, NodeTerm end, TripleMaker maker) {
        // Labels, types and keys are the mapping's own words; no value stands in the text.
        String cypher = "MATCH (s:%s)-[r:%s]->(e:%s) RETURN s.%s AS s, e.%s AS e, properties(r) AS p"
                .formatted(start.label(), term.type(), end.label(), start.key(), end.key());
        graph.stream(
                Statement.of(cypher),
                row -> maker.relationship(
                        term,
                        new Individual.OfNode(start.label(), row.text("s")),
                        new Individual.OfNode(end.label(), row.text("e")),
                        properties(row)));
    }

    private static Map<?, ?> properties(Row row) {
        return (Map<?, ?>) row.require("p");
    }
}
