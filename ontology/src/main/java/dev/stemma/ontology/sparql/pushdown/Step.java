package dev.stemma.ontology.sparql.pushdown;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.Expr;

/** A step of a pattern. Steps follow one another; each goes on with what the ones before it bound. */
sealed interface Step {

    /** All of these must match, and the filters hold. */
    record Match(List<Triple> triples, List<Chain> chains, List<Expr> filters) implements Step {}

    /** These must hold of what is bound so far. */
    record Filter(List<Expr> filters) implements Step {}

    /** If this matches and the filters hold, it binds more; otherwise nothing changes. */
    record OptionalSteps(List<Step> steps, List<Expr> filters) implements Step {}

    /** This must not match. */
    record Absent(List<Step> steps) implements Step {}

    /** A property path that Cypher can walk: zero or one or more relationships of the given predicates, forwards. */
    record Chain(Node s, List<String> predicates, int shortest, Optional<Integer> longest, Node o) {}

    /** Variables that are bound whenever the steps match. */
    static Set<Var> definite(List<Step> steps) {
        Set<Var> vars = new LinkedHashSet<>();
        for (Step step : steps) {
            if (step instanceof Match(var triples, var chains, var _)) {
                triples.forEach(t -> {
                    add(vars, t.getSubject());
                    add(vars, t.getPredicate());
                    add(vars, t.getObject());
                });
                chains.forEach(c -> {
                    add(vars, c.s());
                    add(vars, c.o());
                });
            }
        }
        return vars;
    }

    /** Variables that the steps may bind. */
    static Set<Var> all(List<Step> steps) {
        Set<Var> vars = definite(steps);
        for (Step step : steps) {
            if (step instanceof OptionalSteps(var more, var _)) {
                vars.addAll(all(more));
            }
        }
        return vars;
    }

    private static void add(Set<Var> vars, Node place) {
        if (Var.isVar(place)) {
            vars.add(Var.alloc(place));
        }
    }
}
