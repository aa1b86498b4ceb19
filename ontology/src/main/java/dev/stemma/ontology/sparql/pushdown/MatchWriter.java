package dev.stemma.ontology.sparql.pushdown;

import static dev.stemma.ontology.sparql.pushdown.Codes.quoted;

import dev.stemma.ontology.mapping.Datatype;
import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.mapping.PropertyTerm;
import dev.stemma.ontology.mapping.RelationshipTerm;
import dev.stemma.ontology.sparql.pushdown.Places.NodeRef;
import dev.stemma.ontology.sparql.pushdown.Places.StatementRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.jspecify.annotations.Nullable;

/**
 * Writes one way of a pattern as {@code MATCH} clauses: one a relationship, since within a single clause Cypher would not
 * let two of them be the same relationship, and SPARQL does.
 */
final class MatchWriter {

    private final Mapping mapping;
    private final Codes codes;
    private final Draft draft;
    private final Typed typed;
    private final Map<Node, String> anchors;
    private final Places places;
    private final Clauses clauses;
    private final List<String> unwinds = new ArrayList<>();
    private final List<String> later = new ArrayList<>();
    private final Set<String> mentioned = new HashSet<>();
    private final Set<String> anchored = new HashSet<>();
    private final Set<String> chained = new HashSet<>();

    MatchWriter(Mapping mapping, Draft draft, Typed typed, Map<Node, String> anchors) {
        this.mapping = mapping;
        this.codes = new Codes(mapping);
        this.draft = draft;
        this.typed = typed;
        this.anchors = anchors;
        this.places = new Places(mapping, draft, typed, anchors);
        this.clauses = new Clauses(draft);
    }

    /**
     * Writes the clauses and binds the variables.
     *
     * @return the conditions that the caller closes the last clause with, or null when this way cannot match
     */
    @Nullable
    List<String> write() {
        for (Shape shape : typed.shapes()) {
            switch (shape) {
                case Shape.Qualified q -> places.unify(places.statement(q.o()).start(), places.node(q.s()));
                case Shape.Target t -> places.unify(places.statement(t.s()).end(), places.node(t.o()));
                default -> {}
            }
        }
        if (!places.possible()) {
            return null;
        }
        places.conditions().forEach(clauses::condition);
        places.bound().forEach(clauses::bound);
        places.statements().values().forEach(this::keys);
        places.nodes().values().forEach(this::anchored);
        places.statements().values().forEach(s -> {
            anchored(s.start());
            anchored(s.end());
        });
        bindEntities();
        places.statements().values().forEach(this::relationship);
        typed.shapes().forEach(this::links);
        places.nodes().values().forEach(this::alone);
        typed.shapes().stream().filter(MatchWriter::single).forEach(this::values);
        typed.shapes().stream().filter(shape -> !single(shape)).forEach(this::values);
        return close();
    }

    private static boolean single(Shape shape) {
        return shape instanceof Shape.Value(var _, var property, var _) && !property.list();
    }

    private List<String> close() {
        boolean none = clauses.isEmpty();
        if (none) {
            draft.line("UNWIND [1] AS " + draft.name("u"));
        }
        List<String> conditions = new ArrayList<>(clauses.write());
        if (unwinds.isEmpty()) {
            conditions.addAll(later);
            return conditions;
        }
        if (!conditions.isEmpty()) {
            draft.line("WHERE " + String.join(" AND ", conditions));
        }
        unwinds.forEach(draft::line);
        draft.line("WITH *");
        return later;
    }

    /** A node whose key is known is found by its index, before anything is walked. */
    private void anchored(NodeRef node) {
        if (node.keys().isEmpty() || !anchored.add(node.name())) {
            return;
        }
        if (!node.bound()) {
            clauses.match(mention(node));
            clauses.anchor(node.name());
        }
        for (String key : Set.copyOf(node.keys())) {
            clauses.condition(codes.key(node.slot()) + " = " + key);
        }
    }

    private String mention(NodeRef node) {
        if (node.bound() || !mentioned.add(node.name())) {
            return "(" + node.name() + ")";
        }
        return "(" + node.name() + ":"
                + String.join("|", node.labels().stream().sorted().toList()) + ")";
    }

