package dev.stemma.ontology.mapping;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.jena.vocabulary.RDF;

/** The table that says how the graph reads as RDF, and the look-ups in it. Immutable. */
public final class Mapping {

    /** The graph of {@code docs/reference/graph-schema.adoc}. */
    public static final Mapping STEMMA = new Mapping(
            Stream.of(SchemaTable.NODES, VersionTable.NODES, MachineTable.NODES)
                    .flatMap(List::stream)
                    .toList(),
            Stream.of(SchemaTable.RELATIONSHIPS, VersionTable.RELATIONSHIPS, MachineTable.RELATIONSHIPS)
                    .flatMap(List::stream)
                    .toList());

    private final Map<String, NodeTerm> nodes;
    private final Map<String, RelationshipTerm> relationships;
    private final Map<String, Use> uses;
    private final Map<String, Set<String>> labelsOfClass = new HashMap<>();
    private final Map<String, String> typeOfClass = new HashMap<>();
    private final Iris iris = new Iris(this);

    Mapping(List<NodeTerm> nodes, List<RelationshipTerm> relationships) {
        this.nodes = byName(nodes, NodeTerm::label);
        this.relationships = byName(relationships, RelationshipTerm::type);
        this.uses = new Uses().of(nodes, relationships);
        for (NodeTerm node : nodes) {
            node.classes().forEach(c -> labelsOfClass
                    .computeIfAbsent(c, _ -> new HashSet<>())
                    .add(node.label()));
        }
        for (RelationshipTerm relationship : relationships) {
            relationship.statement().ifPresent(s -> s.classes().forEach(c -> typeOfClass.put(c, relationship.type())));
        }
    }

    private static <T> Map<String, T> byName(List<T> terms, Function<T, String> name) {
        return terms.stream()
                .collect(toMap(
                        name,
                        Function.identity(),
                        (a, b) -> {
                            throw new IllegalArgumentException("twice in the table: " + a);
                        },
                        LinkedHashMap::new));
    }

    /** All labels, in the order of the schema. */
    public Collection<NodeTerm> nodes() {
        return nodes.values();
    }

    /** All relationship types, in the order of the schema. */
    public Collection<RelationshipTerm> relationships() {
        return relationships.values();
    }

    /** All predicates, {@code rdf:type} among them. */
    public Set<String> predicates() {
        return uses.keySet();
    }

    /** The IRIs of individuals. */
    public Iris iris() {
        return iris;
    }

    /** A label that the table has. */
    public NodeTerm node(String label) {
        return Objects.requireNonNull(nodes.get(label), label);
    }

    /** A relationship type that the table has. */
    public RelationshipTerm relationship(String type) {
        return Objects.requireNonNull(relationships.get(type), type);
    }

    /** The individuals of a relationship type that has them. */
    public RelationshipTerm.StatementTerm statement(String type) {
        return relationship(type).statement().orElseThrow();
    }

    /** What a predicate means; empty for one that the graph does not know. */
    public Optional<Use> use(String predicate) {
        return Optional.ofNullable(uses.get(predicate));
    }

    /** Labels whose nodes are of a class; none for a class that the graph does not know. */
    public Set<String> labelsOfClass(String iri) {
        return Set.copyOf(labelsOfClass.getOrDefault(iri, Set.of()));
    }

    /** The relationship type whose individuals are of a class. */
    public Optional<String> typeOfClass(String iri) {
        return Optional.ofNullable(typeOfClass.get(iri));
    }

    Optional<NodeTerm> nodeOfKind(String kind) {
        return nodes.values().stream().filter(term -> term.kind().equals(kind)).findFirst();
    }

    Optional<RelationshipTerm> relationshipOfKind(String kind) {
        return relationships.values().stream()
                .filter(term ->
                        term.statement().filter(s -> s.kind().equals(kind)).isPresent())
                .findFirst();
    }

    /** Gathers the meaning of each predicate. */
    private static final class Uses {
        private final Map<String, Use> uses = new LinkedHashMap<>();

        Map<String, Use> of(List<NodeTerm> nodes, List<RelationshipTerm> relationships) {
            add(RDF.type.getURI(), new Use.Type());
            nodes.forEach(node -> node.properties().forEach(property -> property.predicates()
                    .forEach(p -> add(p, new Use.NodeValue(Set.of(node.label()), property)))));
            for (RelationshipTerm relationship : relationships) {
                relationship.predicates().forEach(p -> add(p, new Use.Direct(relationship)));
                relationship.narrowed().ifPresent(n -> add(n.predicate(), new Use.Narrowed(relationship, n.absent())));
                relationship.statement().ifPresent(s -> {
                    s.qualifiers().forEach(p -> add(p, new Use.Qualifier(relationship)));
                    s.targets().forEach(p -> add(p, new Use.Target(Set.of(relationship.type()))));
                    s.properties().forEach(property -> property.predicates()
                            .forEach(p -> add(p, new Use.StatementValue(Set.of(relationship.type()), property))));
                });
            }
            return Map.copyOf(uses);
        }

        private void add(String predicate, Use use) {
            uses.merge(predicate, use, (a, b) -> {
                if (a instanceof Use.NodeValue(var labels, var p)
                        && b instanceof Use.NodeValue(var more, var q)
                        && p.equals(q)) {
                    return new Use.NodeValue(both(labels, more), p);
                }
                if (a instanceof Use.StatementValue(var types, var p)
                        && b instanceof Use.StatementValue(var more, var q)
                        && p.equals(q)) {
                    return new Use.StatementValue(both(types, more), p);
                }
                if (a instanceof Use.Target(var types) && b instanceof Use.Target(var more)) {
                    return new Use.Target(both(types, more));
                }
                throw new IllegalArgumentException(predicate + " means two things: " + a + " and " + b);
            });
        }

        private static Set<String> both(Set<String> some, Set<String> more) {
            Set<String> all = new HashSet<>(some);
            all.addAll(more);
            return Set.copyOf(all);
        }
    }
}
