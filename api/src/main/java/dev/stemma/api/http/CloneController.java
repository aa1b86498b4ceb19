package dev.stemma.api.http;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.home.Targets;
import dev.stemma.api.job.CloneRequest;
import dev.stemma.api.job.Job;
import dev.stemma.api.job.JobQueue;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.reference.Branches;
import dev.stemma.ingest.reference.Version;
import dev.stemma.queries.inventory.References;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Many files of one version at once. */
@Controller("/api/v1/clones")
@Secured(Role.Word.LIBRARIAN)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "reference repository")
final class CloneController {

    private final JobQueue jobs;
    private final References references;
    private final Targets places;
    private final Branches branches;

    CloneController(JobQueue jobs, References references, AllowedDirectories directories, Graph graph) {
        this.jobs = jobs;
        this.references = references;
        this.places = new Targets(directories);
        this.branches = new Branches(graph);
    }

    /**
     * What to make.
     *
     * @param version a reference to it
     * @param targets absolute paths on the service's host, in an allowed directory, where nothing is yet; 1 to 64
     * @param overlays whether all but the first are to be qcow2 overlays on the first; else each is a raw disk of its own
     * @param timeLimitSeconds four hours by default
     */
    record Wanted(
            @Nullable String version,
            @Nullable List<String> targets,
            @Nullable Boolean overlays,
            @Nullable Long timeLimitSeconds) {}

    @Post
    @Operation(
            summary = "Make several files of a version, each of which opens a branch; answered once the job is on disk",
            description =
                    "All of them, or none. Where the file system can share blocks between files, they take the place of one.")
    HttpResponse<Job> make(@Body Wanted wanted, Authentication user) throws IOException {
        if (wanted.version() == null || wanted.version().isBlank()) {
            throw ProblemCode.BAD_REQUEST.because("version is missing");
        }
        Version version =
                branches.requireUsable(references.require(wanted.version()).imageId());
        List<String> targets = new ArrayList<>();
        for (String target : wanted.targets() == null ? List.<String>of() : wanted.targets()) {
            targets.add(places.require(Path.of(target)).toString());
        }
        boolean overlays = Boolean.TRUE.equals(wanted.overlays());
        for (int i = 0; i < targets.size(); i++) {
            requireName(targets.get(i), overlays && i > 0 ? "qcow2" : "raw", version);
        }
        long limit = Submission.limit(wanted.timeLimitSeconds());
        return Submission.accepted(
                jobs,
                new CloneRequest(version.imageId(), version.reference(), targets, overlays, limit, user.getName()));
    }

    /** Whoever opens a raw disk as qcow2, or the other way round, finds nothing in it, or trusts what a guest wrote there. */
    private static void requireName(String target, String made, Version version) {
        Optional<String> named = TargetFormat.of(target).filter(format -> !format.equals(made));
        if (named.isPresent()) {
            throw ProblemCode.BAD_REQUEST.because(
                    target + " would be " + made + " and not what its name says: clones are raw disks, "
                            + "or qcow2 overlays on the first; give it another name, or make it alone: stemma checkout "
                            + version.reference() + " --to " + target);
        }
    }
}
