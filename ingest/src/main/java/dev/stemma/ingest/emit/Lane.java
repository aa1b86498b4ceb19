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

    private final ExecutorService worker;
    private final Semaphore room;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private volatile @Nullable RuntimeException failure;
    private volatile boolean closed;

    /** @param waiting things that may wait while another is done, 0 or more */
    Lane(String name, int waiting) {
        this.room = new Semaphore(waiting + 1);
        this.worker = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("stemma-write-" + name).factory());
    }

    /**
     * Gives it something to do; waits while it has too much.
     *
     * @return completes when that is over, done or not
     * @throws RuntimeException what something given earlier has failed with
     */
    CompletableFuture<Void> submit(Runnable work) {
        requireWell();
        room.acquireUninterruptibly();
        last = CompletableFuture.runAsync(() -> attempt(work), worker);
        return last;
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
