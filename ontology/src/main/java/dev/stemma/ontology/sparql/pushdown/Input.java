package dev.stemma.ontology.sparql.pushdown;

import dev.stemma.ontology.mapping.Mapping;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;

/**
 * What solutions that a pattern goes on from have bound: which variables, and what kind of thing each holds. Solutions of
 * one signature share a statement.
 *
 * @param kinds by variable
 */
public record Input(Map<Var, Kind> kinds) {

    /** No input: the pattern stands alone. */
    public static final Input NONE = new Input(Map.of());

    public Input {
        kinds = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    }

    /**
     * The signature of a solution.
     *
     * @return empty when a term is bound that is nowhere in the graph, so that only ARQ knows what follows
     */
    public static Optional<Input> of(Mapping mapping, List<Var> variables, Binding binding) {
        Map<Var, Kind> kinds = new LinkedHashMap<>();
        for (Var variable : variables) {
            Node term = binding.get(variable);
            if (term != null) {
                Optional<Anchor> anchor = Anchor.of(mapping, term);
                if (anchor.isEmpty()) {
                    return Optional.empty();
                }
                kinds.put(variable, anchor.get().kind());
            }
        }
        return Optional.of(new Input(kinds));
    }

    /** A solution as a row of {@code $rows}. */
    public Map<String, Object> row(Mapping mapping, int index, Binding binding) {
        Map<String, Object> row = new HashMap<>();
        row.put("i", index);
        int at = 0;
        for (Var variable : kinds.keySet()) {
            row.put(
                    "x" + at++,
                    Anchor.of(mapping, binding.get(variable)).orElseThrow().value());
        }
        return row;
    }

    Map<Node, String> expressions() {
        Map<Node, String> expressions = new LinkedHashMap<>();
        int at = 0;
        for (Var variable : kinds.keySet()) {
            expressions.put(variable, "row.x" + at++);
        }
        return expressions;
    }
}
