package dev.stemma.ingest.content;

import dev.stemma.ingest.problem.OverBudget;
import java.io.IOException;

/** Long work on a store was cancelled, or took longer than it may. What it did stays, and the store is whole. */
public final class WorkEndedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient OverBudget why;

    /** @param why code {@code cancelled} or {@code time-limit} */
    public WorkEndedException(OverBudget why) {
        super(why.getMessage(), why);
        this.why = why;
    }

    /** What ended it. */
    public OverBudget why() {
        return why;
    }
}
