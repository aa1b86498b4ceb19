package dev.stemma.queries.similarity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.catalog.CatalogGraph;
import dev.stemma.queries.catalog.Depth;
import dev.stemma.queries.catalog.SyntheticCatalog;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The twenty most similar images of a library of families, held against all exact similarities. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class SimilarityRecallIT {

    private static final int IMAGES = 600;
    private static final int WANTED = 20;

    private final Graph graph;

    SimilarityRecallIT(Graph graph) {
        this.graph = graph;
    }

    @Test
    void theTwentyMostSimilarAndThePairsAreFound(@TempDir Path folder) throws Exception {
        ExactSimilarities truth = new ExactSimilarities();
        SyntheticCatalog catalog = new SyntheticCatalog(Long.getLong("seed", 20_261_128L), IMAGES, 400);
        try (CatalogGraph loaded = CatalogGraph.load(catalog, folder, _ -> Optional.of(Depth.PACKAGES), truth::add)) {
            assertThat(new Sketcher(loaded.graph(), FileContents.NONE).sketchMissing())
                    .isEqualTo(IMAGES);
            SimilarityFinder finder = new SimilarityFinder(loaded.graph(), FileContents.NONE);
            theTwentyMostSimilarAreFoundAndInOrder(truth, finder);
            thePairsAreThoseAboveTheThresholdButForTheStatedError(truth, finder.pairs(Trait.PACKAGES));
        }
    }

    private static void theTwentyMostSimilarAreFoundAndInOrder(ExactSimilarities truth, SimilarityFinder finder) {
        Random random = RandomGuests.seeded();
        int found = 0;
        double squares = 0;
        double variances = 0;
        int asked = 60;
        for (int i = 0; i < asked; i++) {
            int image = random.nextInt(IMAGES);
            SimilarityAnswer answer =
                    finder.similarToImage(truth.image(image).id(), SimilarityRequest.best(Trait.PACKAGES, WANTED));
            assertThat(answer.similar()).hasSize(WANTED);
            double least = truth.nearest(image, WANTED);
            Set<Integer> others = new HashSet<>();
            double last = 1;
            for (Similar similar : answer.similar()) {
                int other = truth.number(similar.images().getFirst().id());
                double exact = truth.similarity(image, other);
                assertThat(similar.exact().orElseThrow()).isEqualTo(exact, within(1e-12));
                assertThat(exact).isLessThanOrEqualTo(last);
                last = exact;
                others.add(other);
                found += exact >= least - 1e-12 ? 1 : 0;
                squares += (similar.estimate() - exact) * (similar.estimate() - exact);
                variances += exact * (1 - exact) / MinHash.K;
            }
            assertThat(others).hasSize(WANTED).doesNotContain(image);
            assertThat(answer.compared()).isLessThan(IMAGES - 1);
        }
        assertThat((double) found / (asked * WANTED)).as("recall").isGreaterThanOrEqualTo(0.99);
        // What was chosen for its estimate errs a little more upwards than what was not.
        assertThat(Math.sqrt(squares)).isBetween(0.7 * Math.sqrt(variances), 1.3 * Math.sqrt(variances));
    }

    @Test
    void nearClonesThatDifferByUnderAPercentRankRight() {
        Random random = RandomGuests.seeded();
        Library library = new Library(graph);
        Guest base = new Guest();
        for (int i = 0; i < 500; i++) {
            base.install("pkg" + i, "1");
        }
        library.index("base", base, Level.BASIC);
        Map<String, Double> truth = new HashMap<>();
        for (int i = 0; i < 45; i++) {
            Guest clone = base.copy();
            // Up to two of 500 replaced, which is 0.8 %; the last fifteen differ by more, so that there are some to
            // leave out.
            int replaced = i < 30 ? 1 + random.nextInt(2) : 3 + random.nextInt(5);
            for (int k = 0; k < replaced; k++) {
                clone.uninstall("pkg" + (7 * i + k)).install("pkg" + (7 * i + k), "2");
            }
            if (random.nextBoolean()) {
                clone.install("extra" + i, "1");
            }
            truth.put("clone" + i, Guest.jaccard(base.present(), clone.present()));
            library.index("clone" + i, clone, Level.BASIC);
        }
        new Sketcher(graph, FileContents.NONE).sketchMissing();

        List<Similar> similar = new SimilarityFinder(graph, FileContents.NONE)
                .similarToImage(Library.imageId("base"), SimilarityRequest.best(Trait.PACKAGES, WANTED))
                .similar();

        List<Double> best = truth.values().stream()
                .sorted(Comparator.reverseOrder())
                .limit(WANTED)
                .toList();
        assertThat(best.getLast()).isGreaterThan(0.99);
        assertThat(new HashSet<>(best)).hasSizeGreaterThan(1);
        assertThat(similar).extracting(Similar::best).isEqualTo(best);
        assertThat(similar)
                .allMatch(each -> each.best()
                        == requireNonNull(truth.get(each.images().getFirst().name())));
    }

    private static void thePairsAreThoseAboveTheThresholdButForTheStatedError(ExactSimilarities truth, Pairs pairs) {
        List<Integer> numbers = IntStream.range(0, IMAGES).boxed().toList();
        Set<Set<String>> held = new HashSet<>();
        for (int i = 0; i < IMAGES; i++) {
            for (int at = pairs.first()[i]; at < pairs.first()[i + 1]; at++) {
                held.add(Set.of(pairs.inventories().get(i), pairs.inventories().get(pairs.others()[at])));
            }
        }
        int above = 0;
        for (int one : numbers) {
            for (int other = 0; other < one; other++) {
                double exact = truth.similarity(one, other);
                boolean there = held.contains(Set.of(
                        truth.image(one).inventoryId(), truth.image(other).inventoryId()));
                // Five standard errors: once in two million pairs.
                double margin = 5 * MinHash.ERROR;
                if (exact > PairTable.LEAST + margin) {
                    assertThat(there)
                            .as("%d and %d, %s alike", one, other, exact)
                            .isTrue();
                    above++;
                } else if (exact < PairTable.LEAST - margin) {
                    assertThat(there)
                            .as("%d and %d, %s alike", one, other, exact)
                            .isFalse();
                }
            }
        }
        assertThat(above).isGreaterThan(1_000);
    }
}
