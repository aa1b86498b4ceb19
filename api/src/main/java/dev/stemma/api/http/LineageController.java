package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.graph.id.Digest;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.lineage.FamilyLimits;
import dev.stemma.queries.lineage.LineagePath;
import dev.stemma.queries.lineage.LineageQuestions;
import dev.stemma.queries.lineage.LineageQuestions.Direction;
import dev.stemma.queries.lineage.Relative;
import dev.stemma.queries.lineage.Thing;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.problem.QueryProblem;
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

/** Questions about descent that have a list for an answer. */
@Controller("/api/v1/lineage")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "lineage")
final class LineageController {

    private final References references;
    private final InventoryView inventories;
    private final LineageQuestions questions;

    LineageController(References references, InventoryView inventories, LineageQuestions questions) {
        this.references = references;
        this.inventories = inventories;
        this.questions = questions;
    }

    @Get("/ancestors")
    @Operation(summary = "What an image derives from, nearest first; with package or file those that have it now")
    Page<Relative> ancestors(
            @QueryValue String image,
            @QueryValue("package") @Nullable String name,
            @QueryValue @Nullable String file,
            @QueryValue @Nullable Integer depth,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        return kin(image, Direction.ANCESTORS, name, file, depth, limit, cursor);
    }

    @Get("/descendants")
    @Operation(
            summary = "What derives from an image, nearest first; with package or file those that still have it",
            description = "file: a path in the image, or sha256: and a digest.")
    Page<Relative> descendants(
            @QueryValue String image,
            @QueryValue("package") @Nullable String name,
            @QueryValue @Nullable String file,
            @QueryValue @Nullable Integer depth,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        return kin(image, Direction.DESCENDANTS, name, file, depth, limit, cursor);
    }

    private Page<Relative> kin(
            String image,
            Direction direction,
            @Nullable String name,
            @Nullable String file,
            @Nullable Integer depth,
            @Nullable Integer limit,
            @Nullable String cursor) {
        String id = references.require(image).imageId();
        return questions.kin(id, direction, thing(id, name, file), limits(depth), Paging.of(limit, cursor));
    }

    @Get("/origin")
    @Operation(
            summary = "Which image brought a package or a file in: of an image and its ancestors those whose parents"
                    + " lack it",
            description = "package: a name; or file: a path in the image, or sha256: and a digest.")
    Page<Relative> origin(
            @QueryValue String image,
            @QueryValue("package") @Nullable String name,
            @QueryValue @Nullable String file,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        String id = references.require(image).imageId();
        Thing thing = thing(id, name, file)
                .orElseThrow(() -> ProblemCode.BAD_REQUEST.because("say what is looked for: package or file"));
        return questions.origins(id, thing, FamilyLimits.DEFAULT, Paging.of(limit, cursor));
    }

    @Get("/path")
    @Operation(summary = "How two images are kin: by way of the nearest ancestor that both have")
    LineagePath path(@QueryValue String from, @QueryValue String to) {
        return questions
                .path(references.require(from).imageId(), references.require(to).imageId())
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_FOUND,
                        "no ancestor is known that " + from + " and " + to + " both have"));
    }

    @Get("/outdated")
    @Operation(
            summary = "Images with an ancestor that was revoked or that has an active successor; total is not counted")
    Page<Relative> outdated(@QueryValue @Nullable Integer limit, @QueryValue @Nullable String cursor) {
        return questions.outdated(Paging.of(limit, cursor));
    }

    private static FamilyLimits limits(@Nullable Integer depth) {
        return depth == null ? FamilyLimits.DEFAULT : new FamilyLimits(depth, 10_000);
    }

    private Optional<Thing> thing(String imageId, @Nullable String name, @Nullable String file) {
        if (name != null && file != null) {
            throw ProblemCode.BAD_REQUEST.because("package or file, not both");
        }
        if (name != null) {
            return Optional.of(new Thing.PackageNamed(name));
        }
        return Optional.ofNullable(file).map(text -> new Thing.FileContent(content(imageId, text)));
    }

    private Digest content(String imageId, String file) {
        try {
            if (file.startsWith("sha256:")) {
                return Digest.parse(file.substring("sha256:".length()));
            }
            return inventories
                    .stat(imageId, Optional.empty(), GuestPaths.parse(file))
                    .entry()
                    .digest()
                    .map(Digest::parse)
                    .orElseThrow(() -> ProblemCode.BAD_REQUEST.because("no file whose content was read: " + file));
        } catch (IllegalArgumentException e) {
            throw ProblemCode.BAD_REQUEST.because("file is a path, or sha256: and 64 hexadecimal digits, not: " + file);
        }
    }
}
