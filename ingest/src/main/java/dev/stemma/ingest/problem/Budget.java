package dev.stemma.ingest.problem;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one index run may cost, and its cancel switch. Handed down to every reader, which asks {@link #check} at least
 * once for each thousand steps or 16 MiB. Safe for use by several threads.
 */
public final class Budget {

    /** Entries a walk may meet in one image. */
    public static final long MAX_ENTRIES = 20_000_000;

    /** Names a path may have; more than any mountable guest needs. */
    public static final int MAX_DEPTH = 1_024;

    /** Entries of one directory. */
    public static final int MAX_DIRECTORY_ENTRIES = 4_000_000;

    private final long deadlineNanos;
    private final Duration limit;
    private final AtomicBoolean cancelled = new AtomicBoolean();

    private Budget(Duration limit) {
        this.limit = limit;
        this.deadlineNanos = System.nanoTime() + limit.toNanos();
    }

    /** A budget whose time starts now. */
    public static Budget of(Duration limit) {
        return new Budget(limit);
    }

    /** Makes the next {@link #check} fail, in whichever thread. */
    public void cancel() {
        cancelled.set(true);
    }

    /** Time left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    /**
     * @param origin where the work stands
     * @throws OverBudget with code {@code cancelled} or {@code time-limit}
     */
    public void check(Origin origin) throws OverBudget {
        if (cancelled.get()) {
            throw new OverBudget("cancelled", origin, "cancelled on request");
        }
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new OverBudget(
                    "time-limit",
                    origin,
                    "reading took longer than " + limit.toSeconds() + " s",
                    "Raise --time-limit.");
        }
    }
}
