package dev.stemma.api.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a job, or one path of it, stands. */
public enum JobState {
    /** Accepted and on disk, not begun. */
    QUEUED,
    /** Being worked on. */
    RUNNING,
    /** Done. */
    DONE,
    /** Ended with a problem; a job, when one of its paths did. */
    FAILED,
    /** Ended on request. */
    CANCELLED;

    /** Whether nothing will change any more. */
    public boolean ended() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }

    /** The word in answers and in the journal. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
