package dev.stemma.ontology.sparql;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.sparql.pushdown.Input;
import dev.stemma.ontology.sparql.pushdown.Pushdown;
import dev.stemma.ontology.sparql.pushdown.Pushdown.Wish;
import dev.stemma.ontology.sparql.pushdown.Pushed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.OpVars;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.core.BasicPattern;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingFactory;

/** Runs patterns for one query: compiles them, sends the statements, counts what they cost. Used by one thread. */
final class GraphRunner {

    /** Solutions that one statement goes on from. */
    static final int BATCH = 1_000;

    private final Graph graph;
    private final Mapping mapping;
    private final Pushdown pushdown;
    private final Allowance allowance;
    private final boolean wholePatterns;
    private final Map<Op, Map<Input, Optional<List<Pushed>>>> compiled = new IdentityHashMap<>();

    /**
     * @param wholePatterns false to send each triple pattern alone, as ARQ would by itself; to compare with
     */
    GraphRunner(Graph graph, Mapping mapping, Allowance allowance, boolean wholePatterns) {
        this.graph = graph;
        this.mapping = mapping;
        this.pushdown = new Pushdown(mapping);
        this.allowance = allowance;
        this.wholePatterns = wholePatterns;
    }

    boolean wholePatterns() {
        return wholePatterns;
    }

    Allowance allowance() {
        return allowance;
    }

    /** The statements for a pattern that stands alone. */
    Optional<QueryIterator> run(Op pattern, Wish wish) {
        return pushdown.compile(pattern, Input.NONE, wish)
                .map(statements -> new PushedIterator(runs(statements, List.of(BindingFactory.binding()))));
    }

    /** The solutions of a triple pattern, whose variables may be of any names. */
    Optional<QueryIterator> find(Triple pattern) {
        return run(new OpBGP(BasicPattern.wrap(List.of(pattern))), Wish.ALL);
    }

    /** Whether a pattern can go on from solutions, whatever they hold. */
    boolean runs(Op pattern) {
        return compile(pattern, Input.NONE).isPresent();
    }

    /**
     * A batch of solutions, gone on from.
     *
     * @return empty when one of the solutions makes the pattern ARQ's to run
     */
    Optional<QueryIterator> run(Op pattern, List<Binding> batch) {
        List<Var> variables = new ArrayList<>(mentioned(pattern));
        Map<Input, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Optional<Input> input = Input.of(mapping, variables, batch.get(i));
            if (input.isEmpty()) {
                return Optional.empty();
            }
            groups.computeIfAbsent(input.get(), _ -> new ArrayList<>()).add(i);
        }
        List<PushedIterator.Run> all = new ArrayList<>();
        for (Map.Entry<Input, List<Integer>> group : groups.entrySet()) {
            Input input = group.getKey();
            Optional<List<Pushed>> statements = compile(pattern, input);
            if (statements.isEmpty()) {
                return Optional.empty();
            }
            if (input.kinds().isEmpty()) {
                for (int i : group.getValue()) {
                    all.addAll(runs(statements.get(), List.of(batch.get(i))));
                }
                continue;
            }
            List<Map<String, Object>> rows = group.getValue().stream()
                    .map(i -> input.row(mapping, i, batch.get(i)))
                    .toList();
            statements
                    .get()
                    .forEach(pushed ->
                            all.add(new PushedIterator.Run(pushed, () -> open(pushed.statement(rows)), batch)));
        }
        return Optional.of(new PushedIterator(all));
    }

    private Optional<List<Pushed>> compile(Op pattern, Input input) {
        return compiled.computeIfAbsent(pattern, _ -> new HashMap<>())
                .computeIfAbsent(input, in -> pushdown.compile(pattern, in, Wish.ALL));
    }

    static Collection<Var> mentioned(Op pattern) {
        return OpVars.mentionedVars(pattern);
    }

    private List<PushedIterator.Run> runs(List<Pushed> statements, List<Binding> before) {
        return statements.stream()
                .map(pushed -> new PushedIterator.Run(pushed, () -> open(pushed.statement()), before))
                .toList();
    }

    private RowStream open(Statement statement) {
        allowance.check();
        allowance.statement();
        return new RowStream(graph, statement, allowance);
    }
}
