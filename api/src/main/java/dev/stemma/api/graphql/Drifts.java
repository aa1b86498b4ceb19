package dev.stemma.api.graphql;

import dev.stemma.queries.drift.DriftAnswer;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.drift.DriftOptions;
import dev.stemma.queries.drift.FileDrift;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.problem.QueryProblem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.dataloader.BatchLoader;

/** Drift of images. Each comparison is a walk of its own, so the complexity limit lets an answer hold only so many. */
final class Drifts implements BatchLoader<Drifts.Key, Optional<Drifts.View>> {

    /** The name under which an execution finds this loader. */
    static final String NAME = "drifts";

    private final DriftFinder finder;
    private final References references;
    private final Executor executor;

    Drifts(DriftFinder finder, References references, Executor executor) {
        this.finder = finder;
        this.references = references;
        this.executor = executor;
    }

    /**
     * @param from reference of the image to compare with; empty for the nearest one that it derives from
     * @param files how many file changes to list
     */
    record Key(String imageId, Optional<String> from, int files) {}

    /** An answer in the form of the schema. */
    public record View(DriftAnswer answer, Optional<FileView> files) {

        /** The files that differ. */
        public record FileView(
                long added, long removed, long changed, List<FileDrift.NoiseCount> noise, List<?> changes) {}

        static View of(DriftAnswer answer, int limit) {
            return new View(
                    answer,
                    answer.files()
                            .map(files -> new FileView(
                                    files.added(),
                                    files.removed(),
                                    files.changed(),
                                    files.noise(),
                                    limit == 0 ? List.of() : files.changes().items())));
        }
    }

    @Override
    public CompletionStage<List<Optional<View>>> load(List<Key> keys) {
        return CompletableFuture.supplyAsync(
                () -> keys.stream().map(this::drift).toList(), executor);
    }

    private Optional<View> drift(Key key) {
        DriftOptions options = DriftOptions.all(Math.max(1, key.files()));
        try {
            DriftAnswer answer = key.from().isEmpty()
                    ? finder.driftFromBaseline(key.imageId(), options)
                    : between(key.from().get(), key.imageId(), options);
            return Optional.of(View.of(answer, key.files()));
        } catch (QueryProblem problem) {
            return switch (problem.code()) {
                case NO_BASELINE, NOT_INDEXED, NO_FILES -> Optional.empty();
                case NOT_FOUND, AMBIGUOUS, INVALID, NO_PAST, NO_CLUSTER, TOO_MANY_PAIRS -> throw problem;
            };
        }
    }

    private DriftAnswer between(String from, String to, DriftOptions options) {
        return finder.drift(inventory(references.require(from)), inventory(references.require(to)), options);
    }

    private static String inventory(Reference reference) {
        return reference
                .inventoryId()
                .orElseThrow(() ->
                        new QueryProblem(QueryProblem.Code.NOT_INDEXED, reference.imageName() + " was never indexed"));
    }
}
