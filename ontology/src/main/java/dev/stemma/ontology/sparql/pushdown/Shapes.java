package dev.stemma.ontology.sparql.pushdown;

import static java.util.stream.Collectors.toSet;

import dev.stemma.ontology.mapping.Datatype;
import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.mapping.NodeTerm;
import dev.stemma.ontology.mapping.PropertyTerm;
import dev.stemma.ontology.mapping.RelationshipTerm;
import dev.stemma.ontology.mapping.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.jspecify.annotations.Nullable;

/** The ways in which one triple pattern can match, whatever its neighbours say. */
final class Shapes {

    /** A shape, and what it asks of its places. */
    record Candidate(Shape shape, Kind subject, Kind object) {}

    private static final Optional<String> ALL = Optional.empty();

    private final Mapping mapping;

    Shapes(Mapping mapping) {
        this.mapping = mapping;
    }

    List<Candidate> of(Triple triple) {
        Node p = triple.getPredicate();
        if (p.isVariable()) {
            return any(triple).toList();
        }
        return mapping.use(p.getURI())
                .map(use -> known(triple.getSubject(), use, triple.getObject()).toList())
                .orElse(List.of());
    }

    private Stream<Candidate> known(Node s, Use use, Node o) {
        return switch (use) {
            case Use.Type _ -> classes(s, null, o);
            case Use.Direct(var r) -> Stream.of(direct(s, r, ALL, o));
            case Use.Narrowed(var r, var absent) -> Stream.of(direct(s, r, Optional.of(absent), o));
            case Use.Qualifier(var r) -> Stream.of(qualified(s, null, r, o));
            case Use.Target(var types) ->
                types.stream().sorted().map(type -> target(s, null, mapping.relationship(type), o));
            case Use.NodeValue(var labels, var property) ->
                Stream.of(new Candidate(
                        new Shape.Value(s, property, o),
                        new Kind.OfNode(labels),
                        new Kind.OfValue(property.datatype())));
            case Use.StatementValue(var types, var property) ->
                types.stream()
                        .sorted()
                        .map(type -> new Candidate(
                                new Shape.Value(s, property, o),
                                new Kind.OfStatement(type),
                                new Kind.OfValue(property.datatype())));
        };
    }

    private static Candidate direct(Node s, RelationshipTerm r, Optional<String> absent, Node o) {
        return new Candidate(new Shape.Direct(s, r, absent, o), new Kind.OfNode(r.starts()), new Kind.OfNode(r.ends()));
    }

    private static Candidate qualified(Node s, @Nullable Node p, RelationshipTerm r, Node o) {
        return new Candidate(
                new Shape.Qualified(s, p, r, o), new Kind.OfNode(r.starts()), new Kind.OfStatement(r.type()));
    }

    private static Candidate target(Node s, @Nullable Node p, RelationshipTerm r, Node o) {
        return new Candidate(new Shape.Target(s, p, r, o), new Kind.OfStatement(r.type()), new Kind.OfNode(r.ends()));
    }

    private Stream<Candidate> classes(Node s, @Nullable Node p, Node o) {
        Shape shape = new Shape.OfClass(s, p, o);
        Kind term = new Kind.OfTerm();
        if (o.isVariable()) {
            Kind everything = new Kind.OfNode(
                    mapping.nodes().stream().map(NodeTerm::label).collect(toSet()));
            return Stream.concat(
                    Stream.of(new Candidate(shape, everything, term)),
                    statements().map(r -> new Candidate(shape, new Kind.OfStatement(r.type()), term)));
        }
        if (!o.isURI()) {
            return Stream.empty();
        }
        Set<String> labels = mapping.labelsOfClass(o.getURI());
        Stream<Candidate> nodes =
                labels.isEmpty() ? Stream.empty() : Stream.of(new Candidate(shape, new Kind.OfNode(labels), term));
        return Stream.concat(
                nodes,
                mapping.typeOfClass(o.getURI()).stream()
                        .map(type -> new Candidate(shape, new Kind.OfStatement(type), term)));
    }

    private Stream<RelationshipTerm> statements() {
        return mapping.relationships().stream().filter(r -> r.statement().isPresent());
    }

    private Stream<Candidate> any(Triple triple) {
        Node s = triple.getSubject();
        Node p = triple.getPredicate();
        Node o = triple.getObject();
        return Stream.of(
                        classes(s, p, o),
                        anyDirect(s, p, o),
                        nodeValues(s, p, o),
                        statements().map(r -> qualified(s, p, r, o)),
                        statements().map(r -> target(s, p, r, o)),
                        statements().flatMap(r -> statementValues(s, p, r, o)))
                .flatMap(candidates -> candidates);
    }

    private Stream<Candidate> anyDirect(Node s, Node p, Node o) {
        Set<String> types =
                mapping.relationships().stream().map(RelationshipTerm::type).collect(toSet());
        Set<String> starts = mapping.relationships().stream()
                .flatMap(r -> r.starts().stream())
                .collect(toSet());
        Set<String> ends =
                mapping.relationships().stream().flatMap(r -> r.ends().stream()).collect(toSet());
        return Stream.of(
                new Candidate(new Shape.AnyDirect(s, p, types, o), new Kind.OfNode(starts), new Kind.OfNode(ends)));
    }

    private Stream<Candidate> nodeValues(Node s, Node p, Node o) {
        List<Candidate> candidates = new ArrayList<>();
        for (Datatype datatype : Datatype.values()) {
            for (boolean list : new boolean[] {false, true}) {
                Set<String> labels = mapping.nodes().stream()
                        .filter(node -> has(node.properties(), datatype, list))
                        .map(NodeTerm::label)
                        .collect(toSet());
                if (!labels.isEmpty()) {
                    candidates.add(new Candidate(
                            new Shape.AnyValue(s, p, datatype, list, o),
                            new Kind.OfNode(labels),
                            new Kind.OfValue(datatype)));
                }
            }
        }
        return candidates.stream();
    }

    private static Stream<Candidate> statementValues(Node s, Node p, RelationshipTerm r, Node o) {
        List<Candidate> candidates = new ArrayList<>();
        for (Datatype datatype : Datatype.values()) {
            for (boolean list : new boolean[] {false, true}) {
                if (has(r.statement().orElseThrow().properties(), datatype, list)) {
                    candidates.add(new Candidate(
                            new Shape.AnyValue(s, p, datatype, list, o),
                            new Kind.OfStatement(r.type()),
                            new Kind.OfValue(datatype)));
                }
            }
        }
        return candidates.stream();
    }

    static boolean has(List<PropertyTerm> properties, Datatype datatype, boolean list) {
        return properties.stream().anyMatch(p -> p.datatype() == datatype && p.list() == list);
    }
}
