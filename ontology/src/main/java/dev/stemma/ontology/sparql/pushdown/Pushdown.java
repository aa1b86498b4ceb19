package dev.stemma.ontology.sparql.pushdown;

import static java.util.stream.Collectors.joining;

import dev.stemma.ontology.mapping.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.core.Var;
import org.jspecify.annotations.Nullable;

/** Compiles patterns. Safe for use by several threads. */
public final class Pushdown {

    /** Ways that share one statement; more would make the planner slower than two statements are. */
    private static final int WAYS_A_STATEMENT = 8;

    private final Mapping mapping;

    public Pushdown(Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * What of a pattern's solutions is wanted.
     *
     * @param variables null for all
     * @param distinct whether equal solutions may be left out
     * @param limit solutions at most, where no more are looked at; -1 for all
     */
    public record Wish(@Nullable Set<Var> variables, boolean distinct, long limit) {
        /** All solutions, whole. */
        public static final Wish ALL = new Wish(null, false, -1);
    }

    /**
     * The statements that together give each solution of the pattern as often as SPARQL has it.
     *
     * @return no statement when nothing can match; empty when the pattern, or a part of it, is ARQ's to run
     */
    public Optional<List<Pushed>> compile(Op pattern, Input input, Wish wish) {
        Optional<List<Step>> steps = StepReader.read(pattern);
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(write(steps.get(), input, wish));
        } catch (Refused e) {
            return Optional.empty();
        }
    }

    private List<Pushed> write(List<Step> steps, Input input, Wish wish) {
        boolean rows = !input.kinds().isEmpty();
        Map<Node, Kind> kinds = new HashMap<>(input.kinds());
        StepWriter writer = new StepWriter(mapping, kinds, input.expressions());
        List<Draft> drafts = writer.write(steps, start(input, rows));
        List<Pushed> statements = new ArrayList<>();
        for (int from = 0; from < drafts.size(); from += WAYS_A_STATEMENT) {
            List<Draft> ways = drafts.subList(from, Math.min(drafts.size(), from + WAYS_A_STATEMENT));
            statements.add(finish(writer, ways, rows, wish));
        }
        return statements;
    }

    private static Draft start(Input input, boolean rows) {
        if (!rows) {
            return Draft.empty();
        }
        Draft draft = Draft.empty().carrying("row").line("UNWIND $rows AS row");
        input.expressions().forEach((variable, expression) -> {
            switch (input.kinds().get(Var.alloc(variable))) {
                case Kind.OfValue(var datatype) -> draft.bind(variable, new Slot.OfValue(expression, datatype, false));
                case Kind.OfTerm _ -> draft.bind(variable, new Slot.OfTerm(expression, false));
                case Kind.OfNode _, Kind.OfStatement _ -> {}
                case null -> throw new IllegalStateException("no kind: " + variable);
            }
        });
        return draft;
    }

    private Pushed finish(StepWriter writer, List<Draft> drafts, boolean rows, Wish wish) {
        Set<Var> all = new LinkedHashSet<>();
        drafts.forEach(draft -> all.addAll(writer.answered(draft)));
        Set<Var> wanted = new LinkedHashSet<>(all);
        if (wish.variables() != null) {
            wanted.retainAll(wish.variables());
        }
        Codes codes = new Codes(mapping);
        List<List<Pushed.Cell>> cells = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Draft draft : drafts) {
            if (!wish.distinct()) {
                writer.distinct(draft, draft.slots().keySet());
            }
            List<Pushed.Cell> way = new ArrayList<>();
            List<String> columns = new ArrayList<>();
            columns.add(cells.size() + " AS way");
            if (rows) {
                columns.add("row.i AS i");
            }
            int at = 0;
            for (Var variable : wanted) {
                String column = "c" + at++;
                Slot slot = draft.slots().get(variable);
                if (slot == null) {
                    columns.add("null AS " + column);
                } else {
                    Codes.Column code = codes.column(slot);
                    columns.add(code.expression() + " AS " + column);
                    way.add(new Pushed.Cell(variable, column, code.decoder()));
                }
            }
            cells.add(List.copyOf(way));
            String limit = wish.limit() < 0 || rows ? "" : " LIMIT " + draft.parameter(wish.limit());
            texts.add(draft.text() + (wish.distinct() ? "RETURN DISTINCT " : "RETURN ") + String.join(", ", columns)
                    + limit + "\n");
        }
        Map<String, Object> parameters = new HashMap<>();
        drafts.forEach(draft -> parameters.putAll(draft.parameters()));
        String cypher = texts.stream().collect(joining("UNION ALL\n", "CYPHER 25\n", ""));
        return new Pushed(cypher, parameters, cells, rows);
    }
}
