package dev.stemma.ontology.sparql.pushdown;

import dev.stemma.ontology.mapping.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.Expr;

/** Writes steps one after the other, each way that they can match as a statement of its own. */
final class StepWriter {

    private static final int MAX_DRAFTS = 128;

    private final Mapping mapping;
    private final Codes codes;
    private final Map<Node, Kind> givenKinds;
    private final Map<Node, String> given;

    /**
     * @param givenKinds what the variables of the input hold
     * @param given the same variables as expressions
     */
    StepWriter(Mapping mapping, Map<Node, Kind> givenKinds, Map<Node, String> given) {
        this.mapping = mapping;
        this.codes = new Codes(mapping);
        this.givenKinds = givenKinds;
        this.given = given;
    }

    List<Draft> write(List<Step> steps, Draft start) {
        List<Draft> drafts = List.of(start);
        for (Step step : steps) {
            List<Draft> next = new ArrayList<>();
            for (Draft draft : drafts) {
                next.addAll(
                        switch (step) {
                            case Step.Match match -> match(match, draft);
                            case Step.Filter(var filters) -> List.of(filter(filters, draft));
                            case Step.OptionalSteps(var inner, var filters) -> List.of(optional(inner, filters, draft));
                            case Step.Absent(var inner) ->
                                List.of(where(List.of("NOT " + exists(draft, inner)), draft.line("WITH *")));
                        });
            }
            if (next.size() > MAX_DRAFTS) {
                throw new Refused("more than " + MAX_DRAFTS + " ways to match");
            }
            drafts = next;
        }
        return drafts;
    }

    private List<Draft> match(Step.Match match, Draft draft) {
        Map<Node, Kind> kinds = new HashMap<>(givenKinds);
        Map<Node, Object> constants = new HashMap<>();
        Set<Node> bound = new LinkedHashSet<>();
        places(match).forEach(place -> {
            if (!place.isVariable()) {
                Anchor.of(mapping, place).ifPresent(anchor -> {
                    kinds.put(place, anchor.kind());
                    constants.put(place, anchor.value());
                });
            }
        });
        draft.slots().forEach((variable, slot) -> {
            if (slot.nullable() && places(match).contains(variable)) {
                throw new Refused("going on with what may be unbound");
            }
            kinds.put(variable, kind(slot));
            if (!given.containsKey(variable) || !(slot instanceof Slot.OfValue)) {
                bound.add(variable);
            }
        });
        List<Draft> ways = new ArrayList<>();
        for (Typed typed : Typing.ways(mapping, match, kinds, bound)) {
            Draft way = draft.copy();
            Map<Node, String> anchors = new HashMap<>(given);
            constants.forEach((term, value) -> anchors.put(term, way.parameter(value)));
            List<String> open = new MatchWriter(mapping, way, typed, anchors).write();
            if (open != null) {
                List<String> conditions = new ArrayList<>(open);
                match.filters().forEach(filter -> conditions.add(condition(filter, way)));
                ways.add(where(conditions, way));
            }
        }
        return ways;
    }

    private static Set<Node> places(Step.Match match) {
        Set<Node> places = new LinkedHashSet<>();
        match.triples().forEach(t -> {
            places.add(t.getSubject());
            places.add(t.getPredicate());
            places.add(t.getObject());
        });
        match.chains().forEach(c -> {
            places.add(c.s());
            places.add(c.o());
        });
        return places;
    }

    private static Kind kind(Slot slot) {
        return switch (slot) {
            case Slot.OfNode node -> new Kind.OfNode(node.labels());
            case Slot.OfStatement statement ->
                new Kind.OfStatement(statement.relationship().type());
            case Slot.OfValue value -> new Kind.OfValue(value.datatype());
            case Slot.OfTerm _, Slot.Tagged _ -> new Kind.OfTerm();
        };
    }

    private Draft filter(List<Expr> filters, Draft draft) {
        List<String> conditions =
                filters.stream().map(filter -> condition(filter, draft)).toList();
        return where(conditions, draft.line("WITH *"));
    }

    private String condition(Expr filter, Draft draft) {
        return new FilterWriter(mapping, draft, this::exists).condition(filter);
    }

    private static Draft where(List<String> conditions, Draft draft) {
        return conditions.isEmpty() ? draft : draft.line("WHERE " + String.join(" AND ", conditions));
    }

    private String exists(Draft outer, Op pattern) {
        return exists(outer, StepReader.read(pattern).orElseThrow(() -> new Refused("a pattern in EXISTS")));
    }

