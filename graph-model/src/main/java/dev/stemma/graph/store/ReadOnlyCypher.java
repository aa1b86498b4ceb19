package dev.stemma.graph.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Query;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.Neo4jException;

/**
 * Cypher that somebody typed. It reads the graph and can do nothing else: its text and its plan are checked first, it runs
 * in a read transaction that is rolled back, and it is bounded in time, rows and bytes. Safe for use by several threads.
 *
 * <p>Refused as {@link GraphException.Kind#READ_ONLY}: all that writes, administration and {@code SHOW} commands,
 * {@code LOAD CSV} (it reads the server's files and network), other databases, and every procedure that is not known to
 * read the graph only.
 */
public final class ReadOnlyCypher {

    private static final String EXPLAIN = "CYPHER 25 EXPLAIN\n";
    private static final String RUN = "CYPHER 25\n";
    private static final Pattern PLACE = Pattern.compile("\\(line (\\d+), column (\\d+) \\(offset: \\d+\\)\\)");

    private final BoltGraph graph;

    /**
     * How much a query may take.
     *
     * @param rows at least 1
     * @param bytes of the whole answer, estimated
     * @param time planning included
     */
    public record Limits(long rows, long bytes, Duration time) {
        /** 10,000 rows, 32 MiB, 30 seconds. */
        public static final Limits STANDARD = new Limits(10_000, 32L << 20, Duration.ofSeconds(30));

        /** The same with other bounds on rows and time. */
        public Limits with(long otherRows, Duration otherTime) {
            return new Limits(otherRows, bytes, otherTime);
        }
    }

    /** A whole answer; rows are in order and have these columns. */
    public record Answer(List<String> columns, List<Row> rows) {
        public Answer {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** Works through the connections of the graph, which stays the caller's to close. */
    public ReadOnlyCypher(BoltGraph graph) {
        this.graph = graph;
    }

    /**
     * Runs a query and collects its answer.
     *
     * @throws GraphException of kind INVALID, READ_ONLY, TIMEOUT, TOO_MANY_ROWS or what else went wrong
     */
    public Answer run(String cypher, Map<String, ? extends @Nullable Object> parameters, Limits limits) {
        List<String> columns = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        stream(cypher, parameters, limits, columns::addAll, rows::add);
        return new Answer(columns, rows);
    }

    /**
     * Runs a query and hands over its columns, then each row as it arrives. When a limit is reached, rows have been handed
     * over already.
     *
     * @throws GraphException as {@link #run} does
     */
    public void stream(
            String cypher,
            Map<String, ? extends @Nullable Object> parameters,
            Limits limits,
            Consumer<List<String>> header,
            Consumer<Row> each) {
        ReadOnlyRules.checkText(cypher);
        Map<String, @Nullable Object> sent = BoltValue.parameters(parameters);
        TransactionConfig config =
                TransactionConfig.builder().withTimeout(limits.time()).build();
        try (Session session = graph.session(AccessMode.READ);
                Transaction transaction = session.beginTransaction(config)) {
            ReadOnlyRules.checkPlan(
                    transaction.run(new Query(EXPLAIN + cypher, sent)).consume());
            Result result = transaction.run(new Query(RUN + cypher, sent));
            header.accept(result.keys());
            deliver(result, limits, each);
        } catch (Neo4jException e) {
            throw placed(graph.failure(e));
        }
    }

    private static void deliver(Result result, Limits limits, Consumer<Row> each) {
        long rows = 0;
        long bytes = 0;
        while (result.hasNext()) {
            Row row = BoltValue.row(result.next());
            rows++;
            bytes += Batch.estimateBytes(row.values());
            if (rows > limits.rows()) {
                throw new GraphException(
                        GraphException.Kind.TOO_MANY_ROWS,
                        "the answer has more than " + limits.rows() + " rows; add a LIMIT or narrow the query");
            }
            if (bytes > limits.bytes()) {
                throw new GraphException(
                        GraphException.Kind.TOO_MANY_ROWS,
                        "the answer is larger than " + limits.bytes() + " bytes; return fewer or smaller values");
            }
            each.accept(row);
        }
    }

    /** The server counts the line that we put before the query. */
    private static GraphException placed(GraphException e) {
        String message = PLACE.matcher(String.valueOf(e.getMessage()))
                .replaceAll(place -> "(line " + Math.max(1, Long.parseLong(place.group(1)) - 1) + ", column "
                        + place.group(2) + ")");
        return new GraphException(e.kind(), message, e);
    }
}