    private void keys(StatementRef ref) {
        String source = ref.source();
        if (source == null) {
            return;
        }
        var statement = ref.relationship().statement().orElseThrow();
        ref.start().keys().add(source + ".start");
        if (ref.start().labels().size() > 1 || ref.relationship().starts().size() > 1) {
            clauses.condition(codes.label(ref.start().slot()) + " = " + source + ".label");
        }
        if (statement.endInKey()) {
            ref.end().keys().add(source + ".end");
        }
        int index = 0;
        for (PropertyTerm key : statement.keys()) {
            String property = ref.name() + "." + quoted(key.name());
            clauses.condition(Equality.sameOrAbsent(key.datatype(), property, source + ".k" + index++));
        }
    }

    private void relationship(StatementRef ref) {
        if (!ref.bound()) {
            clauses.match(mention(ref.start()) + "-[" + ref.name() + ":"
                    + ref.relationship().type() + "]->" + mention(ref.end()));
        }
    }

    private void links(Shape shape) {
        switch (shape) {
            case Shape.Direct(var s, var r, var absent, var o) -> {
                String name = absent.isEmpty() ? "" : draft.name("r");
                link(s, name + ":" + r.type(), o);
                absent.ifPresent(property -> clauses.condition(name + "." + quoted(property) + " IS NULL"));
            }
            case Shape.Chain(var s, var types, var shortest, var longest, var o) -> {
                chained.add(places.node(s).name());
                chained.add(places.node(o).name());
                clauses.chain(
                        places.node(s),
                        places.node(o),
                        ":" + String.join("|", types.stream().sorted().toList()) + "*" + shortest + ".."
                                + longest.map(String::valueOf).orElse(""));
            }
            case Shape.AnyDirect any -> anyLink(any);
            case Shape.Value _, Shape.AnyValue _, Shape.Qualified _, Shape.Target _, Shape.OfClass _ -> {}
        }
    }

    private void link(Node s, String relationship, Node o) {
        clauses.match(mention(places.node(s)) + "-[" + relationship + "]->" + mention(places.node(o)));
    }

    private void anyLink(Shape.AnyDirect any) {
        List<RelationshipTerm> terms = any.types().stream()
                .sorted()
                .map(mapping::relationship)
                .filter(r -> meets(r.starts(), places.node(any.s()).labels())
                        && meets(r.ends(), places.node(any.o()).labels()))
                .toList();
        String name = draft.name("r");
        if (terms.isEmpty()) {
            clauses.condition("false");
            bindTerm(any.p(), draft.parameter(""));
            return;
        }
        link(
                any.s(),
                name + ":"
                        + String.join(
                                "|", terms.stream().map(RelationshipTerm::type).toList()),
                any.o());
        Map<String, Object> predicates = new HashMap<>();
        StringBuilder list = new StringBuilder();
        for (RelationshipTerm term : terms) {
            predicates.put(term.type(), term.predicates());
            term.narrowed().ifPresent(n -> list.append(" + CASE WHEN type(")
                    .append(name)
                    .append(") = '")
                    .append(term.type())
                    .append("' AND ")
                    .append(name)
                    .append(".")
                    .append(quoted(n.absent()))
                    .append(" IS NULL THEN [")
                    .append(draft.parameter(n.predicate()))
                    .append("] ELSE [] END"));
        }
        unwindTerm(any.p(), draft.parameter(predicates) + "[type(" + name + ")]" + list);
    }

    private static boolean meets(Set<String> some, Set<String> others) {
        return some.stream().anyMatch(others::contains);
    }

    private void alone(NodeRef node) {
        if (!node.bound() && !mentioned.contains(node.name()) && !chained.contains(node.name())) {
            clauses.match(mention(node));
        }
    }

