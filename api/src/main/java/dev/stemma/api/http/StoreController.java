package dev.stemma.api.http;

import dev.stemma.api.job.CollectRequest;
import dev.stemma.api.job.Job;
import dev.stemma.api.job.JobQueue;
import dev.stemma.api.job.JobRequest;
import dev.stemma.api.job.VerifyRequest;
import dev.stemma.api.problem.ProblemException;
import dev.stemma.api.problem.ReferenceProblems;
import dev.stemma.api.security.Role;
import dev.stemma.api.wiring.ReferenceStore;
import dev.stemma.ingest.content.StoreStatistics;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The content store of the reference repository: what it costs, whether it is whole, and what of it can go. */
@Controller("/api/v1/store")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "reference repository")
final class StoreController {

    private static final long LIMIT_SECONDS = Duration.ofDays(7).toSeconds();

    /** Two weeks, as git has it. */
    private static final long USUAL_GRACE_SECONDS = Duration.ofDays(14).toSeconds();

    private final JobQueue jobs;
    private final ReferenceStore store;

    StoreController(JobQueue jobs, ReferenceStore store) {
        this.jobs = jobs;
        this.store = store;
    }

    @Get("/statistics")
    @Secured(Role.Word.VIEWER)
    @Operation(
            summary = "What the store holds, and what each image costs alone",
            description = "All manifests are read for it: some seconds for a thousand images.")
    StoreStatistics.Statistics statistics() {
        try {
            return StoreStatistics.of(store.get());
        } catch (IOException e) {
            throw new ProblemException(ReferenceProblems.problem(e));
        }
    }

    /** @param share of the store to read, above 0 and up to 1, which is the default */
    record Verification(@Nullable Double share) {}

    @Post("/verifications")
    @Secured(Role.Word.LIBRARIAN)
    @Operation(summary = "Read the store again and hold it against its digests; answered once the job is on disk")
    HttpResponse<Job> verify(@Body Verification wanted, Authentication user) {
        double share = wanted.share() == null ? 1 : wanted.share();
        return accepted(new VerifyRequest(share, LIMIT_SECONDS, user.getName()));
    }

    /** @param graceSeconds deleted versions, and packs, that are younger stay; two weeks by default */
    record Collection(@Nullable Long graceSeconds) {}

    @Post("/collections")
    @Secured(Role.Word.ADMINISTRATOR)
    @Operation(summary = "Let go of deleted versions, and free what nothing leads to; answered once the job is on disk")
    HttpResponse<Job> collect(@Body Collection wanted, Authentication user) {
        long grace = wanted.graceSeconds() == null ? USUAL_GRACE_SECONDS : wanted.graceSeconds();
        return accepted(new CollectRequest(grace, LIMIT_SECONDS, user.getName()));
    }

    private HttpResponse<Job> accepted(JobRequest request) {
        Job job = jobs.submit(request);
        return HttpResponse.<Job>accepted(URI.create("/api/v1/jobs/" + job.id()))
                .body(job);
    }
}
