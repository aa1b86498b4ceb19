package dev.stemma.api.http;

import dev.stemma.api.security.Role;
import dev.stemma.queries.inference.InferenceFinder;
import dev.stemma.queries.inference.InferredFamily;
import dev.stemma.queries.inventory.References;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who was probably made from whom, where nobody wrote it down. */
@Controller("/api/v1/lineage/inferred")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "lineage")
final class InferenceController {

    private static final int USUAL = 50;

    private final References references;
    private final InferenceFinder finder;

    InferenceController(References references, InferenceFinder finder) {
        this.references = references;
        this.finder = finder;
    }

    @Get
    @Operation(
            summary = "The most likely history of an image and its kin, inferred from what they hold",
            description =
                    "members: how many images are held against one another, 2 to 100; 50 without. Nothing is written,"
                            + " and what is recorded or observed is not changed; contradictions to it are listed.")
    InferredFamily inferred(@QueryValue String image, @QueryValue @Nullable Integer members) {
        return finder.around(references.require(image), members == null ? USUAL : members);
    }
}
