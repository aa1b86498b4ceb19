package dev.stemma.ontology.export;

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

/** Says nodes and relationships as triples, straight from the mapping. */
final class TripleMaker {

    private final Mapping mapping;
    private final Consumer<Triple> sink;

    TripleMaker(Mapping mapping, Consumer<Triple> sink) {
        this.mapping = mapping;
        this.sink = sink;
    }

    /** The triples of a node alone. */
    void node(Individual.OfNode node, Map<?, ?> properties) {
        NodeTerm term = mapping.node(node.label());
        Node subject = iri(node);
        term.classes().forEach(c -> say(subject, RDF.type.getURI(), uri(c)));
        values(subject, term.properties(), properties);
    }

    /** The direct triples of a relationship, and those of its individual. */
    void relationship(RelationshipTerm term, Individual.OfNode start, Individual.OfNode end, Map<?, ?> properties) {
        Node s = iri(start);
        Node e = iri(end);
        term.predicates().forEach(p -> say(s, p, e));
        term.narrowed()
                .filter(narrowed -> properties.get(narrowed.absent()) == null)
                .ifPresent(narrowed -> say(s, narrowed.predicate(), e));
        term.statement().ifPresent(statement -> {
            Node individual = iri(individual(term, start, end, properties));
            statement.classes().forEach(c -> say(individual, RDF.type.getURI(), uri(c)));
            statement.qualifiers().forEach(p -> say(s, p, individual));
            statement.targets().forEach(p -> say(individual, p, e));
            values(individual, statement.properties(), properties);
        });
    }

    /** The individual that stands for a relationship of a type that has them. */
    static Individual.OfRelationship individual(
            RelationshipTerm term, Individual.OfNode start, Individual.OfNode end, Map<?, ?> properties) {
        var statement = term.statement().orElseThrow();
        List<String> parts = new ArrayList<>();
        if (statement.endInKey()) {
            parts.add(end.key());
        }
        for (PropertyTerm key : statement.keys()) {
            Object value = properties.get(key.name());
            parts.add(value == null ? "" : key.datatype().literal(value).getLiteralLexicalForm());
        }
        return new Individual.OfRelationship(term.type(), start, parts);
    }

    private void values(Node subject, List<PropertyTerm> terms, Map<?, ?> properties) {
        for (PropertyTerm term : terms) {
            for (Object item : items(term, properties)) {
                Node literal = term.datatype().literal(item);
                term.predicates().forEach(p -> say(subject, p, literal));
            }
        }
    }

    /** A property's values: none, one, or those of its list. */
    static List<?> items(PropertyTerm term, Map<?, ?> properties) {
        Object value = properties.get(term.name());
        return value == null ? List.of() : term.list() ? (List<?>) value : List.of(value);
    }

    private void say(Node subject, String predicate, Node object) {
        sink.accept(Triple.create(subject, uri(predicate), object));
    }

    Node iri(Individual individual) {
        return uri(mapping.iris().iri(individual));
    }

    private static Node uri(String iri) {
        return NodeFactory.createURI(iri);
    }
}
