package dev.stemma.queries;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A graph that others write to between one's own readings.
 *
 * @param meddle what they do after a statement was read
 */
public record MeddledGraph(Graph graph, Consumer<Statement> meddle) implements ForwardingGraph {

    @Override
    public List<Row> read(Statement statement) {
        List<Row> rows = graph.read(statement);
        meddle.accept(statement);
        return rows;
    }

    @Override
    public void stream(Statement statement, Consumer<Row> each) {
        graph.stream(statement, each);
        meddle.accept(statement);
    }

    @Override
    public void stream(Statement statement, Duration limit, Consumer<Row> each) {
        graph.stream(statement, limit, each);
        meddle.accept(statement);
    }

    @Override
    public <T> T reading(Function<Transaction, T> work) {
        return graph.reading(transaction -> work.apply(statement -> {
            List<Row> rows = transaction.run(statement);
            meddle.accept(statement);
            return rows;
        }));
    }
}
