package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.queries.drift.DriftAnswer;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.drift.DriftOptions;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.moment.AsOf;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Images held against one another: drift. */
@Controller("/api/v1")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "compare")
final class CompareController {

    private final References references;
    private final DriftFinder drift;

    CompareController(References references, DriftFinder drift) {
        this.references = references;
        this.drift = drift;
    }

    @Get("/drift")
    @Operation(
            summary = "What differs between two images",
            description =
                    "With from: from that image to this one. Without: from the nearest image that it derives from. what is"
                            + " packages, files, both joined by a comma, or configuration: files where configuration lies, as text diffs. at: a date or time, as of which both are what they were.")
    DriftAnswer drift(
            @QueryValue String image,
            @QueryValue @Nullable String from,
            @QueryValue @Nullable String what,
            @QueryValue @Nullable String at,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        if ("configuration".equals(what)) {
            return drift(image, from, DriftOptions.configuration(Paging.of(limit, cursor)), Moments.of(at));
        }
        boolean packages = what == null || what.contains("packages");
        boolean files = what == null || what.contains("files");
        if (!packages && !files) {
            throw ProblemCode.BAD_REQUEST.because(
                    "what is packages, files, packages,files or configuration; not: " + what);
        }
        DriftOptions options = new DriftOptions(packages, files, files, Paging.of(limit, cursor));
        return drift(image, from, options, Moments.of(at));
    }

    private DriftAnswer drift(String image, @Nullable String from, DriftOptions options, Optional<AsOf> at) {
        Reference to = references.require(image, at);
        return from == null
                ? drift.driftFromBaseline(to.imageId(), options, at)
                : drift.drift(drift.then(references.require(from, at), at), drift.then(to, at), options);
    }
}
