package dev.stemma.api.wiring;

import dev.stemma.graph.store.Graph;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * How far the start has come. The graph takes seconds, so it starts beside everything else, and the service answers
 * {@code /health/ready} with the truth meanwhile. Safe for use by several threads.
 */
public final class Startup {

    private final CompletableFuture<Library> library;
    private final CountDownLatch stop;
    private final Instant begun = Instant.now();
    private volatile boolean ready;
    private volatile @Nullable String failure;

    Startup(CompletableFuture<Library> library, CountDownLatch stop) {
        this.library = library;
        this.stop = stop;
    }

    /** The graph and what runs it; waits until it is there. */
    Library library() {
        try {
            return library.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
    }

    Graph graph() {
        return library().graph();
    }

    void ready() {
        ready = true;
    }

    void failed(String why) {
        failure = why;
    }

    /** Whether questions are answered now. */
    public boolean isReady() {
        return ready;
    }

    /** Why the start failed, where it did. */
    public @Nullable String failure() {
        return failure;
    }

    /** Whether Neo4j is our own child. */
    public boolean localGraph() {
        return library().local().isPresent();
    }

    /** Asks the service to end; it does so after what it is answering. */
    public void requestStop() {
        stop.countDown();
    }

    /** Since the process began to serve. */
    public Duration uptime() {
        return Duration.between(begun, Instant.now());
    }
}
