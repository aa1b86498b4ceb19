package dev.stemma.ontology.export;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ontology.mapping.Individual;
import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.mapping.NodeTerm;
import dev.stemma.ontology.mapping.PropertyTerm;
import dev.stemma.ontology.mapping.RelationshipTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;

/**
 * The whole graph as the triples that SPARQL queries see, label by label and type by type, straight from the mapping. A
 * triple may come more than once. Safe for use by several threads; memory does not grow with the graph.
 */
public final class RdfExport {

    private final Graph graph;
    private final Mapping mapping;

    /**
     * @param graph stays the caller's
     */
    public RdfExport(Graph graph) {
        this.graph = graph;
        this.mapping = Mapping.STEMMA;
    }

    /** Hands over every triple. */
    public void each(Consumer<Triple> sink) {
        for (NodeTerm term : mapping.nodes()) {
            graph.stream(
                    Statement.of("MATCH (n:" + term.label() + ") RETURN properties(n) AS p"),
                    row -> node(term, properties(row), sink));
        }
        for (RelationshipTerm term : mapping.relationships()) {
            for (String start : term.starts()) {
                for (String end : term.ends()) {
                    String cypher = "MATCH (s:%s)-[r:%s]->(e:%s) RETURN s.%s AS s, e.%s AS e, properties(r) AS p"
                            .formatted(
                                    start,
                                    term.type(),
                                    end,
                                    mapping.node(start).key(),
                                    mapping.node(end).key());
                    graph.stream(
                            Statement.of(cypher),
                            row -> relationship(
                                    term,
                                    new Individual.OfNode(start, row.text("s")),
                                    new Individual.OfNode(end, row.text("e")),
                                    properties(row),
                                    sink));
                }
            }
        }
    }

    private static Map<?, ?> properties(Row row) {
        return (Map<?, ?>) row.require("p");
    }

    private void node(NodeTerm term, Map<?, ?> properties, Consumer<Triple> sink) {
        Node subject = iri(new Individual.OfNode(term.label(), String.valueOf(properties.get(term.key()))));
        term.classes().forEach(c -> sink.accept(Triple.create(subject, RDF.type.asNode(), uri(c))));
        values(subject, term.properties(), properties, sink);
    }

    private void relationship(
            RelationshipTerm term,
            Individual.OfNode start,
            Individual.OfNode end,
            Map<?, ?> properties,
            Consumer<Triple> sink) {
        Node s = iri(start);
        Node e = iri(end);
        term.predicates().forEach(p -> sink.accept(Triple.create(s, uri(p), e)));
        term.narrowed()
                .filter(n -> properties.get(n.absent()) == null)
                .ifPresent(n -> sink.accept(Triple.create(s, uri(n.predicate()), e)));
        term.statement().ifPresent(statement -> {
            List<String> parts = new ArrayList<>();
            if (statement.endInKey()) {
                parts.add(end.key());
            }
            for (PropertyTerm key : statement.keys()) {
                Object value = properties.get(key.name());
                parts.add(value == null ? "" : key.datatype().literal(value).getLiteralLexicalForm());
            }
            Node individual = iri(new Individual.OfRelationship(term.type(), start, parts));
            statement.classes().forEach(c -> sink.accept(Triple.create(individual, RDF.type.asNode(), uri(c))));
            statement.qualifiers().forEach(p -> sink.accept(Triple.create(s, uri(p), individual)));
            statement.targets().forEach(p -> sink.accept(Triple.create(individual, uri(p), e)));
            values(individual, statement.properties(), properties, sink);
        });
    }

    private static void values(Node subject, List<PropertyTerm> terms, Map<?, ?> properties, Consumer<Triple> sink) {
        for (PropertyTerm term : terms) {
            Object value = properties.get(term.name());
            List<?> items = value == null ? List.of() : term.list() ? (List<?>) value : List.of(value);
            for (Object item : items) {
                Node literal = term.datatype().literal(item);
                term.predicates().forEach(p -> sink.accept(Triple.create(subject, uri(p), literal)));
            }
        }
    }

    private Node iri(Individual individual) {
        return uri(mapping.iris().iri(individual));
    }

    private static Node uri(String iri) {
        return NodeFactory.createURI(iri);
    }
}