    private void values(Shape shape) {
        switch (shape) {
            case Shape.Value(var s, var property, var o) -> {
                String expression = entity(s) + "." + quoted(property.name());
                if (property.list()) {
                    String item = draft.name("v");
                    unwinds.add("UNWIND " + expression + " AS " + item);
                    bindValue(o, item, property.datatype(), later::add);
                } else {
                    bindValue(o, expression, property.datatype(), clauses::condition);
                    if (anchors.containsKey(o)) {
                        clauses.anchor(entity(s));
                    }
                }
            }
            case Shape.AnyValue any -> anyValue(any);
            case Shape.Qualified(var _, var p, var r, var _) -> {
                if (p != null) {
                    unwindTerm(p, draft.parameter(r.statement().orElseThrow().qualifiers()));
                }
            }
            case Shape.Target(var _, var p, var r, var _) -> {
                if (p != null) {
                    unwindTerm(p, draft.parameter(r.statement().orElseThrow().targets()));
                }
            }
            case Shape.OfClass(var s, var p, var o) -> {
                if (p != null) {
                    bindTerm(p, draft.parameter(RDF.type.getURI()));
                }
                if (o.isVariable()) {
                    unwindTerm(o, classes(s));
                }
            }
            case Shape.Direct _, Shape.AnyDirect _, Shape.Chain _ -> {}
        }
    }

    private String classes(Node place) {
        if (typed.kinds().get(place) instanceof Kind.OfStatement(var type)) {
            return draft.parameter(mapping.statement(type).classes());
        }
        NodeRef node = places.node(place);
        Map<String, Object> classes = new HashMap<>();
        node.labels().forEach(label -> classes.put(label, mapping.node(label).classes()));
        return draft.parameter(classes) + "[" + codes.label(node.slot()) + "]";
    }

    private void anyValue(Shape.AnyValue any) {
        String list;
        if (typed.kinds().get(any.s()) instanceof Kind.OfStatement(var type)) {
            list = draft.parameter(pairs(mapping.statement(type).properties(), any));
        } else {
            NodeRef node = places.node(any.s());
            Map<String, Object> byLabel = new HashMap<>();
            node.labels()
                    .forEach(label ->
                            byLabel.put(label, pairs(mapping.node(label).properties(), any)));
            list = draft.parameter(byLabel) + "[" + codes.label(node.slot()) + "]";
        }
        String pair = draft.name("u");
        unwinds.add("UNWIND " + list + " AS " + pair);
        String value = entity(any.s()) + "[" + pair + "[0]]";
        if (any.list()) {
            String item = draft.name("v");
            unwinds.add("UNWIND " + value + " AS " + item);
            value = item;
        }
        bindTerm(any.p(), pair + "[1]");
        bindValue(any.o(), value, any.datatype(), later::add);
    }

    /** Names of properties, each with a predicate that it has. */
    private static List<List<String>> pairs(List<PropertyTerm> properties, Shape.AnyValue any) {
        return properties.stream()
                .filter(p -> p.datatype() == any.datatype() && p.list() == any.list())
                .flatMap(p -> p.predicates().stream().map(predicate -> List.of(p.name(), predicate)))
                .toList();
    }

    private String entity(Node place) {
        return typed.kinds().get(place) instanceof Kind.OfStatement
                ? places.statement(place).name()
                : places.node(place).name();
    }

    private void bindEntities() {
        places.nodes().forEach((place, ref) -> {
            if (place.isVariable()) {
                draft.bind(place, ref.slot());
            }
        });
        places.statements().forEach((place, ref) -> {
            if (place.isVariable()) {
                draft.bind(place, ref.slot());
            }
        });
    }

    private void bindValue(Node place, String expression, Datatype datatype, Consumer<String> where) {
        String known = place.isVariable() && draft.slots().get(place) instanceof Slot.OfValue slot
                ? slot.expression()
                : anchors.get(place);
        if (known != null) {
            Consumer<String> now = unwinds.isEmpty() ? where : later::add;
            now.accept(Equality.same(datatype, expression, known));
            return;
        }
        where.accept(expression + " IS NOT NULL");
        draft.bind(place, new Slot.OfValue(expression, datatype, false));
    }

    private void unwindTerm(Node place, String list) {
        String name = draft.name("t");
        unwinds.add("UNWIND " + list + " AS " + name);
        bindTerm(place, name);
    }

    private void bindTerm(Node place, String expression) {
        String known = place.isVariable() && draft.slots().get(place) instanceof Slot.OfTerm slot
                ? slot.expression()
                : anchors.get(place);
        if (known != null) {
            later.add(expression + " = " + known);
        } else {
            draft.bind(place, new Slot.OfTerm(expression, false));
        }
    }
}
