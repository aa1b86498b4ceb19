package dev.stemma.ontology.sparql.pushdown;

import dev.stemma.ontology.mapping.Datatype;
import dev.stemma.ontology.mapping.Individual;
import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.mapping.PropertyTerm;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/**
 * A term that is known before the statement runs, as the statement takes it.
 *
 * @param kind what it is
 * @param value the parameter: a node's key; a map of {@code start}, {@code end} and {@code k0}, {@code k1} … for a
 *     relationship's individual, with its start's label in {@code label}; a value; or an IRI
 */
record Anchor(Kind kind, Object value) {

    /** What a term stands for in the graph; empty when nothing in any graph can equal it. */
    static Optional<Anchor> of(Mapping mapping, Node term) {
        if (term.isLiteral()) {
            return Datatype.of(term).flatMap(datatype -> datatype.value(term)
                    .map(value -> new Anchor(new Kind.OfValue(datatype), value)));
        }
        if (!term.isURI()) {
            return Optional.empty();
        }
        Optional<Individual> individual = mapping.iris().parse(term.getURI());
        if (individual.isEmpty()) {
            return Optional.of(new Anchor(new Kind.OfTerm(), term.getURI()));
        }
        return switch (individual.get()) {
            case Individual.OfNode node -> Optional.of(new Anchor(new Kind.OfNode(Set.of(node.label())), node.key()));
            case Individual.OfRelationship relationship -> statement(mapping, relationship);
        };
    }

    private static Optional<Anchor> statement(Mapping mapping, Individual.OfRelationship individual) {
        var statement = mapping.statement(individual.type());
        Map<String, Object> value = new HashMap<>();
        value.put("label", individual.start().label());
        value.put("start", individual.start().key());
        int at = 0;
        if (statement.endInKey()) {
            value.put("end", individual.parts().get(at++));
        }
        int index = 0;
        for (PropertyTerm key : statement.keys()) {
            String part = individual.parts().get(at++);
            if (part.isEmpty()) {
                if (key.datatype() != Datatype.TEXT) {
                    return Optional.empty();
                }
                value.put("k" + index++, "");
                continue;
            }
            Node literal = NodeFactory.createLiteralDT(
                    part, NodeFactory.getType(key.datatype().iri()));
            Optional<Object> parsed = key.datatype().value(literal);
            if (parsed.isEmpty()) {
                return Optional.empty();
            }
            value.put("k" + index++, parsed.get());
        }
        return Optional.of(new Anchor(new Kind.OfStatement(individual.type()), value));
    }
}
