package dev.stemma.queries.drift;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Something that is worked out beside what its caller does. */
final class Aside<T> {

    private final FutureTask<T> task;
    private final String what;

    private Aside(FutureTask<T> task, String what) {
        this.task = task;
        this.what = what;
    }

    /** Begins it. */
    static <T> Aside<T> begin(String what, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name("drift-" + what).start(task);
        return new Aside<>(task, what);
    }

    /** Does it at once, for its caller. */
    static <T> Aside<T> atOnce(String what, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        task.run();
        return new Aside<>(task, what);
    }

    /** What came of it, as soon as it is there; throws what it threw. */
    T join() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(what + " cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
