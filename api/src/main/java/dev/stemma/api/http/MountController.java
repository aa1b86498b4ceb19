package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.problem.ProblemException;
import dev.stemma.api.problem.ReferenceProblems;
import dev.stemma.api.security.Role;
import dev.stemma.api.wiring.Mounts;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.reference.ReferenceProblem;
import dev.stemma.queries.inventory.References;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Versions whose files are shown in directories of the service's host. */
@Controller("/api/v1/mounts")
@Secured(Role.Word.LIBRARIAN)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "reference repository")
final class MountController {

    private final References references;
    private final Mounts mounts;

    MountController(References references, Mounts mounts) {
        this.references = references;
        this.mounts = mounts;
    }

    /**
     * What to show.
     *
     * @param version a reference to it
     * @param directory absolute path on the service's host, of an empty directory in an allowed one
     * @param fileSystem {@code 0:2} for one file system alone; without it the guest's own view
     */
    record Wanted(
            @Nullable String version,
            @Nullable String directory,
            @Nullable String fileSystem) {}

    /** Those that are open. */
    record All(List<Mounts.Mount> items) {}

    @Get
    @Operation(summary = "The versions that are mounted")
    All all() throws ImageProblem {
        try {
            return new All(mounts.all());
        } catch (IOException e) {
            throw new ProblemException(ReferenceProblems.problem(e));
        }
    }

    @Post
    @Operation(
            summary = "Show the files of a version in a directory, read-only, until that is ended or the service ends")
    HttpResponse<Mounts.Mount> open(@Body Wanted wanted) throws ImageProblem {
        if (wanted.version() == null || wanted.directory() == null) {
            throw ProblemCode.BAD_REQUEST.because("version and directory are needed");
        }
        OptionalInt partition = wanted.fileSystem() == null
                ? OptionalInt.empty()
                : OptionalInt.of(ContentController.partition(wanted.fileSystem()));
        try {
            return HttpResponse.created(mounts.open(
                    references.require(wanted.version()).imageId(), Path.of(wanted.directory()), partition));
        } catch (ReferenceProblem e) {
            throw new ProblemException(ReferenceProblems.problem(e));
        } catch (IOException e) {
            throw new ProblemException(ReferenceProblems.problem(e));
        }
    }

    @Delete
    @Operation(summary = "End a mount, by its id or its directory")
    Mounts.Mount end(@QueryValue String mount) throws ImageProblem {
        try {
            return mounts.end(mount);
        } catch (IOException e) {
            throw new ProblemException(ReferenceProblems.problem(e));
        }
    }
}
