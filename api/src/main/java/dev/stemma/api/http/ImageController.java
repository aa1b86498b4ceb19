package dev.stemma.api.http;

import dev.stemma.api.security.Role;
import dev.stemma.queries.inventory.ImageView;
import dev.stemma.queries.inventory.InventoryFacts;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.Listing;
import dev.stemma.queries.inventory.PackageFacts;
import dev.stemma.queries.inventory.PackageFilter;
import dev.stemma.queries.inventory.PathFacts;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.search.ImageHit;
import dev.stemma.queries.search.ImageQuery;
import dev.stemma.queries.search.ImageSearch;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Images and what they hold. {@code {ref}} is an id, a version, branch or channel ({@code web:1.2}), a unique name, a location, or 8 digits and more of an inventory's digest. */
@Controller("/api/v1/images")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "images")
final class ImageController {

    private final References references;
    private final InventoryView view;
    private final ImageSearch search;

    ImageController(References references, InventoryView view, ImageSearch search) {
        this.references = references;
        this.view = view;
        this.search = search;
    }

    @Get
    @Operation(summary = "All images, by name; with at those that were known then, as they were")
    Page<ImageHit> list(
            @QueryValue @Nullable String at, @QueryValue @Nullable Integer limit, @QueryValue @Nullable String cursor) {
        return search.search(ImageQuery.where().images().build().asOf(Moments.of(at)), Paging.of(limit, cursor))
                .hits();
    }

    @Get("/{ref}")
    @Operation(summary = "What is known of an image, in brief; with at what was so then")
    ImageView show(String ref, @QueryValue @Nullable String at) {
        Optional<AsOf> moment = Moments.of(at);
        return view.show(references.require(ref, moment).imageId(), moment);
    }

    @Get("/{ref}/packages")
    @Operation(summary = "Its installed packages; with at as it was then")
    Page<PackageFacts> packages(
            String ref,
            @QueryValue @Nullable String name,
            @QueryValue @Nullable String architecture,
            @QueryValue @Nullable String ecosystem,
            @QueryValue @Nullable Boolean removed,
            @QueryValue @Nullable String at,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        PackageFilter filter = new PackageFilter(
                Optional.ofNullable(name),
                Optional.ofNullable(architecture),
                Optional.ofNullable(ecosystem),
                Boolean.TRUE.equals(removed));
        Optional<AsOf> moment = Moments.of(at);
        return view.packages(id(ref, moment), filter, Paging.of(limit, cursor), moment);
    }

    @Get("/{ref}/inventories")
    @Operation(summary = "All inventories it has had, newest first")
    List<InventoryFacts> inventories(String ref) {
        return view.inventories(id(ref, Optional.empty()));
    }

    @Get("/{ref}/files")
    @Operation(summary = "A directory of it; with at as it was then")
    Listing list(
            String ref,
            @QueryValue @Nullable String path,
            @QueryValue @Nullable String fileSystem,
            @QueryValue @Nullable String at,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        Optional<AsOf> moment = Moments.of(at);
        return view.ls(
                id(ref, moment),
                Optional.ofNullable(fileSystem),
                GuestPaths.parse(path == null ? "/" : path),
                Paging.of(limit, cursor),
                moment);
    }

    @Get("/{ref}/stat")
    @Operation(summary = "One path of it, with digest, attributes and owning packages; with at as it was then")
    PathFacts stat(
            String ref,
            @QueryValue String path,
            @QueryValue @Nullable String fileSystem,
            @QueryValue @Nullable String at) {
        Optional<AsOf> moment = Moments.of(at);
        return view.stat(id(ref, moment), Optional.ofNullable(fileSystem), GuestPaths.parse(path), moment);
    }

    private String id(String ref, Optional<AsOf> at) {
        return references.require(ref, at).imageId();
    }
}
