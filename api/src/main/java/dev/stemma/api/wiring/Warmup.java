package dev.stemma.api.wiring;

import dev.stemma.graph.store.GraphException;
import dev.stemma.ingest.IngestPipeline;
import dev.stemma.queries.drift.DriftAnswer;
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
import dev.stemma.queries.sprawl.SprawlFinder;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each kind of question once after the start, beside the first real ones: the first call of a query costs 50 to 900 ms
 * of planning in Neo4j. A local graph rehearses an index run, too. Also brings what is derived up to date, in case the last service died between commit and derivation.
 */
@Singleton
final class Warmup {

    private static final Logger LOG = LoggerFactory.getLogger(Warmup.class);

    /** Images that are looked at to find one with a baseline; those without show nothing of a comparison. */
    private static final int CANDIDATES = 20;

    /** More images are not compared with one another before somebody asks: that takes ten seconds for 10,000, and four times as many for twice as many. */
    private static final int MAX_GROUPED = 12_000;

    /** What is asked for by those who say nothing else. */
    private static final double THRESHOLD = 0.8;

    private static final int GROUPS = 20;

    private final SearchIndex index;
    private final Sketcher sketcher;
    private final ImageSearch images;
    private final FileSearch files;
    private final InventoryView view;
    private final DriftFinder drift;
    private final SimilarityFinder similarity;
    private final SprawlFinder sprawl;
    private final FamilyTree tree;
    private final IngestPipeline pipeline;
    private final Startup startup;

    Warmup(
            SearchIndex index,
            Sketcher sketcher,
            ImageSearch images,
            FileSearch files,
            InventoryView view,
            DriftFinder drift,
            SimilarityFinder similarity,
            SprawlFinder sprawl,
            FamilyTree tree,
            IngestPipeline pipeline,
            Startup startup) {
        this.index = index;
        this.sketcher = sketcher;
        this.images = images;
        this.files = files;
        this.view = view;
        this.drift = drift;
        this.similarity = similarity;
        this.sprawl = sprawl;
        this.tree = tree;
        this.pipeline = pipeline;
        this.startup = startup;
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
            attempt(() -> askAbout(images.search(ImageQuery.where().build(), PageRequest.first(CANDIDATES))
                    .hits()
                    .items()));
            // A server that others use as well is warm, and has better to do.
            if (startup.localGraph()) {
                attempt(pipeline::rehearse);
            }
            attempt(this::groupAll);
            LOG.info("warm after {} ms", (System.nanoTime() - begun) / 1_000_000);
        });
    }

    /** All pairs are kept, and follow what comes and goes: what is done here nobody waits for later. */
    private void groupAll() {
        PageRequest one = PageRequest.first(1);
        if (images.search(ImageQuery.where().build(), one).hits().total() <= MAX_GROUPED) {
            sprawl.clusters(Trait.PACKAGES, THRESHOLD, GROUPS);
        }
    }

    private void askAbout(List<ImageHit> found) {
        found.stream().limit(1).forEach(this::askAbout);
        attempt(() -> compareOne(found));
    }

    private void askAbout(ImageHit image) {
        attempt(() -> view.show(image.imageId()));
        attempt(() -> view.packages(image.imageId(), PackageFilter.ALL, PageRequest.first(1)));
        attempt(() -> tree.tree(image.imageId(), FamilyLimits.SHOWN));
        image.inventoryId().ifPresent(id -> List.of(Trait.values())
                .forEach(trait -> attempt(() -> similarity.similarTo(id, SimilarityRequest.best(trait, 1)))));
    }

    /** The first by name is often the master itself: without a baseline, and no query of a comparison would be planned. */
    private void compareOne(List<ImageHit> found) {
        for (ImageHit image : found) {
            try {
                DriftAnswer answer = drift.driftFromBaseline(image.imageId(), DriftOptions.all(1));
                if (answer.files().filter(files -> files.changes().total() > 0).isPresent()) {
                    return;
                }
            } catch (QueryProblem e) {
                LOG.debug("warm-up: no comparison for {}", image.name(), e);
            }
        }
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