    private String exists(Draft outer, List<Step> steps) {
        List<Draft> ways = write(steps, outer.inner());
        if (ways.isEmpty()) {
            return "(false)";
        }
        return "EXISTS {\n"
                + String.join(
                        "UNION ALL\n",
                        ways.stream()
                                .map(way -> way.text() + "RETURN 1 AS one\n")
                                .toList())
                + "}";
    }

    private Draft optional(List<Step> steps, List<Expr> filters, Draft draft) {
        distinct(draft, draft.slots().keySet());
        List<Draft> ways = write(steps, draft.inner());
        if (!filters.isEmpty()) {
            ways.forEach(way -> filter(filters, way));
        }
        Set<Node> more = new LinkedHashSet<>(Step.all(steps));
        more.removeAll(draft.slots().keySet());
        more.removeAll(given.keySet());
        if (ways.isEmpty() || more.isEmpty()) {
            return draft;
        }
        Map<Node, Slot> results = new LinkedHashMap<>();
        boolean tagged = ways.size() > 1;
        Function<Node, Slot> result = variable -> tagged
                ? new Slot.Tagged(draft.name("g"))
                : renamed(slot(ways.getFirst(), variable), draft).orNull();
        more.forEach(variable -> results.put(variable, result.apply(variable)));
        List<String> branches = new ArrayList<>();
        for (Draft way : ways) {
            List<String> columns = new ArrayList<>();
            results.forEach((variable, to) -> columns.addAll(
                    to instanceof Slot.Tagged(var name)
                            ? List.of(codes.tagged(slot(way, variable)) + " AS " + name)
                            : renaming(slot(way, variable), to)));
            branches.add(way.text() + "RETURN DISTINCT " + String.join(", ", columns) + "\n");
        }
        draft.line("OPTIONAL CALL (*) {\n" + String.join("UNION ALL\n", branches) + "}");
        results.forEach(draft::bind);
        return draft;
    }

    private static Slot slot(Draft draft, Node variable) {
        Slot slot = draft.slots().get(variable);
        if (slot == null) {
            throw new Refused("not bound on every way: " + variable);
        }
        return slot;
    }

    /** Leaves one row for each solution, and names for everything that was an expression. */
    void distinct(Draft draft, Set<? extends Node> variables) {
        Map<Node, Slot> renamed = new LinkedHashMap<>();
        List<String> columns = new ArrayList<>(draft.carried());
        for (Node variable : List.copyOf(variables)) {
            Slot from = draft.slots().get(variable);
            if (from != null && !given.containsKey(variable)) {
                Slot to = renamed(from, draft);
                renamed.put(variable, to);
                columns.addAll(renaming(from, to));
            }
        }
        if (columns.isEmpty()) {
            columns.add("1 AS " + draft.name("one"));
        }
        draft.line("WITH DISTINCT " + String.join(", ", columns));
        renamed.forEach(draft::bind);
    }

    /** The same kind of slot under fresh names. */
    private static Slot renamed(Slot slot, Draft draft) {
        return switch (slot) {
            case Slot.OfNode node -> renamed(node, draft);
            case Slot.OfStatement s ->
                new Slot.OfStatement(
                        draft.name("r"),
                        s.relationship(),
                        renamed(s.start(), draft),
                        renamed(s.end(), draft),
                        s.nullable());
            case Slot.OfValue(var _, var datatype, var nullable) ->
                new Slot.OfValue(draft.name("v"), datatype, nullable);
            case Slot.OfTerm(var _, var nullable) -> new Slot.OfTerm(draft.name("t"), nullable);
            case Slot.Tagged _ -> new Slot.Tagged(draft.name("g"));
        };
    }

    private static Slot.OfNode renamed(Slot.OfNode node, Draft draft) {
        return new Slot.OfNode(draft.name("n"), node.labels(), node.nullable());
    }

    private static List<String> renaming(Slot from, Slot to) {
        if (from instanceof Slot.OfStatement a && to instanceof Slot.OfStatement b) {
            return List.of(
                    a.name() + " AS " + b.name(),
                    a.start().name() + " AS " + b.start().name(),
                    a.end().name() + " AS " + b.end().name());
        }
        return List.of(expression(from) + " AS " + expression(to));
    }

    private static String expression(Slot slot) {
        return switch (slot) {
            case Slot.OfNode node -> node.name();
            case Slot.OfStatement statement -> statement.name();
            case Slot.OfValue value -> value.expression();
            case Slot.OfTerm term -> term.expression();
            case Slot.Tagged tagged -> tagged.name();
        };
    }

    /** Variables in the order of the slots, those of the input left out. */
    List<Var> answered(Draft draft) {
        return draft.slots().keySet().stream()
                .filter(variable -> !given.containsKey(variable))
                .map(Var::alloc)
                .toList();
    }
}
