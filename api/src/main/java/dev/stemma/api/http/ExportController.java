package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.problem.ProblemException;
import dev.stemma.api.problem.ReferenceProblems;
import dev.stemma.api.security.Role;
import dev.stemma.api.wiring.Exports;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.reference.ReferenceProblem;
import dev.stemma.queries.inventory.References;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions that are served as block devices, on sockets of the service's host. */
@Controller("/api/v1/exports")
@Secured(Role.Word.LIBRARIAN)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "reference repository")
final class ExportController {

    private final References references;
    private final Exports exports;

    ExportController(References references, Exports exports) {
        this.references = references;
        this.exports = exports;
    }

    /**
     * What to serve.
     *
     * @param version a reference to it
     * @param disk 1, the first, by default
     * @param writable whether clients may write; what they write is gone with the export
     */
    record Wanted(
            @Nullable String version,
            @Nullable Integer disk,
            @Nullable Boolean writable) {}

    /** Those that are open. */
    record All(List<Exports.Export> items) {}

    @Get
    @Operation(summary = "The exports that are open")
    All all() {
        return new All(exports.all());
    }

    @Post
    @Operation(summary = "Serve a disk of a version by NBD on a unix socket, until it is ended or the service ends")
    HttpResponse<Exports.Export> open(@Body Wanted wanted) throws ImageProblem {
        if (wanted.version() == null || wanted.version().isBlank()) {
            throw ProblemCode.BAD_REQUEST.because("version is missing");
        }
        try {
            return HttpResponse.created(exports.open(
                    references.require(wanted.version()).imageId(),
                    wanted.disk() == null ? 1 : wanted.disk(),
                    Boolean.TRUE.equals(wanted.writable())));
        } catch (ReferenceProblem e) {
            throw new ProblemException(ReferenceProblems.problem(e));
        } catch (IOException e) {
            throw new ProblemException(ReferenceProblems.problem(e));
        }
    }

    @Delete("/{id}")
    @Operation(summary = "End an export; its clients lose their connections")
    Exports.Export end(String id) {
        try {
            return exports.end(id);
        } catch (IOException e) {
            throw new ProblemException(ReferenceProblems.problem(e));
        }
    }
}
