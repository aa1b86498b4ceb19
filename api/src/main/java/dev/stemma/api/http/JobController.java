package dev.stemma.api.http;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.job.IndexRequest;
import dev.stemma.api.job.Job;
import dev.stemma.api.job.JobEvent;
import dev.stemma.api.job.JobQueue;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Long work: index runs are asked for here, and all others followed. */
@Controller("/api/v1/jobs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "jobs")
final class JobController {

    private static final long USUAL_LIMIT_SECONDS = 3_600;

    private final JobQueue jobs;
    private final AllowedDirectories directories;

    JobController(JobQueue jobs, AllowedDirectories directories) {
        this.jobs = jobs;
        this.directories = directories;
    }

    /**
     * What to index.
     *
     * @param paths absolute paths on the service's host, of images or of directories that hold some
     * @param level {@code basic} or {@code full} (the default)
     * @param allow directories to add to the allowed ones, for good; administrators only
     * @param timeLimitSeconds for each path; an hour by default
     * @param keyFiles absolute paths on the service's host of files of mode 600 in allowed directories, each with a passphrase for LUKS containers
     * @param readAll to read every file, also where an indexed parent tells its digest; false by default
     */
    record Submission(
            List<String> paths,
            @Nullable String level,
            @Nullable List<String> allow,
            @Nullable Long timeLimitSeconds,
            @Nullable List<String> keyFiles,
            @Nullable Boolean readAll) {}

    @Post
    @Secured(Role.Word.LIBRARIAN)
    @Operation(summary = "Index images; answered once the job is on disk")
    HttpResponse<Job> submit(@Body Submission wanted, Authentication user) {
        Allowance allowance = Allowance.of(directories, wanted.allow(), user);
        IndexRequest request = request(wanted, user.getName());
        allowance.give();
        ImagePaths found = ImagePaths.in(request.paths(), directories);
        Job job = jobs.submit(request.of(found.paths(), found.passedOver()));
        return HttpResponse.<Job>accepted(URI.create("/api/v1/jobs/" + job.id()))
                .body(job);
    }

    private static IndexRequest request(Submission wanted, String user) {
        try {
            return new IndexRequest(
                    wanted.paths() == null ? List.of() : wanted.paths(),
                    wanted.level() == null ? "full" : wanted.level(),
                    wanted.timeLimitSeconds() == null ? USUAL_LIMIT_SECONDS : wanted.timeLimitSeconds(),
                    user,
                    wanted.keyFiles(),
                    Boolean.TRUE.equals(wanted.readAll()),
                    null);
        } catch (IllegalArgumentException e) {
            throw ProblemCode.BAD_REQUEST.because(String.valueOf(e.getMessage()));
        }
    }

    @Get
    @Secured(Role.Word.VIEWER)
    @Operation(summary = "Jobs, the latest first")
    Page<Job> list(@QueryValue @Nullable Integer limit, @QueryValue @Nullable String cursor) {
        var page = Paging.of(limit, cursor);
        List<Job> found =
                jobs.list(page.after().map(at -> at.require(1).getFirst()).orElse(null), page.limit() + 1);
        boolean more = found.size() > page.limit();
        List<Job> items = more ? found.subList(0, page.limit()) : found;
        return new Page<>(
                items, more ? Optional.of(Cursor.of(items.getLast().id()).text()) : Optional.empty(), jobs.count());
    }

    @Get("/{id}")
    @Secured(Role.Word.VIEWER)
    @Operation(summary = "A job")
    Job find(String id) {
        return jobs.find(id)
                .orElseThrow(() -> ProblemCode.NOT_FOUND.because("there is no job " + id, "See: stemma jobs"));
    }

    @Delete("/{id}")
    @Secured(Role.Word.LIBRARIAN)
    @Operation(summary = "Cancel a job; what it has done stays")
    Job cancel(String id) {
        return jobs.cancel(id);
    }

    @Get("/{id}/events")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @Secured(Role.Word.VIEWER)
    @Operation(
            summary = "What happens to a job, as server-sent events",
            description =
                    "Event job: the job as it stands now, first of all and at each change; the stream ends with the job."
                            + " Event progress: how far the path being worked on has come.")
    Publisher<Event<Object>> events(String id) {
        find(id);
        return Flux.<Event<Object>>create(
                sink -> {
                    JobQueue.Watch watch = jobs.watch(id, event -> send(sink, event));
                    sink.onDispose(watch::close);
                },
                FluxSink.OverflowStrategy.BUFFER);
    }

    private static void send(FluxSink<Event<Object>> sink, JobEvent event) {
        switch (event) {
            case JobEvent.Changed changed -> {
                sink.next(Event.<Object>of(changed.job()).name("job"));
                if (changed.job().state().ended()) {
                    sink.complete();
                }
            }
            case JobEvent.Progressed progressed ->
                sink.next(Event.<Object>of(progressed.progress()).name("progress"));
        }
    }
}
