package dev.stemma.ingest.reference;

import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do one piece of work after another, a few pieces ahead of who brings them. One thread brings; closing gives up what has not begun, and waits for the rest. */
final class Workers implements AutoCloseable {

    private final ExecutorService pool;
    private final int ahead;
    private final Deque<Future<?>> pieces = new ArrayDeque<>();

    /** A piece of work. */
    interface Piece {
        void run() throws ImageProblem, IOException;
    }

    /** @param threads 1 or more */
    Workers(String name, int threads) {
        this.pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name(name + "-", 1).factory());
        this.ahead = 2 * threads;
    }

    /** Takes a piece, and waits for the oldest when there are too many; the failure of that is thrown here. */
    void take(Piece piece) throws ImageProblem, IOException {
        while (pieces.size() >= ahead) {
            await(pieces.removeFirst());
        }
        pieces.add(pool.submit(() -> {
            piece.run();
            return null;
        }));
    }

    /** Waits until all is done; the first failure is thrown. */
    void finish() throws ImageProblem, IOException {
        while (!pieces.isEmpty()) {
            await(pieces.removeFirst());
        }
    }

    private static void await(Future<?> piece) throws ImageProblem, IOException {
        try {
            piece.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ImageProblem problem -> throw problem;
                case IOException io -> throw io;
                case RuntimeException bad -> throw bad;
                case null, default -> throw new IllegalStateException("a piece of work failed", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a disk was written");
        }
    }

    @Override
    public void close() {
        pieces.forEach(piece -> piece.cancel(false));
        pool.close();
    }
}
