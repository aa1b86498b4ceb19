package dev.stemma.api.graphql;

import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.similarity.Similar;
import dev.stemma.queries.similarity.SimilarityFinder;
import dev.stemma.queries.similarity.SimilarityRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.dataloader.BatchLoader;

/** Images that are like others, each asked for by itself, so the complexity limit lets an answer hold only so many. */
final class Similarities implements BatchLoader<Similarities.Key, Optional<List<Similarities.View>>> {

    /** The name under which an execution finds this loader. */
    static final String NAME = "similarities";

    private final SimilarityFinder finder;
    private final Executor executor;

    Similarities(SimilarityFinder finder, Executor executor) {
        this.finder = finder;
        this.executor = executor;
    }

    /** Of which image, and how to look. */
    record Key(String imageId, SimilarityRequest request) {}

    /** An inventory in the form of the schema. */
    public record View(
            String inventoryId,
            List<Similar.ImageName> images,
            long imageCount,
            double similarity,
            boolean exact,
            Optional<Double> ofAsked,
            Optional<Double> ofThis,
            List<String> onlyAsked,
            List<String> onlyThis) {

        static View of(Similar similar) {
            Optional<Similar.Reason> reason = similar.reason();
            return new View(
                    similar.inventoryId(),
                    similar.images(),
                    similar.imageCount(),
                    similar.best(),
                    similar.exact().isPresent(),
                    reason.map(Similar.Reason::ofAsked),
                    reason.map(Similar.Reason::ofThis),
                    reason.map(Similar.Reason::onlyAsked).orElse(List.of()),
                    reason.map(Similar.Reason::onlyThis).orElse(List.of()));
        }
    }

    @Override
    public CompletionStage<List<Optional<List<View>>>> load(List<Key> keys) {
        return CompletableFuture.supplyAsync(
                () -> keys.stream().map(this::similar).toList(), executor);
    }

    private Optional<List<View>> similar(Key key) {
        try {
            return Optional.of(finder.similarToImage(key.imageId(), key.request()).similar().stream()
                    .map(View::of)
                    .toList());
        } catch (QueryProblem problem) {
            if (problem.code() == QueryProblem.Code.NOT_INDEXED || problem.code() == QueryProblem.Code.NO_FILES) {
                return Optional.empty();
            }
            throw problem;
        }
    }
}
