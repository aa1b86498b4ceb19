package dev.stemma.graph.store;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The graph, reached by Bolt. Safe for use by several threads; each call is a transaction of its own, retried while the
 * server says that a retry helps. Reads see all earlier writes made through this object (causal consistency by
 * bookmarks).
 *
 * <p>Failures arrive as {@link GraphException}.
 */
public interface Graph extends AutoCloseable {

    /** Runs a read and collects its rows; for answers that are known to be small. */
    List<Row> read(Statement statement);

    /** Runs a read and hands over each row as it arrives; memory does not grow with the answer. Not retried once rows have arrived. */
    void stream(Statement statement, Consumer<Row> each);

    /**
     * The same, ended by the server with {@link GraphException.Kind#TIMEOUT} when it takes longer than the limit.
     *
     * @param limit more than zero
     */
    void stream(Statement statement, Duration limit, Consumer<Row> each);

    /** Runs several reads against one state of the graph. */
    <T> T reading(Function<Transaction, T> work);

    /** Runs one write and returns its rows. */
    List<Row> write(Statement statement);

    /** Runs several statements that become visible together or not at all; {@code work} may run more than once. */
    <T> T writing(Function<Transaction, T> work);

    /** Ends all connections. */
    @Override
    void close();

    /** Statements that belong together. Ends with the function that it was handed to. */
    interface Transaction {
        /** Runs a statement within this transaction and collects its rows. */
        List<Row> run(Statement statement);
    }
}
