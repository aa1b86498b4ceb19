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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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
        for (Trait trait : Trait.values()) {
            SimilarityAnswer answer =
                    finder.similarToImage(Library.imageId("image0"), new SimilarityRequest(trait, 50, 0, 50));
            Map<?, Long> own = weights(trait, requireNonNull(images.get("image0")));
            assertThat(answer.size()).isEqualTo(sum(own, own));
            assertThat(answer.viaBands()).isFalse();
            assertThat(answer.similar()).hasSize(9);
            double last = 1;
            for (Similar similar : answer.similar()) {
                Guest guest =
                        requireNonNull(images.get(similar.images().getFirst().name()));
                Map<?, Long> other = weights(trait, guest);
                long shared = sum(own, other);
                double exact = (double) shared / (sum(own, own) + sum(other, other) - shared);
                assertThat(similar.exact().orElseThrow()).isEqualTo(exact, within(1e-12));
                assertThat(similar.shared()).contains(shared);
                assertThat(similar.size()).isEqualTo(sum(other, other));
                // Four and a half standard errors at worst: once in 100,000 sketches.
                assertThat(similar.estimate()).isEqualTo(exact, within(4.5 * MinHash.ERROR));
                assertThat(similar.best()).isLessThanOrEqualTo(last);
                last = similar.best();
                Similar.Reason reason = similar.reason().orElseThrow();
                assertThat(reason.ofAsked()).isEqualTo((double) shared / sum(own, own), within(1e-12));
                assertThat(reason.ofThis()).isEqualTo((double) shared / sum(other, other), within(1e-12));
                Set<String> gone = new HashSet<>(base.present());
                gone.removeAll(guest.present());
                assertThat(reason.packages().onlyAsked()).isEqualTo(gone.size());
                assertThat(reason.onlyAsked())
                        .isSubsetOf(gone)
                        .hasSize(Math.min(gone.size(), Similar.Reason.MAX_NAMES));
                assertThat(reason.onlyThis())
                        .allMatch(guest.present()::contains)
                        .noneMatch(base.present()::contains);
                assertThat(reason.files().isPresent()).isEqualTo(trait.ofFiles());
            }
        }
    }

    /** What a trait looks at, each with what it counts for. */
    private static Map<?, Long> weights(Trait trait, Guest guest) {
        return switch (trait) {
            case PACKAGES -> guest.present().stream().collect(Collectors.toMap(purl -> purl, _ -> 1L));
            case FILES -> guest.contents().stream().collect(Collectors.toMap(digest -> digest, _ -> 1L));
            case BYTES -> guest.contentSizes();
        };
    }

    private static long sum(Map<?, Long> one, Map<?, Long> other) {
        return one.entrySet().stream()
                .filter(entry -> other.containsKey(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
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
    void whereSketchesDoNotFitIntoMemoryBandsFindTheSimilarOnes() {
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
        for (int i = 0; i < 100; i++) {
            Guest far = new Guest();
            for (int k = 0; k < 6; k++) {
                far.install("far" + random.nextInt(400), "1");
            }
            library.index("far" + i, far, Level.BASIC);
        }
        new Sketcher(graph, FileContents.NONE).sketchMissing();
        SimilarityRequest request = new SimilarityRequest(Trait.PACKAGES, 50, 0.7, 5);

        SimilarityFinder small = new SimilarityFinder(graph, FileContents.NONE, new SketchTable(graph, 50));
        SimilarityAnswer answer = small.similarTo(asked, request);

        assertThat(answer.viaBands()).isTrue();
        assertThat(answer.candidates()).isLessThan(50);
        assertThat(answer.similar())
                .hasSize(12)
                .allMatch(similar -> similar.images().getFirst().name().startsWith("near"));
        assertThatThrownBy(() -> small.pairs(Trait.PACKAGES))
                .isInstanceOfSatisfying(QueryProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo(QueryProblem.Code.TOO_MANY_PAIRS));
        SimilarityAnswer all = new SimilarityFinder(graph, FileContents.NONE).similarTo(asked, request);
        assertThat(all.viaBands()).isFalse();
        assertThat(all.candidates()).isEqualTo(113);
        assertThat(all.similar()).isEqualTo(answer.similar());
    }

    @Test
    void imagesThatComeAndGoAreSeenAtOnce() {
        Library library = new Library(graph);
        Guest guest = new Guest().install("a", "1").install("b", "1").install("c", "1");
        library.index("one", guest, Level.BASIC);
        library.index("two", guest.copy().install("d", "1"), Level.BASIC);
        Sketcher sketcher = new Sketcher(graph, FileContents.NONE);
        sketcher.sketchMissing();
        SimilarityFinder finder = new SimilarityFinder(graph, FileContents.NONE);
        assertThat(names(finder)).containsExactly("two");
        assertThat(finder.pairs(Trait.PACKAGES).count()).isEqualTo(1);

        library.index("three", guest.copy().install("e", "1"), Level.BASIC);
        assertThat(names(finder)).as("not sketched yet").containsExactly("two");
        sketcher.sketchMissing();
        assertThat(names(finder)).containsExactlyInAnyOrder("two", "three");
        assertThat(finder.pairs(Trait.PACKAGES).count()).isEqualTo(3);
        PairsAnswer best = finder.bestPairs(Trait.PACKAGES, 0.7, 10);
        assertThat(best.total()).isEqualTo(2);
        assertThat(best.pairs())
                .hasSize(2)
                .allMatch(pair -> pair.exact().orElseThrow() == 0.75)
                .allMatch(pair -> List.of(pair.one(), pair.other()).stream()
                        .anyMatch(side -> side.images().getFirst().name().equals("one")));

        // Deleted, as an activity records it.
        graph.write(new Statement(
                "MATCH (i:Image {name: 'two'}) SET i.state = 'DELETED' CREATE (:Activity {id: 'act-1', kind: 'delete'})",
                Map.of()));
        assertThat(names(finder)).containsExactly("three");
        assertThat(finder.pairs(Trait.PACKAGES).count()).isEqualTo(1);
    }

    private static List<String> names(SimilarityFinder finder) {
        return finder
                .similarToImage(Library.imageId("one"), SimilarityRequest.best(Trait.PACKAGES, 10))
                .similar()
                .stream()
                .map(similar -> similar.images().getFirst().name())
                .toList();
    }

    @Test
    void sketchesAreDerivedAndCanBeMadeAgain() {
        Library library = new Library(graph);
        String inventory = library.index("one", new Guest().install("a", "1").file("/a", "a"));
        Sketcher sketcher = new Sketcher(graph, FileContents.NONE);
        assertThat(sketcher.sketch(inventory)).isTrue();
        assertThat(sketcher.sketch(inventory)).isFalse();
        List<String> bands = bands(inventory);
        assertThat(bands).hasSize(3 * Sketch.BANDS);

        graph.write(new Statement(
                "MATCH (i:Inventory {id: $id}) SET i.sketchAnalyzer = 'minhash/0' WITH i"
                        + " CREATE (i)-[:IN_BAND]->(:Band {id: 'files/0/stale'})",
                Map.of("id", inventory)));
        assertThat(sketcher.sketchMissing()).isEqualTo(1);
        assertThat(bands(inventory)).isEqualTo(bands);
        assertThat(graph.read(new Statement("MATCH (b:Band {id: 'files/0/stale'}) RETURN b.id AS id", Map.of())))
                .isEmpty();
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
