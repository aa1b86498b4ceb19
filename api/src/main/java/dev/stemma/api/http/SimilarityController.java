package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.similarity.PairsAnswer;
import dev.stemma.queries.similarity.SimilarityAnswer;
import dev.stemma.queries.similarity.SimilarityFinder;
import dev.stemma.queries.similarity.SimilarityRequest;
import dev.stemma.queries.similarity.Trait;
import dev.stemma.queries.sprawl.ClusterPlan;
import dev.stemma.queries.sprawl.Clusters;
import dev.stemma.queries.sprawl.SprawlFinder;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Images that are alike: of one, of all, and in groups. */
@Controller("/api/v1")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "compare")
final class SimilarityController {

    private static final int LIMIT = 20;
    private static final double PAIRS = 0.9;
    private static final double CLUSTERS = 0.8;

    private final References references;
    private final SimilarityFinder similarity;
    private final SprawlFinder sprawl;

    SimilarityController(References references, SimilarityFinder similarity, SprawlFinder sprawl) {
        this.references = references;
        this.similarity = similarity;
        this.sprawl = sprawl;
    }

    @Get("/similarity")
    @Operation(summary = "Images from most to least similar to one, by packages, files or bytes of files")
    SimilarityAnswer similarity(
            @QueryValue String image,
            @QueryValue @Nullable String by,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable Double threshold) {
        SimilarityRequest request = SimilarityRequest.best(trait(by), or(limit), threshold == null ? 0 : threshold);
        return similarity.similarTo(references.require(image), request);
    }

    @Get("/similarity/pairs")
    @Operation(summary = "The pairs of images that are most alike")
    PairsAnswer pairs(
            @QueryValue @Nullable String by,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable Double threshold) {
        return similarity.bestPairs(trait(by), threshold == null ? PAIRS : threshold, or(limit));
    }

    @Get("/clusters")
    @Operation(
            summary = "Groups of images that are alike, largest first",
            description = "threshold is the least mean similarity within a group, 0.5 to 1.")
    Clusters clusters(
            @QueryValue @Nullable String by,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable Double threshold) {
        return sprawl.clusters(trait(by), threshold == null ? CLUSTERS : threshold, or(limit));
    }

    @Get("/images/{ref}/cluster")
    @Operation(summary = "The group that an image is in, and what it takes to have one image in place of all")
    ClusterPlan cluster(String ref, @QueryValue @Nullable String by, @QueryValue @Nullable Double threshold) {
        Reference image = references.require(ref);
        double least = threshold == null ? CLUSTERS : threshold;
        return sprawl.plan(image, trait(by), least)
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NO_CLUSTER,
                        image.imageName() + " is in no group with a mean similarity of " + least
                                + "; ask for a lower threshold, or by another trait"));
    }

    private static int or(@Nullable Integer limit) {
        return limit == null ? LIMIT : limit;
    }

    private static Trait trait(@Nullable String by) {
        return Trait.find(by == null ? "packages" : by)
                .orElseThrow(() -> ProblemCode.BAD_REQUEST.because("by is packages, files or bytes, not: " + by));
    }
}
