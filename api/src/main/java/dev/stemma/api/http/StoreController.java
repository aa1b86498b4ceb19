package dev.stemma.api.http;

import dev.stemma.api.job.CollectRequest;
import dev.stemma.api.job.Job;
import dev.stemma.api.job.JobQueue;
import dev.stemma.api.job.VerifyRequest;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.problem.ProblemException;
import dev.stemma.api.problem.ReferenceProblems;
import dev.stemma.api.security.Role;
import dev.stemma.api.wiring.ReferenceStore;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.StoreStatistics;
import dev.stemma.ingest.content.StoreWatch;
import dev.stemma.ingest.content.WorkEndedException;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.reference.Housekeeping;
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
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content store of the reference repository: what it costs, whether it is whole, and what of it can go. */
@Controller("/api/v1/store")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "reference repository")
final class StoreController {

    private static final Duration STATISTICS_LIMIT = Duration.ofMinutes(10);

    /** Two weeks, as git has it. */
    private static final long USUAL_GRACE_SECONDS = Duration.ofDays(14).toSeconds();

    private final JobQueue jobs;
    private final ReferenceStore store;
    private final Graph graph;

    StoreController(JobQueue jobs, ReferenceStore store, Graph graph) {
        this.jobs = jobs;
        this.store = store;
        this.graph = graph;
    }

    @Get("/statistics")
    @Secured(Role.Word.VIEWER)
    @Operation(
            summary = "What the store holds, and what each image costs alone",
            description =
                    "All manifests are read for it: some seconds for a thousand images, and ten minutes at most. It waits for no job.")
    Statistics statistics() throws OverBudget {
        Budget budget = Budget.of(STATISTICS_LIMIT);
        StoreWatch watch = _ -> {
            try {
                budget.check(Origin.of("the content store"));
            } catch (OverBudget e) {
                throw new WorkEndedException(e);
            }
        };
        try {
            ContentStore open = store.get();
            return Statistics.of(new Housekeeping(graph, open).holdings(watch), open.unreadable());
        } catch (WorkEndedException e) {
            throw e.why();
        } catch (IOException e) {
            throw new ProblemException(ReferenceProblems.problem(e));
        }
    }

    /**
     * What the store holds.
     *
     * @param diskBytes that guests see
     * @param dataBytes of these, what is not zeros
     * @param uniqueBytes of this, each thing once, before compression
     * @param neededBytes that it takes in the packs, about
     * @param packBytes of all packs on the medium; what of them is not needed is garbage
     * @param indexBytes of the index of objects, in memory
     * @param unreadable packs that are gone, or of which nothing can be read, one line each
     */
    record Statistics(
            long diskBytes,
            long dataBytes,
            long uniqueBytes,
            long neededBytes,
            long packBytes,
            int packs,
            long objects,
            long indexBytes,
            List<String> unreadable,
            List<StoredImage> images) {

        static Statistics of(Housekeeping.Holdings holdings, List<String> unreadable) {
            StoreStatistics.Statistics found = holdings.statistics();
            return new Statistics(
                    found.diskBytes(),
                    found.dataBytes(),
                    found.uniqueBytes(),
                    found.neededBytes(),
                    found.size().packBytes(),
                    found.size().packs(),
                    found.size().objects(),
                    found.size().indexBytes(),
                    unreadable,
                    found.images().stream()
                            .map(image -> new StoredImage(
                                    image.name(),
                                    holdings.versions().getOrDefault(image.name(), List.of()),
                                    image.diskBytes(),
                                    image.dataBytes(),
                                    image.aloneBytes(),
                                    image.whole()))
                            .toList());
        }
    }

    /**
     * An image in the store.
     *
     * @param versions that name it; none where a check-in was cut off
     * @param aloneBytes that only it needs: what letting go of it would free, about
     * @param whole false when something of it is known to be missing
     */
    record StoredImage(
            Digest content, List<String> versions, long diskBytes, long dataBytes, long aloneBytes, boolean whole) {}

    /**
     * @param share of the store to read, above 0 and up to 1, which is the default
     * @param repair to take out what is damaged, so that a check-in of the same brings it again; administrators only
     * @param from absolute paths of images on the service's host, in allowed directories, from which a repair brings back what was taken out
     * @param timeLimitSeconds four hours by default
     */
    record Verification(
            @Nullable Double share,
            @Nullable Boolean repair,
            @Nullable List<String> from,
            @Nullable Long timeLimitSeconds) {}

    @Post("/verifications")
    @Secured(Role.Word.LIBRARIAN)
    @Operation(summary = "Read the store again and hold it against its digests; answered once the job is on disk")
    HttpResponse<Job> verify(@Body Verification wanted, Authentication user) {
        double share = wanted.share() == null ? 1 : wanted.share();
        boolean repair = Boolean.TRUE.equals(wanted.repair());
        if (repair && !user.getRoles().contains(Role.ADMINISTRATOR.word())) {
            throw ProblemCode.ROLE_REQUIRED.because("only an administrator may repair the store");
        }
        return Submission.accepted(
                jobs,
                new VerifyRequest(
                        share, repair, wanted.from(), Submission.limit(wanted.timeLimitSeconds()), user.getName()));
    }

    /**
     * @param graceSeconds deleted versions, and packs, that are younger stay; two weeks by default
     * @param timeLimitSeconds four hours by default
     */
    record Collection(@Nullable Long graceSeconds, @Nullable Long timeLimitSeconds) {}

    @Post("/collections")
    @Secured(Role.Word.ADMINISTRATOR)
    @Operation(summary = "Let go of deleted versions, and free what nothing leads to; answered once the job is on disk")
    HttpResponse<Job> collect(@Body Collection wanted, Authentication user) {
        long grace = wanted.graceSeconds() == null ? USUAL_GRACE_SECONDS : wanted.graceSeconds();
        return Submission.accepted(
                jobs, new CollectRequest(grace, Submission.limit(wanted.timeLimitSeconds()), user.getName()));
    }
}
