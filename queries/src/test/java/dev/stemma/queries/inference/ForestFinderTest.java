package dev.stemma.queries.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.queries.inference.ForestFinder.Candidates;
import dev.stemma.queries.inference.InferredForest.Edge;
import dev.stemma.queries.inference.SimulatedSystem.Known;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A smaller {@link InferenceBenchmark}, held to the same limits. */
final class ForestFinderTest {

    private static final long SEED = 4_000_000;
    private static final int WORLDS = 4;

    private static Outcome outcome(double hidden, Known known) {
        Outcome outcome = new Outcome();
        for (int i = 0; i < WORLDS; i++) {
            GeneratedWorld world = new GeneratedWorld(SEED + i, 3, 16, hidden, known);
            outcome.add(world, new ForestFinder(Weights.FITTED).find(world.visible(), Candidates.ALL));
        }
        System.out.println(known + ", " + hidden + " hidden: " + outcome);
        return outcome;
    }

    @Test
    void parentsAreRightWhereAllAreSeen() {
        Outcome outcome = outcome(0, Known.EVERYTHING);
        assertThat(outcome.accuracy()).isGreaterThanOrEqualTo(0.95);
        assertThat(outcome.wrongAmongConfident()).isLessThanOrEqualTo(0.02);
        assertThat(outcome.confident).isGreaterThan(100);
        assertThat(outcome.rightRoots).isGreaterThan(outcome.roots * 9 / 10);
    }

    @Test
    void parentsAreRightWhereAThirdIsHidden() {
        Outcome outcome = outcome(1.0 / 3, Known.EVERYTHING);
        assertThat(outcome.accuracy()).isGreaterThanOrEqualTo(0.85);
        assertThat(outcome.wrongAmongConfident()).isLessThanOrEqualTo(0.02);
        assertThat(outcome.hidden).isPositive();
        assertThat(outcome.hiddenRight * 2).isGreaterThan(outcome.hidden);
    }

    @Test
    void whereTheEvidenceIsThinNothingIsCertain() {
        Outcome outcome = outcome(1.0 / 3, Known.BASIC);
        assertThat(outcome.confident).isZero();
        int told = 0;
        int right = 0;
        for (int i = 0; i < outcome.told.length; i++) {
            told += outcome.told[i];
            right += outcome.toldRight[i];
        }
        assertThat(right * 3).isGreaterThan(told * 2);
    }

    @Test
    void otherMethodsAreWorse() {
        Outcome jaccard = new Outcome();
        Outcome joining = new Outcome();
        for (int i = 0; i < WORLDS; i++) {
            GeneratedWorld world = new GeneratedWorld(SEED + i, 3, 16, 0, Known.EVERYTHING);
            Baselines.jaccard(world, 0.7, jaccard);
            Baselines.neighbourJoining(world, 0.01, joining);
        }
        assertThat(jaccard.accuracy()).isLessThan(0.9);
        assertThat(joining.accuracy()).isLessThan(0.9);
    }

    @Test
    void eachEdgeTellsItsEvidenceInWords() {
        GeneratedWorld world = new GeneratedWorld(SEED, 1, 8, 0, Known.EVERYTHING);
        InferredForest forest = new ForestFinder(Weights.FITTED).find(world.visible(), Candidates.ALL);
        assertThat(forest.edges()).isNotEmpty();
        for (Edge edge : forest.edges()) {
            assertThat(edge.evidence()).isNotEmpty().allSatisfy(evidence -> {
                assertThat(evidence.words()).doesNotContain("%d", "%s", "%.").isNotBlank();
                assertThat(evidence.logOdds()).isFinite();
            });
            assertThat(edge.confidence()).isBetween(ForestFinder.LEAST, 1.0);
        }
        assertThat(forest.edges()).isSortedAccordingTo((a, b) -> Double.compare(b.confidence(), a.confidence()));
    }

    @Test
    void onlyCandidatesBecomeParents() {
        GeneratedWorld world = new GeneratedWorld(SEED, 1, 8, 0, Known.EVERYTHING);
        InferredForest none = new ForestFinder(Weights.FITTED).find(world.visible(), (_, _) -> false);
        assertThat(none.edges()).isEmpty();
        assertThat(none.undecided()).isEmpty();
    }

    @Test
    void ofNothingNothingIsTold() {
        ImageTraits empty = new ImageTraits(
                "a",
                "a",
                Map.of(),
                Map.of(),
                false,
                java.util.Optional.empty(),
                Set.of(),
                FileTable.EMPTY,
                FileTable.EMPTY,
                Map.of());
        assertThat(new ForestFinder(Weights.FITTED)
                        .find(List.of(empty, empty), Candidates.ALL)
                        .edges())
                .isEmpty();
        assertThat(new ForestFinder(Weights.FITTED)
                        .find(List.of(), Candidates.ALL)
                        .edges())
                .isEmpty();
    }
}
