package dev.stemma.ingest.content.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests that wait for the network side by side. */
final class Ahead {

    private static final int AT_ONCE = 16;

    private Ahead() {}

    /** What is done with each. */
    interface Step<T> {
        void on(T one) throws IOException;
    }

    /** Does it with all of them; after a failure with no more, and throws that. */
    static <T> void run(List<T> all, Step<T> step) throws IOException {
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(AT_ONCE, Math.max(1, all.size())))) {
            List<Future<?>> running = new ArrayList<>();
            for (T one : all) {
                running.add(pool.submit(() -> {
                    step.on(one);
                    return null;
                }));
            }
            try {
                for (Future<?> one : running) {
                    one.get();
                }
            } catch (ExecutionException e) {
                pool.shutdownNow();
                switch (e.getCause()) {
                    case IOException known -> throw known;
                    case null -> throw new IOException(e);
                    default -> throw new IOException(e.getCause());
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while packs were asked for");
            }
        }
    }
}
