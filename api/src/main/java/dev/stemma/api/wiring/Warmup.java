package dev.stemma.api.wiring;

import dev.stemma.graph.store.GraphException;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.drift.DriftOptions;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.PackageFilter;
import dev.stemma.queries.lineage.FamilyLimits;
import dev.stemma.queries.lineage.FamilyTree;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.search.FileSearch;
import dev.stemma.queries.search.FileTerm;
import dev.stemma.queries.search.ImageHit;
import dev.stemma.queries.search.ImageQuery;
import dev.stemma.queries.search.ImageSearch;
import dev.stemma.queries.search.PackageTerm;
import dev.stemma.queries.search.SearchIndex;
import dev.stemma.queries.similarity.SimilarityFinder;
import dev.stemma.queries.similarity.SimilarityRequest;
import dev.stemma.queries.similarity.Sketcher;
import dev.stemma.queries.similarity.Trait;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each kind of question once after the start, beside the first real ones: the first call of a query costs 50 to 900 ms
 * of planning in Neo4j. Also brings what is derived up to date, in case the last service died between commit and derivation.
 */
@Singleton
final class Warmup {

    private static final Logger LOG = LoggerFactory.getLogger(Warmup.class);

    private final SearchIndex index;
    private final Sketcher sketcher;
    private final ImageSearch images;
    private final FileSearch files;
    private final InventoryView view;
    private final DriftFinder drift;
    private final SimilarityFinder similarity;
    private final FamilyTree tree;

    Warmup(
            SearchIndex index,
            Sketcher sketcher,
            ImageSearch images,
            FileSearch files,
            InventoryView view,
            DriftFinder drift,
            SimilarityFinder similarity,
            FamilyTree tree) {
        this.index = index;
        this.sketcher = sketcher;
        this.images = images;
        this.files = files;
        this.view = view;
        this.drift = drift;
        this.similarity = similarity;
        this.tree = tree;
    }

    void begin() {
        Thread.ofVirtual().name("stemma-warmup").start(() -> {
            long begun = System.nanoTime();
            attempt(index::catchUp);
            attempt(sketcher::sketchMissing);
            PageRequest one = PageRequest.first(1);
            attempt(() -> images.search(
                    ImageQuery.where()
                            .allOf(PackageTerm.parse("dpkg>=1"))
                            .noneOf(PackageTerm.parse("no-such-package"))
                            .build(),
                    one));
            attempt(() -> files.search(FileTerm.parse("os-release"), one));
            attempt(() -> images.search(ImageQuery.where().build(), one)
                    .hits()
                    .items()
                    .forEach(this::askAbout));
            LOG.info("warm after {} ms", (System.nanoTime() - begun) / 1_000_000);
        });
    }

    private void askAbout(ImageHit image) {
        attempt(() -> view.show(image.imageId()));
        attempt(() -> view.packages(image.imageId(), PackageFilter.ALL, PageRequest.first(1)));
        attempt(() -> tree.tree(image.imageId(), FamilyLimits.DEFAULT));
        attempt(() -> drift.driftFromBaseline(image.imageId(), DriftOptions.all(1)));
        image.inventoryId().ifPresent(id -> List.of(Trait.values())
                .forEach(trait -> attempt(() -> similarity.similarTo(id, SimilarityRequest.best(trait, 1)))));
    }

    /** Nobody waits for these answers; a question that cannot be answered now is answered, or refused, when asked. */
    private static void attempt(Runnable question) {
        try {
            question.run();
        } catch (QueryProblem e) {
            LOG.debug("warm-up", e);
        } catch (GraphException e) {
            LOG.info("a question of the warm-up was not answered: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a question of the warm-up broke", e);
        }
    }
}
