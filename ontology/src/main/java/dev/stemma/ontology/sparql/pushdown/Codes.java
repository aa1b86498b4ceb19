package dev.stemma.ontology.sparql.pushdown;

import static java.util.stream.Collectors.joining;

import dev.stemma.ontology.mapping.Datatype;
import dev.stemma.ontology.mapping.Individual;
import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.mapping.PropertyTerm;
import dev.stemma.ontology.mapping.RelationshipTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/** How terms travel in the columns of an answer, and how columns become terms again. */
final class Codes {

    private final Mapping mapping;

    Codes(Mapping mapping) {
        this.mapping = mapping;
    }

    /** Turns a column, never null, into a term. */
    interface Decoder {
        Node term(Object column);
    }

    /** A slot's expression in an answer, and how to read it. */
    record Column(String expression, Decoder decoder) {}

    /** The shortest form whose kind the compiler knows. */
    Column column(Slot slot) {
        return switch (slot) {
            case Slot.OfNode node
            when node.labels().size() == 1 -> {
                String label = node.labels().iterator().next();
                yield new Column(key(node), key -> node(label, (String) key));
            }
            case Slot.OfNode node -> new Column(orNull(node, node.name(), node(node)), this::node);
            case Slot.OfStatement statement ->
                new Column(
                        orNull(statement, statement.name(), statement(statement)),
                        code -> statement(statement.relationship(), (List<?>) code, 0));
            case Slot.OfValue value -> new Column(value.expression(), value.datatype()::literal);
            case Slot.OfTerm term -> new Column(term.expression(), iri -> NodeFactory.createURI((String) iri));
            case Slot.Tagged tagged -> new Column(tagged.name(), this::tagged);
        };
    }

    /** The self-describing form: a list that starts with what it is. */
    String tagged(Slot slot) {
        return switch (slot) {
            case Slot.OfNode node -> orNull(node, node.name(), "['node', " + label(node) + ", " + key(node) + "]");
            case Slot.OfStatement statement ->
                orNull(
                        statement,
                        statement.name(),
                        "['" + statement.relationship().type() + "'] + " + statement(statement));
            case Slot.OfValue value ->
                orNull(value, value.expression(), "['" + value.datatype() + "', " + value.expression() + "]");
            case Slot.OfTerm term -> orNull(term, term.expression(), "['term', " + term.expression() + "]");
            case Slot.Tagged tagged -> tagged.name();
        };
    }

    private static String orNull(Slot slot, String name, String code) {
        return slot.nullable() ? "CASE WHEN " + name + " IS NULL THEN null ELSE " + code + " END" : code;
    }

    private String node(Slot.OfNode node) {
        return "[" + label(node) + ", " + key(node) + "]";
    }

    /** The one label of a node that the mapping knows. The words are the table's, so they may stand in the text. */
    String label(Slot.OfNode node) {
        if (node.labels().size() == 1) {
            return "'" + node.labels().iterator().next() + "'";
        }
        String known = node.labels().stream().sorted().map(l -> "'" + l + "'").collect(joining(", "));
        return "head([l IN labels(" + node.name() + ") WHERE l IN [" + known + "]])";
    }

    /** The key of a node. */
    String key(Slot.OfNode node) {
        return key(node.name(), node.labels());
    }

    private String key(String name, Set<String> labels) {
        List<String> keys = labels.stream()
                .map(label -> mapping.node(label).key())
                .distinct()
                .sorted()
                .toList();
        if (keys.size() == 1) {
            return name + "." + quoted(keys.getFirst());
        }
        StringBuilder expression = new StringBuilder("CASE");
        for (String key : keys.subList(1, keys.size())) {
            String having = labels.stream()
                    .filter(label -> mapping.node(label).key().equals(key))
                    .sorted()
                    .collect(joining("|"));
            expression
                    .append(" WHEN ")
                    .append(name)
                    .append(':')
                    .append(having)
                    .append(" THEN ")
                    .append(name)
                    .append('.')
                    .append(quoted(key));
        }
        return expression
                .append(" ELSE ")
                .append(name)
                .append('.')
                .append(quoted(keys.getFirst()))
                .append(" END")
                .toString();
    }

    private String statement(Slot.OfStatement slot) {
        var statement = slot.relationship().statement().orElseThrow();
        List<String> parts = new ArrayList<>();
        parts.add(label(slot.start()));
        parts.add(key(slot.start()));
        if (statement.endInKey()) {
            parts.add(key(slot.end()));
        }
        statement.keys().forEach(key -> parts.add(slot.name() + "." + quoted(key.name())));
        return "[" + String.join(", ", parts) + "]";
    }

    private Node node(Object code) {
        List<?> parts = (List<?>) code;
        return node((String) parts.get(0), (String) parts.get(1));
    }

    private Node node(String label, String key) {
        return NodeFactory.createURI(mapping.iris().iri(new Individual.OfNode(label, key)));
    }

    private Node statement(RelationshipTerm relationship, List<?> code, int from) {
        var statement = relationship.statement().orElseThrow();
        List<String> parts = new ArrayList<>();
        int at = from + 2;
        if (statement.endInKey()) {
            parts.add((String) code.get(at++));
        }
        for (PropertyTerm key : statement.keys()) {
            Object value = code.get(at++);
            parts.add(value == null ? "" : key.datatype().literal(value).getLiteralLexicalForm());
        }
        Individual.OfNode start = new Individual.OfNode((String) code.get(from), (String) code.get(from + 1));
        return NodeFactory.createURI(
                mapping.iris().iri(new Individual.OfRelationship(relationship.type(), start, parts)));
    }

    private Node tagged(Object code) {
        List<?> parts = (List<?>) code;
        String tag = (String) parts.getFirst();
        return switch (tag) {
            case "node" -> node((String) parts.get(1), (String) parts.get(2));
            case "term" -> NodeFactory.createURI((String) parts.get(1));
            case "TEXT", "INTEGER", "NUMBER", "FLAG", "TIME" ->
                Datatype.valueOf(tag).literal(parts.get(1));
            default -> statement(mapping.relationship(tag), parts, 1);
        };
    }

    /** A name of the table as Cypher takes any name. */
    static String quoted(String name) {
        return "`" + name + "`";
    }
}
