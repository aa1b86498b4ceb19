package dev.stemma.graph.store;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.AuthTokenManagers;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.BookmarkManager;
import org.neo4j.driver.BookmarkManagerConfig;
import org.neo4j.driver.BookmarkManagers;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Query;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.TransientException;

/**
 * A {@link Graph} through the Neo4j driver: one connection pool, one line of bookmarks for all its sessions, and the
 * driver's managed transactions for retries. Statements are read as Cypher 25 unless they say otherwise.
 */
public final class BoltGraph implements Graph {

    private static final long RETRY_SECONDS = 30;
    private static final long CONNECT_SECONDS = 10;
    private static final int QUICK_ATTEMPTS = 3;
    private static final String DEADLOCK = "Neo.TransientError.Transaction.DeadlockDetected";

    private final GraphAddress address;
    private final Driver driver;
    private final BookmarkManager bookmarks =
            BookmarkManagers.defaultManager(BookmarkManagerConfig.builder().build());

    private BoltGraph(GraphAddress address, Driver driver) {
        this.address = address;
        this.driver = driver;
    }

    /**
     * Connects, and checks that the server answers and knows the user.
     *
     * @throws GraphException when it does not
     */
    public static BoltGraph open(GraphAddress address) {
        requirePassword(address);
        Config config = Config.builder()
                .withTelemetryDisabled(true)
                .withUserAgent("stemma")
                .withConnectionTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .withConnectionAcquisitionTimeout(RETRY_SECONDS, TimeUnit.SECONDS)
                .withMaxTransactionRetryTime(RETRY_SECONDS, TimeUnit.SECONDS)
                .withEventLoopThreads(2)
                .build();
        Driver driver = GraphDatabase.driver(
                address.uri(),
                AuthTokenManagers.basic(() ->
                        AuthTokens.basic(address.user(), address.password().get())),
                config);
        try {
            driver.verifyConnectivity();
            return new BoltGraph(address, driver);
        } catch (Neo4jException e) {
            driver.close();
            throw BoltFailure.of(e, address.toString());
        } catch (RuntimeException e) {
            driver.close();
            throw e;
        }
    }

    /** The driver asks for it in a thread of its own, and would not say what went wrong there. */
    private static void requirePassword(GraphAddress address) {
        try {
            String _ = address.password().get();
        } catch (UncheckedIOException e) {
            throw new GraphException(GraphException.Kind.UNAUTHENTICATED, String.valueOf(e.getMessage()), e);
        }
    }

    /** The driver, for the rooms of this module that build on it: {@code schema} and {@code catalog}. Do not close it. */
    public Driver driver() {
        return driver;
    }

    /** The bookmarks that make reads see earlier writes; for the same rooms. */
    public BookmarkManager bookmarks() {
        return bookmarks;
    }

    @Override
    public List<Row> read(Statement statement) {
        return reading(transaction -> transaction.run(statement));
    }

    @Override
    public void stream(Statement statement, Consumer<Row> each) {
        stream(statement, TransactionConfig.empty(), each);
    }

    @Override
    public void stream(Statement statement, Duration limit, Consumer<Row> each) {
        stream(statement, TransactionConfig.builder().withTimeout(limit).build(), each);
    }

    void stream(Statement statement, TransactionConfig config, Consumer<Row> each) {
        AtomicBoolean begun = new AtomicBoolean();
        guarded(() -> {
            try (Session session = session(AccessMode.READ)) {
                return session.executeRead(
                        transaction -> {
                            deliver(transaction.run(query(statement)), begun, each);
                            return true;
                        },
                        config);
            }
        });
    }

    /** Once a row is out, a retry would repeat it: from then on failures leave the driver's sight. */
    private void deliver(Result result, AtomicBoolean begun, Consumer<Row> each) {
        try {
            while (result.hasNext()) {
                Row row = BoltValue.row(result.next());
                begun.set(true);
                each.accept(row);
            }
        } catch (Neo4jException e) {
            if (begun.get()) {
                throw failure(e);
            }
            throw e;
        }
    }

    @Override
    public <T> T reading(Function<Transaction, T> work) {
        return guarded(() -> {
            try (Session session = session(AccessMode.READ)) {
                return session.executeRead(transaction -> work.apply(new BoltTransaction(transaction)));
            }
        });
    }

    @Override
    public List<Row> write(Statement statement) {
        return writing(transaction -> transaction.run(statement));
    }

    @Override
    public <T> T writing(Function<Transaction, T> work) {
        return guarded(() -> {
            try (Session session = session(AccessMode.WRITE)) {
                for (int attempt = 1; attempt <= QUICK_ATTEMPTS; attempt++) {
                    try {
                        return session.executeWrite(transaction -> quickly(transaction, work));
                    } catch (Deadlocked e) {
                        continue;
                    }
                }
                return session.executeWrite(transaction -> work.apply(new BoltTransaction(transaction)));
            }
        });
    }

    /** The driver would wait a second before it repeats a transaction that was in another's way, which is over by then. */
    private static <T> T quickly(TransactionContext transaction, Function<Transaction, T> work) {
        try {
            return work.apply(new BoltTransaction(transaction));
        } catch (TransientException e) {
            if (e.code().equals(DEADLOCK)) {
                throw new Deadlocked();
            }
            throw e;
        }
    }

    /** Leaves the driver's sight: it repeats only what failed by an exception of its own. */
    private static final class Deadlocked extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Deadlocked() {
            super("the server ended one of two transactions that waited for each other", null, false, false);
        }
    }

    Session session(AccessMode mode) {
        return driver.session(SessionConfig.builder()
                .withDefaultAccessMode(mode)
                .withBookmarkManager(bookmarks)
                .build());
    }

    GraphException failure(Neo4jException e) {
        return BoltFailure.of(e, address.toString());
    }

    /** What a failure of a library above the driver means; for the same rooms. */
    public GraphException failure(RuntimeException wrapped) {
        for (Throwable cause = wrapped; cause != null; cause = cause.getCause()) {
            if (cause instanceof Neo4jException e) {
                return failure(e);
            }
        }
        return new GraphException(GraphException.Kind.FAILED, String.valueOf(wrapped.getMessage()), wrapped);
    }

    private <T> T guarded(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (Neo4jException e) {
            throw failure(e);
        } catch (IllegalStateException e) {
            if (e.getMessage() != null && e.getMessage().contains("closed")) {
                throw new GraphException(GraphException.Kind.UNREACHABLE, "the connection was closed", e);
            }
            throw e;
        }
    }

    static Query query(Statement statement) {
        return new Query(CypherText.versioned(statement.cypher()), BoltValue.parameters(statement.parameters()));
    }

    @Override
    public void close() {
        driver.close();
    }

    /** Failures stay the driver's own inside, so that it can tell which of them a retry helps against. */
    private record BoltTransaction(TransactionContext context) implements Transaction {
        @Override
        public List<Row> run(Statement statement) {
            return context.run(query(statement)).list(BoltValue::row);
        }
    }
}
