package dev.stemma.queries;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.util.List;
import java.util.function.Function;

/** A graph around another: what it does not do otherwise, the other does. */
interface ForwardingGraph extends Graph {

    /** The other. */
    Graph graph();

    @Override
    default List<Row> write(Statement statement) {
        return graph().write(statement);
    }

    @Override
    default <T> T writing(Function<Transaction, T> work) {
        return graph().writing(work);
    }

    @Override
    default void close() {
        graph().close();
    }
}
