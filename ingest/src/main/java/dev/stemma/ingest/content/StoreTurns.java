package dev.stemma.ingest.content;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who does what in a store at the same time: any number of writers; beside them one check or collection; and for a while that one alone. Who waits asks five times a
 * second whether to go on waiting, and keeps its place meanwhile. Safe for use by several threads.
 */
final class StoreTurns {

    private static final long ASK_MILLIS = 200;
    private static final long NOT_ALONE = 0;

    /** As many check-ins at once; far more than a machine can serve. */
    private static final int MAX_WRITERS = 1_024;

    private final Semaphore writers = new Semaphore(MAX_WRITERS, true);
    private final Lock upkeep = new ReentrantLock(true);

    /** Held by who is about to write, and by who waits until nobody does: so one does not overtake the other. */
    private final Semaphore gate = new Semaphore(1, true);

    /** Counts those who began to write; read and written by who holds the gate. */
    private long begun;

    /** What is done when it is one's turn. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Something to wait for, for some time. */
    private interface Turn {
        boolean come(long millis) throws InterruptedException;
    }

    private static void await(Turn turn, StoreWatch watch) throws IOException {
        try {
            while (!turn.come(ASK_MILLIS)) {
                watch.at(StoreWatch.Step.of(StoreWatch.WAITING));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the store");
        }
    }

    /** What only one does: what one collection has marked, another would move. */
    <T> T upkeep(StoreWatch watch, Work<T> work) throws IOException {
        await(millis -> upkeep.tryLock(millis, TimeUnit.MILLISECONDS), watch);
        try {
            return work.run();
        } finally {
            upkeep.unlock();
        }
    }

    /** Waits until all writers have ended, and keeps others out meanwhile. */
    <T> T alone(StoreWatch watch, Work<T> work) throws IOException {
        await(millis -> gate.tryAcquire(millis, TimeUnit.MILLISECONDS), watch);
        try {
            await(millis -> writers.tryAcquire(MAX_WRITERS, millis, TimeUnit.MILLISECONDS), watch);
            try {
                return work.run();
            } finally {
                writers.release(MAX_WRITERS);
            }
        } finally {
            gate.release();
        }
    }

    /** Waits until nobody is alone. Gives what {@link #aloneSince} asks for. */
    long beginWriting(StoreWatch watch) throws IOException {
        await(millis -> gate.tryAcquire(millis, TimeUnit.MILLISECONDS), watch);
        try {
            await(millis -> writers.tryAcquire(millis, TimeUnit.MILLISECONDS), watch);
            long number = ++begun;
            return writers.availablePermits() == MAX_WRITERS - 1 ? number : NOT_ALONE;
        } finally {
            gate.release();
        }
    }

    /** Something that is done while only one writes. */
    interface Alone {
        void run() throws IOException;
    }

    /** For who writes: does something if nobody else does, nor waits to be alone; otherwise says that it did not. */
    boolean onlyWriter(Alone work) throws IOException {
        if (!gate.tryAcquire()) {
            return false;
        }
        try {
            if (writers.availablePermits() != MAX_WRITERS - 1) {
                return false;
            }
            work.run();
            return true;
        } finally {
            gate.release();
        }
    }

    /** Within {@link #onlyWriter}: whether nobody else has written at any time since. */
    boolean aloneSince(long ticket) {
        return ticket == begun;
    }

    /** Once for each {@link #beginWriting}. */
    void endWriting() {
        writers.release();
    }
}
