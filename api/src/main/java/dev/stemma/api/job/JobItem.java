package dev.stemma.api.job;

import dev.stemma.api.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One path of a job.
 *
 * @param result what was made of it, once it is done
 * @param problem why it failed, once it has
 */
public record JobItem(
        String path,
        JobState state,
        @Nullable Result result,
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
    public JobItem done(Result made, @Nullable Problem why) {
        return new JobItem(path, why == null ? JobState.DONE : JobState.FAILED, made, why);
    }

    /** Failed, or cancelled. */
    public JobItem ended(JobState as, Problem why) {
        return new JobItem(path, as, null, why);
    }

    /**
     * What an index run left in the graph.
     *
     * @param image id of the image
     * @param name its name
     * @param inventory id of its current inventory
     * @param level of that inventory
     * @param unchanged whether that inventory was known before
     * @param files regular files read; 0 at the basic level
     * @param fileBytes their logical bytes
     * @param takenOver what was not read because an indexed parent has it; missing where everything was read
     * @param packages installed packages
     * @param observations what a person must know of: parts not read and the like
     * @param millis how long it took
     */
    public record Result(
            String image,
            String name,
            String inventory,
            String level,
            boolean unchanged,
            long files,
            long fileBytes,
            @Nullable TakenOver takenOver,
            long packages,
            long observations,
            long millis) {}

    /**
     * Files whose digests are those of the image's parent.
     *
     * @param from where the parent lies; the image itself where it had not changed
     * @param files names of regular files
     * @param fileBytes their logical bytes
     */
    public record TakenOver(String from, long files, long fileBytes) {}
}
