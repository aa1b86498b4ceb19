package dev.stemma.queries.inference;

import dev.stemma.queries.inference.InferredForest.Edge;
import dev.stemma.queries.inference.InferredForest.Evidence;
import dev.stemma.queries.inference.InferredForest.Undecided;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the most likely forest among some images. Each pair of candidates has log-odds, the weighted sum of its features; the forest is
 * that with the highest sum, and an edge's confidence its share of all forests, calibrated. Keeps nothing; safe for use by several threads.
 */
final class ForestFinder {

    /** What is less likely is not told as an edge. */
    static final double LEAST = 0.5;

    /** Below this a candidate is not worth a word. */
    private static final double WORTH_A_WORD = 0.2;

    /** Evidence that moves the odds less than this says nothing. */
    private static final double LEAST_EVIDENCE = 0.1;

    private static final int MAX_EVIDENCE = 12;

    private final Weights weights;

    ForestFinder(Weights weights) {
        this.weights = weights;
    }

    /** Which pairs may be parent and child, beside being two. */
    @FunctionalInterface
    interface Candidates {
        /** All pairs. */
        Candidates ALL = (_, _) -> true;

        /** Whether the first may be the parent of the second. */
        boolean mayBe(String parentId, String childId);
    }

    /** @param images at most some hundreds: memory and time grow with the square and the cube of their number */
    InferredForest find(List<ImageTraits> images, Candidates candidates) {
        int n = images.size() + 1;
        @Nullable Comparison[][] pairs = new Comparison[n][n];
        double[][] scores = new double[n][n];
        for (double[] row : scores) {
            Arrays.fill(row, Arborescence.NONE);
        }
        for (int child = 1; child < n; child++) {
            scores[0][child] = 0;
            ImageTraits c = images.get(child - 1);
            List<Comparison> ofChild = new ArrayList<>();
            for (int parent = 1; parent < n && !c.empty(); parent++) {
                ImageTraits p = images.get(parent - 1);
                if (parent != child && !p.empty() && candidates.mayBe(p.imageId(), c.imageId())) {
                    pairs[parent][child] = new Comparison(p, c);
                    ofChild.add(pairs[parent][child]);
                }
            }
            Comparison.rank(ofChild);
            for (int parent = 1; parent < n; parent++) {
                if (pairs[parent][child] != null) {
                    scores[parent][child] = pairs[parent][child].score(weights);
                }
            }
        }
        if (n == 1) {
            return new InferredForest(List.of(), List.of(), List.of());
        }
        int[] parents = Arborescence.heaviest(scores);
        double[][] marginals = ForestMarginals.of(scores);
        List<Edge> edges = new ArrayList<>();
        List<Undecided> undecided = new ArrayList<>();
        for (int child = 1; child < n; child++) {
            String childId = images.get(child - 1).imageId();
            Comparison chosen = pairs[parents[child]][child];
            double confidence = chosen == null ? 0 : confidence(chosen, marginals[parents[child]][child]);
            if (chosen != null && confidence >= LEAST) {
                edges.add(new Edge(childId, chosen.parent().imageId(), confidence, evidence(chosen)));
                continue;
            }
            int likeliest = likeliest(marginals, child);
            Comparison candidate = pairs[likeliest][child];
            if (candidate != null) {
                double best = confidence(candidate, marginals[likeliest][child]);
                if (best >= WORTH_A_WORD) {
                    undecided.add(new Undecided(childId, candidate.parent().imageId(), best));
                }
            }
        }
        edges.sort(Comparator.comparingDouble(Edge::confidence).reversed().thenComparing(Edge::childId));
        Set<String> open = undecided.stream().map(Undecided::imageId).collect(Collectors.toSet());
        return new InferredForest(edges, HiddenAncestors.among(images, edges, open), undecided);
    }

    private double confidence(Comparison pair, double probability) {
        return weights.confidence(pair.kinship(), probability);
    }

    private static int likeliest(double[][] marginals, int child) {
        int best = 0;
        for (int parent = 1; parent < marginals.length; parent++) {
            if (parent != child && (best == 0 || marginals[parent][child] > marginals[best][child])) {
                best = parent;
            }
        }
        return best;
    }

    private List<Evidence> evidence(Comparison pair) {
        return Arrays.stream(Feature.values())
                .filter(Feature::told)
                .map(feature -> new Evidence(
                        feature.name(), pair.words(feature), weights.of(pair.kinship(), feature) * pair.value(feature)))
                .filter(evidence -> Math.abs(evidence.logOdds()) >= LEAST_EVIDENCE)
                .sorted(Comparator.comparingDouble((Evidence evidence) -> -Math.abs(evidence.logOdds()))
                        .thenComparing(Evidence::feature))
                .limit(MAX_EVIDENCE)
                .toList();
    }
}
