package dev.stemma.api.http;

import dev.stemma.api.security.Role;
import dev.stemma.queries.chains.BranchFacts;
import dev.stemma.queries.chains.ChainFacts;
import dev.stemma.queries.chains.ChainView;
import dev.stemma.queries.chains.VersionFacts;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.page.Page;
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

/** Version chains, their versions, and what was made of these. */
@Controller("/api/v1")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "reference repository")
final class ChainController {

    private final ChainView chains;
    private final References references;

    ChainController(ChainView chains, References references) {
        this.chains = chains;
        this.references = references;
    }

    @Get("/chains")
    @Operation(summary = "All version chains, by name; with at those that were there then, as they were")
    Page<ChainFacts> chains(
            @QueryValue @Nullable String at, @QueryValue @Nullable Integer limit, @QueryValue @Nullable String cursor) {
        return chains.chains(Paging.of(limit, cursor), Moments.of(at));
    }

    @Get("/chains/{chain}")
    @Operation(summary = "One version chain")
    ChainFacts chain(String chain, @QueryValue @Nullable String at) {
        return chains.chain(chain, Moments.of(at));
    }

    @Get("/chains/{chain}/versions")
    @Operation(summary = "Its versions, newest first")
    Page<VersionFacts> versions(
            String chain,
            @QueryValue @Nullable String at,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        return chains.versions(chain, Paging.of(limit, cursor), Moments.of(at));
    }

    @Get("/images/{ref}/branches")
    @Operation(
            summary = "What was made of a version outside of the reference repository, where it lies and what runs it")
    Page<BranchFacts> branches(
            String ref,
            @QueryValue @Nullable String at,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        Optional<AsOf> moment = Moments.of(at);
        return chains.branches(references.require(ref, moment).imageId(), Paging.of(limit, cursor), moment);
    }
}
