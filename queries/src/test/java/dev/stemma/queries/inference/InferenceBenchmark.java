package dev.stemma.queries.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.queries.inference.SimulatedSystem.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How often inferred parents are right, in generated families whose history is known. Run by {@code bin/bench-inference}; a smaller run is a test
 * ({@link ForestFinderTest}).
 */
final class InferenceBenchmark {

    /** Seeds of what is learned from, of what calibrates, and of what is measured, never meet. */
    static final long LEARNED = 1_000_000;

    static final long CALIBRATED = 2_000_000;
    static final long MEASURED = 3_000_000;

    private static final int WORLDS = Integer.getInteger("worlds", 12);

    @Test
    void parentsAreRight() throws IOException {
        Weights weights = Weights.FITTED;
        if (System.getProperty("fit") != null) {
            weights = fit();
            Files.writeString(Path.of(System.getProperty("fit")), WeightFit.properties(weights));
        }
        for (Known known : Known.values()) {
            for (double hidden : new double[] {0, 1.0 / 3}) {
                measure(weights, known, hidden);
            }
        }
    }

    private static void measure(Weights weights, Known known, double hidden) {
        Outcome outcome = new Outcome();
        List<Outcome> jaccard = outcomes(Baselines.LEAST.length);
        List<Outcome> joining = outcomes(Baselines.NEAR.length);
        long nanos = 0;
        for (int i = 0; i < WORLDS; i++) {
            GeneratedWorld world = new GeneratedWorld(MEASURED + i, 3, 16, hidden, known);
            long start = System.nanoTime();
            outcome.add(world, new ForestFinder(weights).find(world.visible(), ForestFinder.Candidates.ALL));
            nanos += System.nanoTime() - start;
            for (int k = 0; k < jaccard.size(); k++) {
                Baselines.jaccard(world, Baselines.LEAST[k], jaccard.get(k));
                Baselines.neighbourJoining(world, Baselines.NEAR[k], joining.get(k));
            }
        }
        System.out.printf(
                "%s, %.0f %% hidden, %.0f ms a world%n  inferred: %s%n",
                known, 100 * hidden, nanos / 1e6 / WORLDS, outcome);
        System.out.printf("  maximum-Jaccard arborescence: %s%n", best(jaccard));
        System.out.printf("  neighbour joining: %s%n", best(joining));
        assertThat(outcome.wrongAmongConfident()).isLessThanOrEqualTo(0.02);
        if (known == Known.EVERYTHING) {
            assertThat(outcome.accuracy()).isGreaterThanOrEqualTo(hidden == 0 ? 0.95 : 0.85);
        }
    }

    private static List<Outcome> outcomes(int count) {
        return Stream.generate(Outcome::new).limit(count).toList();
    }

    private static String best(List<Outcome> outcomes) {
        return outcomes.stream()
                .max(Comparator.comparingDouble(Outcome::accuracy))
                .map(Outcome::parentsOnly)
                .orElseThrow();
    }

    static Weights fit() {
        WeightFit fit = new WeightFit();
        List<GeneratedWorld> others = new ArrayList<>();
        int worlds = Integer.getInteger("fit.worlds", 24);
        for (int i = 0; i < worlds; i++) {
            Known known = List.of(Known.values()).get(i % Known.values().length);
            double hidden = (i / 4) % 2 == 0 ? 0 : 1.0 / 3;
            fit.learn(new GeneratedWorld(LEARNED + i, 3, 12 + i % 5, hidden, known));
            others.add(new GeneratedWorld(CALIBRATED + i, 3, 12 + i % 5, hidden, known));
        }
        return WeightFit.calibrated(fit.weights(), others);
    }
}
