package dev.stemma.ontology.sparql;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a statement, pulled. The graph pushes rows, ARQ pulls them: a virtual thread stands between, a few hundred
 * rows ahead. Closed early, it ends the statement. Used by one thread.
 */
final class RowStream implements AutoCloseable {

    private static final int CHUNK = 128;
    private static final int CHUNKS = 4;

    /** What the queue carries: rows, and at the end what went wrong, if anything. */
    private record Chunk(
            List<Row> rows, boolean last, @Nullable RuntimeException failure) {}

    /** Ends the statement when nobody reads on. */
    private static final class Unwanted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unwanted() {
            super("nobody reads on", null, false, false);
        }
    }

    private final BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(CHUNKS);
    private final AtomicBoolean unwanted = new AtomicBoolean();
    private final Allowance allowance;
    private Chunk chunk = new Chunk(List.of(), false, null);
    private int at;

    RowStream(Graph graph, Statement statement, Allowance allowance) {
        this.allowance = allowance;
        Thread.ofVirtual().name("sparql-rows").start(() -> produce(graph, statement));
    }

    private void produce(Graph graph, Statement statement) {
        List<Row> rows = new ArrayList<>(CHUNK);
        try {
            graph.stream(statement, allowance.remaining(), row -> {
                rows.add(row);
                if (rows.size() == CHUNK) {
                    put(new Chunk(List.copyOf(rows), false, null));
                    rows.clear();
                }
            });
            put(new Chunk(List.copyOf(rows), true, null));
        } catch (Unwanted e) {
            return;
        } catch (RuntimeException e) {
            try {
                put(new Chunk(List.of(), true, e));
            } catch (Unwanted ignored) {
                return;
            }
        }
    }

    private void put(Chunk next) {
        try {
            while (!queue.offer(next, 100, TimeUnit.MILLISECONDS)) {
                if (unwanted.get()) {
                    throw new Unwanted();
                }
            }
            if (unwanted.get()) {
                throw new Unwanted();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unwanted();
        }
    }

    /** The next row; null after the last. */
    @Nullable
    Row next() {
        while (at == chunk.rows().size()) {
            if (chunk.failure() != null) {
                throw problem(chunk.failure());
            }
            if (chunk.last()) {
                return null;
            }
            chunk = take();
            at = 0;
        }
        return chunk.rows().get(at++);
    }

    private Chunk take() {
        try {
            while (true) {
                allowance.check();
                Chunk next = queue.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    return next;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SparqlProblem(SparqlProblem.Code.TIMEOUT, "the query was interrupted", e);
        }
    }

    private RuntimeException problem(RuntimeException failure) {
        if (!(failure instanceof GraphException e)) {
            return failure;
        }
        return switch (e.kind()) {
            case TIMEOUT -> allowance.overtime(e);
            case UNREACHABLE, UNAUTHENTICATED, CONFLICT, FAILED, INVALID, READ_ONLY, TOO_MANY_ROWS ->
                new SparqlProblem(SparqlProblem.Code.UNAVAILABLE, "the graph did not answer: " + e.getMessage(), e);
        };
    }

    @Override
    public void close() {
        unwanted.set(true);
        queue.clear();
    }
}
