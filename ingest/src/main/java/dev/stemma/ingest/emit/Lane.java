package dev.stemma.ingest.emit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Does what it is given behind the giver's back: in order, one thing at a time, and holds few things, so that the giver waits
 * for a slow graph before memory fills. After a failure it does nothing more. For one giver.
 */
final class Lane implements AutoCloseable {

    /** What waits while something is being done. */
    private static final int MAX_WAITING = 2;

    private final ExecutorService worker;
    private final Semaphore room = new Semaphore(MAX_WAITING + 1);
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private volatile @Nullable RuntimeException failure;
    private volatile boolean closed;

    Lane(String name) {
        this.worker = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("stemma-write-" + name).factory());
    }

    /**
     * Gives it something to do; waits while it has too much.
     *
     * @throws RuntimeException what something given earlier has failed with
     */
    void submit(Runnable work) {
        requireWell();
        room.acquireUninterruptibly();
        last = CompletableFuture.runAsync(() -> attempt(work), worker);
    }

    private void attempt(Runnable work) {
        try {
            if (failure == null && !closed) {
                work.run();
            }
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            room.release();
        }
    }

    /** Completes when all that was given so far is over, done or not. */
    CompletableFuture<Void> settled() {
        return last;
    }

    /** Waits until all is done. */
    void finish() {
        try {
            last.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("a write broke", e);
        }
        requireWell();
    }

    private void requireWell() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** Whether it has been told to close. */
    boolean closing() {
        return closed;
    }

    /** Waits for what is being done, and drops the rest. */
    @Override
    public void close() {
        closed = true;
        worker.close();
    }
}
