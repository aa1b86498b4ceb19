package dev.stemma.api.job;

import dev.stemma.api.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One path of a job, or whatever else it is done to.
 *
 * @param path what it is done to
 * @param result what was made of it, once it is done
 * @param problem why it failed, once it has
 */
public record JobItem(
        String path,
        JobState state,
        @Nullable JobResult result,
        @Nullable Problem problem) {

    /** Not begun. */
    public static JobItem queued(String path) {
        return new JobItem(path, JobState.QUEUED, null, null);
    }

    /** The same path in another state, with no result yet. */
    public JobItem in(JobState other) {
        return new JobItem(path, other, null, null);
    }

    /** Done, or failed with a result. */
    public JobItem done(JobResult made, @Nullable Problem why) {
        return new JobItem(path, why == null ? JobState.DONE : JobState.FAILED, made, why);
    }

    /** Failed, or cancelled. */
    public JobItem ended(JobState as, Problem why) {
        return new JobItem(path, as, null, why);
    }
}
