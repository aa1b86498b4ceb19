package dev.stemma.ontology.sparql;

import dev.stemma.ontology.sparql.pushdown.Pushdown.Wish;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpConditional;
import org.apache.jena.sparql.algebra.op.OpDistinct;
import org.apache.jena.sparql.algebra.op.OpFilter;
import org.apache.jena.sparql.algebra.op.OpJoin;
import org.apache.jena.sparql.algebra.op.OpLeftJoin;
import org.apache.jena.sparql.algebra.op.OpMinus;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.op.OpProject;
import org.apache.jena.sparql.algebra.op.OpReduced;
import org.apache.jena.sparql.algebra.op.OpSequence;
import org.apache.jena.sparql.algebra.op.OpSlice;
import org.apache.jena.sparql.algebra.op.OpTriple;
import org.apache.jena.sparql.core.BasicPattern;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.ExecutionContext;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.iterator.QueryIterDistinct;
import org.apache.jena.sparql.engine.iterator.QueryIterProject;
import org.apache.jena.sparql.engine.iterator.QueryIterRoot;
import org.apache.jena.sparql.engine.iterator.QueryIterSlice;
import org.apache.jena.sparql.engine.main.OpExecutor;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprList;
import org.jspecify.annotations.Nullable;

/**
 * ARQ's executor, where each operator is first tried as a whole in Cypher: the largest part that compiles is sent as one
 * statement, and ARQ does what stands above it. Projection, DISTINCT and LIMIT are sent along so that less comes back, and
 * done again here, so that nothing depends on them.
 */
final class PushingExecutor extends OpExecutor {

    private final GraphRunner runner;

    PushingExecutor(ExecutionContext context, GraphRunner runner) {
        super(context);
        this.runner = runner;
    }

    @Override
    protected QueryIterator exec(Op op, QueryIterator input) {
        QueryIterator pushed = runner.wholePatterns() ? pushed(op, input) : null;
        QueryIterator solutions = pushed != null ? pushed : super.exec(op, input);
        return new CountedIterator(solutions, runner.allowance());
    }

    private @Nullable QueryIterator pushed(Op op, QueryIterator input) {
        return switch (op) {
            case OpSlice slice when alone(input) -> slice(slice, input);
            case OpDistinct distinct when alone(input) -> distinct(distinct, input);
            case OpReduced reduced when alone(input) -> reduced(reduced.getSubOp(), input);
            case OpProject project when alone(input) -> project(project, input, false, -1);
            case OpFilter filter -> filter(filter, input);
            case OpBGP bgp -> bgp(bgp, input);
            case OpTriple _, OpPath _, OpJoin _, OpSequence _, OpLeftJoin _, OpConditional _, OpMinus _ ->
                pattern(op, input, Wish.ALL);
            default -> null;
        };
    }

    /** Whether the operator starts from nothing. */
    private static boolean alone(QueryIterator input) {
        return input instanceof QueryIterRoot root && root.isJoinIdentity();
    }

    private @Nullable QueryIterator pattern(Op op, QueryIterator input, Wish wish) {
        if (alone(input)) {
            Optional<QueryIterator> solutions = runner.run(op, wish);
            solutions.ifPresent(_ -> input.close());
            return solutions.orElse(null);
        }
        return runner.runs(op) ? new BatchIterator(input, runner, op, this::separately, execCxt) : null;
    }

    /** A pattern for solutions that bind a term of elsewhere: operator by operator, without the whole. */
    private QueryIterator separately(Op op, QueryIterator input) {
        return super.exec(op, input);
    }

    private @Nullable QueryIterator slice(OpSlice slice, QueryIterator input) {
        long limit = end(slice);
        QueryIterator all =
                switch (slice.getSubOp()) {
                    case OpProject project -> project(project, input, false, limit);
                    case OpDistinct distinct
                    when distinct.getSubOp() instanceof OpProject project -> {
                        QueryIterator rows = project(project, input, true, limit);
                        yield rows == null ? null : new QueryIterDistinct(rows, null, execCxt);
                    }
                    default -> null;
                };
        return all == null ? null : new QueryIterSlice(all, slice.getStart(), slice.getLength(), execCxt);
    }

    private static long end(OpSlice slice) {
        long start = Math.max(0, slice.getStart());
        return slice.getLength() < 0 || slice.getLength() > Long.MAX_VALUE - start ? -1 : start + slice.getLength();
    }

    private @Nullable QueryIterator distinct(OpDistinct distinct, QueryIterator input) {
        if (!(distinct.getSubOp() instanceof OpProject project)) {
            return null;
        }
        QueryIterator rows = project(project, input, true, -1);
        return rows == null ? null : new QueryIterDistinct(rows, null, execCxt);
    }

    private @Nullable QueryIterator reduced(Op op, QueryIterator input) {
        return op instanceof OpProject project ? project(project, input, true, -1) : null;
    }

    private @Nullable QueryIterator project(OpProject project, QueryIterator input, boolean distinct, long limit) {
        Set<Var> wanted = new HashSet<>(project.getVars());
        QueryIterator rows = pattern(project.getSubOp(), input, new Wish(wanted, distinct, limit));
        return rows == null ? null : QueryIterProject.create(rows, project.getVars(), execCxt);
    }

    /** Those filters that compile go along; ARQ applies the others. */
    private @Nullable QueryIterator filter(OpFilter filter, QueryIterator input) {
        QueryIterator whole = pattern(filter, input, Wish.ALL);
        if (whole != null || filter.getExprs().size() < 2) {
            return whole;
        }
        ExprList sent = new ExprList();
        ExprList kept = new ExprList();
        for (Expr expr : filter.getExprs().getList()) {
            boolean fits = runner.runs(OpFilter.filterBy(new ExprList(expr), filter.getSubOp()));
            (fits ? sent : kept).add(expr);
        }
        if (sent.isEmpty() || kept.isEmpty()) {
            return null;
        }
        return super.exec(OpFilter.filterBy(kept, OpFilter.filterBy(sent, filter.getSubOp())), input);
    }

    /** A pattern of too many ways is sent triple by triple, each going on from what the last one found. */
    private @Nullable QueryIterator bgp(OpBGP bgp, QueryIterator input) {
        QueryIterator whole = pattern(bgp, input, Wish.ALL);
        List<Triple> triples = bgp.getPattern().getList();
        if (whole != null || triples.size() < 2) {
            return whole;
        }
        QueryIterator solutions = input;
        for (Triple triple : inOrder(triples)) {
            solutions = exec(new OpBGP(BasicPattern.wrap(List.of(triple))), solutions);
        }
        return solutions;
    }

    /** Those with a known predicate first, and each next to one that it shares a variable with. */
    private static List<Triple> inOrder(List<Triple> triples) {
        List<Triple> left = new ArrayList<>(triples);
        List<Triple> ordered = new ArrayList<>();
        Set<Object> bound = new HashSet<>();
        while (!left.isEmpty()) {
            Triple next = left.stream()
                    .max(java.util.Comparator.comparingInt(triple -> weight(triple, bound)))
                    .orElseThrow();
            left.remove(next);
            ordered.add(next);
            bound.addAll(List.of(next.getSubject(), next.getPredicate(), next.getObject()));
        }
        return ordered;
    }

    private static int weight(Triple triple, Set<Object> bound) {
        int known = 0;
        for (var place : List.of(triple.getSubject(), triple.getPredicate(), triple.getObject())) {
            known += !place.isVariable() || bound.contains(place) ? 1 : 0;
        }
        return known;
    }
}
