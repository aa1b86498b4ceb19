package dev.stemma.ontology.sparql.pushdown;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpConditional;
import org.apache.jena.sparql.algebra.op.OpFilter;
import org.apache.jena.sparql.algebra.op.OpJoin;
import org.apache.jena.sparql.algebra.op.OpLeftJoin;
import org.apache.jena.sparql.algebra.op.OpMinus;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.op.OpSequence;
import org.apache.jena.sparql.algebra.op.OpTable;
import org.apache.jena.sparql.algebra.op.OpTriple;
import org.apache.jena.sparql.algebra.walker.Walker;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunctionOp;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.ExprVisitorBase;
import org.jspecify.annotations.Nullable;

/**
 * Reads algebra into steps. Refuses (empty) where running the parts one inside the other would mean something else than
 * running them apart and joining: a filter or an optional part that looks at variables of its outside.
 */
final class StepReader {

    private static final int MAX_DEPTH = 64;

    private int depth;

    static Optional<List<Step>> read(Op op) {
        return Optional.ofNullable(new StepReader().steps(op)).filter(steps -> !steps.isEmpty());
    }

    /** The steps; null when refused. */
    private @Nullable List<Step> steps(Op op) {
        if (++depth > MAX_DEPTH) {
            return null;
        }
        try {
            return switch (op) {
                case OpBGP bgp -> match(bgp.getPattern().getList());
                case OpTriple triple -> match(List.of(triple.getTriple()));
                case OpPath path ->
                    PathReader.read(path.getTriplePath())
                            .map(step -> List.<Step>of(step))
                            .orElse(null);
                case OpTable table when table.isJoinIdentity() -> List.of();
                case OpJoin join -> joined(List.of(join.getLeft(), join.getRight()));
                case OpSequence sequence -> joined(sequence.getElements());
                case OpFilter filter -> filtered(filter);
                case OpLeftJoin left -> optional(left.getLeft(), left.getRight(), left.getExprs());
                case OpConditional left -> optional(left.getLeft(), left.getRight(), null);
                case OpMinus minus -> minus(minus);
                default -> null;
            };
        } finally {
            depth--;
        }
    }

    private static List<Step> match(List<Triple> triples) {
        return triples.isEmpty()
                ? List.of()
                : List.of(new Step.Match(List.copyOf(new LinkedHashSet<>(triples)), List.of(), List.of()));
    }

    private @Nullable List<Step> joined(List<Op> parts) {
        List<Step> all = new ArrayList<>();
        for (Op part : parts) {
            List<Step> steps = steps(part);
            if (steps == null || !joinable(all, steps)) {
                return null;
            }
            steps.forEach(step -> append(all, step));
        }
        return all;
    }

    /** Whether running {@code next} with what {@code before} bound equals joining the two. */
    private static boolean joinable(List<Step> before, List<Step> next) {
        if (before.isEmpty()) {
            return true;
        }
        Set<Var> outside = Step.all(before);
        Set<Var> own = Step.all(next);
        Set<Var> definite = Step.definite(next);
        for (Step step : next) {
            boolean fits =
                    switch (step) {
                        case Step.Match match -> closed(match.filters(), own, outside);
                        case Step.Filter filter -> closed(filter.filters(), own, outside);
                        case Step.OptionalSteps optional ->
                            closed(optional.filters(), own, outside) && inside(optional.steps(), definite, outside);
                        case Step.Absent absent -> inside(absent.steps(), definite, outside);
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean closed(List<Expr> filters, Set<Var> own, Set<Var> outside) {
        for (Expr filter : filters) {
            for (Var var : filter.getVarsMentioned()) {
                if (!own.contains(var) && outside.contains(var)) {
                    return false;
                }
            }
            if (mentionsPattern(filter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean mentionsPattern(Expr filter) {
        boolean[] found = {false};
        Walker.walk(filter, new ExprVisitorBase() {
            @Override
            public void visit(ExprFunctionOp op) {
                found[0] = true;
            }
        });
        return found[0];
    }

    private static boolean inside(List<Step> steps, Set<Var> definite, Set<Var> outside) {
        Set<Var> shared = new HashSet<>(Step.all(steps));
        shared.retainAll(outside);
        return definite.containsAll(shared);
    }

    private @Nullable List<Step> filtered(OpFilter filter) {
        List<Step> inner = steps(filter.getSubOp());
        if (inner == null || inner.isEmpty()) {
            return null;
        }
        List<Step> all = new ArrayList<>(inner);
        List<Expr> exprs = filter.getExprs().getList();
        if (all.getLast() instanceof Step.Match(var triples, var chains, var filters)) {
            all.set(all.size() - 1, new Step.Match(triples, chains, both(filters, exprs)));
        } else {
            all.add(new Step.Filter(exprs));
        }
        return all;
    }

    private @Nullable List<Step> optional(Op left, Op right, @Nullable ExprList exprs) {
        List<Step> before = steps(left);
        List<Step> more = steps(right);
        if (before == null || more == null || before.isEmpty() || more.isEmpty() || !joinable(before, more)) {
            return null;
        }
        List<Step> all = new ArrayList<>(before);
        all.add(new Step.OptionalSteps(more, exprs == null ? List.of() : exprs.getList()));
        return all;
    }

    private @Nullable List<Step> minus(OpMinus minus) {
        List<Step> before = steps(minus.getLeft());
        List<Step> less = steps(minus.getRight());
        if (before == null || less == null || before.isEmpty() || less.isEmpty() || !joinable(before, less)) {
            return null;
        }
        Set<Var> shared = new HashSet<>(Step.all(before));
        shared.retainAll(Step.all(less));
        boolean exact = !shared.isEmpty()
                && Step.definite(before).containsAll(shared)
                && Step.definite(less).containsAll(shared);
        if (!exact) {
            return null;
        }
        List<Step> all = new ArrayList<>(before);
        all.add(new Step.Absent(less));
        return all;
    }

    private static void append(List<Step> all, Step step) {
        if (!all.isEmpty()
                && all.getLast() instanceof Step.Match(var triples, var chains, var filters)
                && step instanceof Step.Match(var more, var longer, var stricter)) {
            all.set(all.size() - 1, new Step.Match(both(triples, more), both(chains, longer), both(filters, stricter)));
        } else {
            all.add(step);
        }
    }

    private static <T> List<T> both(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return Collections.unmodifiableList(all);
    }
}
