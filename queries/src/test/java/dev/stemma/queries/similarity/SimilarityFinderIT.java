package dev.stemma.queries.similarity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.problem.QueryProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class SimilarityFinderIT {

    private final Graph graph;

    SimilarityFinderIT(Graph graph) {
        this.graph = graph;
    }

    @Test
    void exactAndEstimatedSimilarityAreThoseOfTheSets() {
        Random random = RandomGuests.seeded();
        RandomGuests guests = new RandomGuests(random);
        Library library = new Library(graph);
        Map<String, Guest> images = new HashMap<>();
        Guest base = guests.guest(500, 60);
        for (int i = 0; i < 10; i++) {
            Guest guest = guests.mutated(base, i * 25);
            for (int k = 0; k < i * 4; k++) {
                guest.uninstall("pkg" + k).install("other" + i + "-" + k, "1");
            }
            images.put("image" + i, guest);
            library.index("image" + i, guest);
        }
        assertThat(new Sketcher(graph, FileContents.NONE).sketchMissing()).isEqualTo(10);
        assertThat(new Sketcher(graph, FileContents.NONE).sketchMissing()).isZero();
        SimilarityFinder finder = new SimilarityFinder(graph, FileContents.NONE);
        Map<Trait, Function<Guest, Set<?>>> sets = Map.of(Trait.PACKAGES, Guest::present, Trait.FILES, Guest::contents);
        sets.forEach((trait, set) -> {
            SimilarityAnswer answer =
                    finder.similarToImage(Library.imageId("image0"), new SimilarityRequest(trait, 50, 0, 50));
            Set<?> own = set.apply(requireNonNull(images.get("image0")));
            assertThat(answer.size()).isEqualTo(own.size());
            assertThat(answer.viaBands()).isFalse();
            assertThat(answer.similar()).hasSize(9);
            double last = 1;
            for (Similar similar : answer.similar()) {
                Set<?> other = set.apply(
                        requireNonNull(images.get(similar.images().getFirst().name())));
                double exact = Guest.jaccard(own, other);
                assertThat(similar.exact().orElseThrow()).isEqualTo(exact, within(1e-12));
                assertThat(similar.size()).isEqualTo(other.size());
                // Four and a half standard errors at worst: once in 100,000 sketches.
                assertThat(similar.estimate()).isEqualTo(exact, within(4.5 * MinHash.ERROR / 2));
                assertThat(similar.best()).isLessThanOrEqualTo(last);
                last = similar.best();
            }
        });
    }

    @Test
    void imagesOfOneInventoryAreTheMostSimilar() {
        Library library = new Library(graph);
        Guest guest = new Guest().install("a", "1").file("/a", "a");
        String inventory = library.index("one", guest);
        library.index("twin", guest);
        library.index("other", guest.copy().install("b", "1").file("/b", "b"));
        library.register("unknown");
        library.index("thin", guest, Level.BASIC);
        new Sketcher(graph, FileContents.NONE).sketchMissing();
        SimilarityFinder finder = new SimilarityFinder(graph, FileContents.NONE);

        SimilarityAnswer answer = finder.similarToImage(Library.imageId("one"), SimilarityRequest.best(Trait.FILES, 5));
        assertThat(answer.similar())
                .extracting(similar -> similar.images().getFirst().name() + " " + similar.best())
                .containsExactly("twin 1.0", "other 0.5");
        assertThat(answer.unsketched()).isEqualTo(2);
        assertThat(finder.similarTo(inventory, SimilarityRequest.best(Trait.FILES, 5))
                        .similar())
                .extracting(Similar::imageCount)
                .containsExactly(2L, 1L);
        assertThat(finder.similarTo(inventory, new SimilarityRequest(Trait.FILES, 5, 0.6, 10))
                        .similar())
                .hasSize(1);
        assertThat(finder.similarToImage(Library.imageId("other"), SimilarityRequest.best(Trait.FILES, 5))
                        .similar())
                .extracting(Similar::imageCount)
                .containsExactly(2L);
        assertThatThrownBy(() -> finder.similarToImage(Library.imageId("thin"), SimilarityRequest.best(Trait.FILES, 5)))
                .isInstanceOfSatisfying(QueryProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo(QueryProblem.Code.NO_FILES));
        assertThatThrownBy(
                        () -> finder.similarToImage(Library.imageId("unknown"), SimilarityRequest.best(Trait.FILES, 5)))
                .isInstanceOfSatisfying(QueryProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo(QueryProblem.Code.NOT_INDEXED));
    }

    @Test
    void inALargeCollectionBandsFindTheSimilarOnes() {
        Random random = RandomGuests.seeded();
        Library library = new Library(graph);
        Guest base = new Guest();
        for (int i = 0; i < 40; i++) {
            base.install("base" + i, "1");
        }
        String asked = library.index("asked", base, Level.BASIC);
        for (int i = 0; i < 12; i++) {
            library.index("near" + i, base.copy().uninstall("base" + i).install("near" + i, "1"), Level.BASIC);
        }
        for (int i = 0; i < SimilarityFinder.SMALL; i++) {
            Guest far = new Guest();
            for (int k = 0; k < 6; k++) {
                far.install("far" + random.nextInt(400), "1");
            }
            library.index("far" + i, far, Level.BASIC);
        }
        new Sketcher(graph, FileContents.NONE).sketchMissing();

        SimilarityAnswer answer = new SimilarityFinder(graph, FileContents.NONE)
                .similarTo(asked, new SimilarityRequest(Trait.PACKAGES, 50, 0.7, 5));

        assertThat(answer.viaBands()).isTrue();
        assertThat(answer.candidates()).isLessThan(100);
        assertThat(answer.similar())
                .hasSize(12)
                .allMatch(similar -> similar.images().getFirst().name().startsWith("near"));
        SimilarityAnswer all = new SimilarityFinder(graph, FileContents.NONE)
                .ranking(Library.imageId("asked"), new SimilarityRequest(Trait.PACKAGES, 1000, 0, 0));
        assertThat(all.viaBands()).isFalse();
        assertThat(all.candidates()).isGreaterThan(SimilarityFinder.SMALL);
    }

    @Test
    void sketchesAreDerivedAndCanBeMadeAgain() {
        Library library = new Library(graph);
        String inventory = library.index("one", new Guest().install("a", "1").file("/a", "a"));
        Sketcher sketcher = new Sketcher(graph, FileContents.NONE);
        assertThat(sketcher.sketch(inventory)).isTrue();
        assertThat(sketcher.sketch(inventory)).isFalse();
        List<String> bands = bands(inventory);
        assertThat(bands).hasSize(2 * Sketch.BANDS);

        graph.write(new Statement(
                "MATCH (i:Inventory {id: $id}) SET i.sketchAnalyzer = 'minhash/0' WITH i"
                        + " CREATE (i)-[:IN_BAND]->(:Band {id: 'files/0/stale'})",
                Map.of("id", inventory)));
        assertThat(sketcher.sketchMissing()).isEqualTo(1);
        assertThat(bands(inventory)).isEqualTo(bands);
        assertThatThrownBy(() -> sketcher.sketch("none")).isInstanceOf(QueryProblem.class);
    }

    private List<String> bands(String inventory) {
        return graph
                .read(new Statement(
                        "MATCH (:Inventory {id: $id})-[:IN_BAND]->(b) RETURN b.id AS id ORDER BY id",
                        Map.of("id", inventory)))
                .stream()
                .map(row -> row.text("id"))
                .toList();
    }
}
