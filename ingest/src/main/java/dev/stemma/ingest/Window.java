package dev.stemma.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a walk that is hashed together: its files are read in the order in which they lie on the medium, and
 * delivered in the order of the walk. One thread fills it, any number drain it, one waits for it.
 */
final class Window {

    /** Entries; bounds the memory of a run together with the number of windows that are open at once. */
    static final int MAX_ENTRIES = 4_096;

    /** An entry, and the job whose result completes it; null for what needs no reading. */
    record Slot(Walk.Found found, @Nullable HashJob job) {}

    final List<Slot> slots = new ArrayList<>();
    private final List<HashJob> jobs = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final int room;
    private CountDownLatch remaining = new CountDownLatch(0);

    /** @param room entries that make it full, from 1 to {@link #MAX_ENTRIES} */
    Window(int room) {
        this.room = room;
    }

    /** Adds an entry; a job that belongs to an earlier entry too is not added again. */
    void add(Walk.Found found, @Nullable HashJob job, boolean mine) {
        slots.add(new Slot(found, job));
        if (job != null && mine) {
            jobs.add(job);
        }
    }

    boolean full() {
        return slots.size() >= room;
    }

    /** No more entries: sorts the jobs. Before any other thread sees the window. */
    void seal() {
        jobs.sort(Comparator.comparingLong((HashJob job) -> job.position));
        remaining = new CountDownLatch(jobs.size());
    }

    /** The next job that nobody has taken; null when there is none. */
    @Nullable
    HashJob take() {
        int index = next.getAndIncrement();
        return index < jobs.size() ? jobs.get(index) : null;
    }

    void done() {
        remaining.countDown();
    }

    /** Whether all jobs were done within the time. */
    boolean await(long millis) throws InterruptedException {
        return remaining.await(millis, TimeUnit.MILLISECONDS);
    }
}
