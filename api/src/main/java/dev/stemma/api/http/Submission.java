package dev.stemma.api.http;

import dev.stemma.api.job.Job;
import dev.stemma.api.job.JobQueue;
import dev.stemma.api.job.JobRequest;
import io.micronaut.http.HttpResponse;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the long work of the reference repository is handed to the queue, and answered before it is done. */
final class Submission {

    private static final long USUAL_LIMIT_SECONDS = Duration.ofHours(4).toSeconds();

    private Submission() {}

    /** How long it may take, in seconds: what was asked for, or four hours. */
    static long limit(@Nullable Long seconds) {
        return seconds == null ? USUAL_LIMIT_SECONDS : seconds;
    }

    /** 202 with the job and where to look for it; it is on disk then. */
    static HttpResponse<Job> accepted(JobQueue jobs, JobRequest request) {
        Job job = jobs.submit(request);
        return HttpResponse.<Job>accepted(URI.create("/api/v1/jobs/" + job.id()))
                .body(job);
    }
}
