package dev.stemma.api.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stands; a value, replaced as it goes on.
 *
 * @param id {@code job-} and 20 hexadecimal digits, later ones greater
 * @param items one for each subject, in the order asked
 */
public record Job(
        String id,
        JobRequest request,
        JobState state,
        Instant submittedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        List<JobItem> items) {

    public Job {
        items = List.copyOf(items);
    }

    /** Just accepted. */
    public static Job accepted(String id, JobRequest request, Instant at) {
        return new Job(
                id,
                request,
                JobState.QUEUED,
                at,
                null,
                null,
                request.subjects().stream().map(JobItem::queued).toList());
    }

    Job with(int index, JobItem item) {
        List<JobItem> changed = new ArrayList<>(items);
        changed.set(index, item);
        return new Job(id, request, state, submittedAt, startedAt, endedAt, changed);
    }

    Job in(JobState other, Instant at) {
        return switch (other) {
            case QUEUED ->
                new Job(
                        id,
                        request,
                        other,
                        submittedAt,
                        null,
                        null,
                        items.stream()
                                .map(item -> item.state() == JobState.RUNNING ? item.in(JobState.QUEUED) : item)
                                .toList());
            case RUNNING -> new Job(id, request, other, submittedAt, at, null, items);
            case DONE, FAILED, CANCELLED ->
                new Job(
                        id,
                        request,
                        other,
                        submittedAt,
                        startedAt,
                        at,
                        items.stream()
                                .map(item -> item.state().ended() ? item : item.in(JobState.CANCELLED))
                                .toList());
        };
    }

    /** What the items add up to once each has ended. */
    JobState verdict() {
        boolean cancelled = items.stream().anyMatch(item -> item.state() == JobState.CANCELLED);
        boolean failed = items.stream().anyMatch(item -> item.state() == JobState.FAILED);
        return cancelled ? JobState.CANCELLED : failed ? JobState.FAILED : JobState.DONE;
    }
}
