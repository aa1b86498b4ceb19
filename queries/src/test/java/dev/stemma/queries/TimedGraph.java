package dev.stemma.queries;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A graph that notes how long each statement took, for benchmarks. */
public record TimedGraph(Graph graph, List<String> notes) implements ForwardingGraph {

    public TimedGraph(Graph graph) {
        this(graph, Collections.synchronizedList(new ArrayList<>()));
    }

    private void note(Statement statement, long start, int rows) {
        notes.add("%.1f ms, %d rows: %s"
                .formatted(
                        (System.nanoTime() - start) / 1e6,
                        rows,
                        statement.cypher().lines().findFirst().orElse("")));
    }

    @Override
    public List<Row> read(Statement statement) {
        long start = System.nanoTime();
        List<Row> rows = graph.read(statement);
        note(statement, start, rows.size());
        return rows;
    }

    @Override
    public void stream(Statement statement, Consumer<Row> each) {
        long start = System.nanoTime();
        int[] rows = {0};
        graph.stream(statement, row -> {
            rows[0]++;
            each.accept(row);
        });
        note(statement, start, rows[0]);
    }

    @Override
    public void stream(Statement statement, Duration limit, Consumer<Row> each) {
        graph.stream(statement, limit, each);
    }

    @Override
    public <T> T reading(Function<Transaction, T> work) {
        return graph.reading(transaction -> work.apply(statement -> {
            long start = System.nanoTime();
            List<Row> rows = transaction.run(statement);
            note(statement, start, rows.size());
            return rows;
        }));
    }
}
