package dev.stemma.queries.inference;

import dev.stemma.queries.inference.Comparison.Kinship;
import dev.stemma.queries.inference.InferredForest.Edge;
import dev.stemma.queries.inference.Weights.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Fits the weights to generated worlds: conditional logit (McFadden 1974) of each image's parent among all others and none, by Adam (Kingma and Ba
 * 2015) with a Gaussian prior; then Platt's calibration on other worlds.
 */
final class WeightFit {

    private static final List<Feature> FEATURES = List.of(Feature.values());
    private static final List<Kinship> KINSHIPS = List.of(Kinship.values());
    private static final int SIZE = FEATURES.size() * KINSHIPS.size();
    /** Of two without a history in common. */
    private static final double MOST = 0.89;

    private static final double PRIOR = 3e-5;
    private static final int STEPS = 1_200;
    private static final double RATE = 0.05;

    /** For each child the features of its candidates, the first of which is none, and where the weights of their kinship begin. */
    private final List<double[][]> rows = new ArrayList<>();

    private final List<int[]> starts = new ArrayList<>();
    private final List<Integer> targets = new ArrayList<>();

    void learn(GeneratedWorld world) {
        List<ImageTraits> images = world.visible();
        for (ImageTraits child : images) {
            Optional<String> truth = world.parent(child.imageId());
            List<Comparison> pairs = new ArrayList<>();
            int target = 0;
            for (ImageTraits parent : images) {
                if (!parent.imageId().equals(child.imageId())) {
                    if (truth.isPresent() && truth.get().equals(parent.imageId())) {
                        target = pairs.size() + 1;
                    }
                    pairs.add(new Comparison(parent, child));
                }
            }
            Comparison.rank(pairs);
            double[][] candidates = new double[pairs.size() + 1][FEATURES.size()];
            int[] start = new int[candidates.length];
            for (int i = 0; i < pairs.size(); i++) {
                Comparison pair = pairs.get(i);
                Arrays.setAll(candidates[i + 1], k -> pair.value(FEATURES.get(k)));
                start[i + 1] = KINSHIPS.indexOf(pair.kinship()) * FEATURES.size();
            }
            rows.add(candidates);
            starts.add(start);
            targets.add(target);
        }
    }

    Map<Kinship, Map<Feature, Double>> weights() {
        double[] weights = new double[SIZE];
        double[] mean = new double[SIZE];
        double[] square = new double[SIZE];
        for (int step = 1; step <= STEPS; step++) {
            double[] gradient = gradient(weights);
            double rate = RATE * (step < STEPS * 2 / 3 ? 1 : 0.2);
            for (int i = 0; i < weights.length; i++) {
                mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
                square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
                weights[i] -= rate
                        * (mean[i] / (1 - Math.pow(0.9, step)))
                        / (Math.sqrt(square[i] / (1 - Math.pow(0.999, step))) + 1e-8);
            }
        }
        Map<Kinship, Map<Feature, Double>> split = new EnumMap<>(Kinship.class);
        for (int i = 0; i < SIZE; i++) {
            split.computeIfAbsent(KINSHIPS.get(i / FEATURES.size()), _ -> new EnumMap<>(Feature.class))
                    .put(FEATURES.get(i % FEATURES.size()), weights[i]);
        }
        return split;
    }

    private double[] gradient(double[] weights) {
        double[] gradient = new double[weights.length];
        for (int r = 0; r < rows.size(); r++) {
            double[][] candidates = rows.get(r);
            int[] places = starts.get(r);
            double[] shares = new double[candidates.length];
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < candidates.length; c++) {
                for (int i = 0; i < FEATURES.size(); i++) {
                    shares[c] += weights[places[c] + i] * candidates[c][i];
                }
                most = Math.max(most, shares[c]);
            }
            double sum = 0;
            for (int c = 0; c < shares.length; c++) {
                shares[c] = Math.exp(shares[c] - most);
                sum += shares[c];
            }
            for (int c = 0; c < shares.length; c++) {
                double difference = shares[c] / sum - (c == targets.get(r) ? 1 : 0);
                if (Math.abs(difference) > 1e-9) {
                    for (int i = 0; i < FEATURES.size(); i++) {
                        gradient[places[c] + i] += difference * candidates[c][i] / rows.size();
                    }
                }
            }
        }
        for (int i = 0; i < weights.length; i++) {
            gradient[i] += PRIOR * weights[i];
        }
        return gradient;
    }

    /** The calibration of edges that were found without one in worlds that nothing was learned from. */
    static Weights calibrated(Map<Kinship, Map<Feature, Double>> features, List<GeneratedWorld> worlds) {
        ForestFinder finder = new ForestFinder(new Weights(features, Map.of(Kinship.WRITINGS, Calibration.NONE)));
        Map<Kinship, List<double[]>> edges = new EnumMap<>(Kinship.class);
        KINSHIPS.forEach(kinship -> edges.put(kinship, new ArrayList<>()));
        for (GeneratedWorld world : worlds) {
            Map<String, ImageTraits> images = new HashMap<>();
            world.visible().forEach(image -> images.put(image.imageId(), image));
            for (Edge edge :
                    finder.find(world.visible(), ForestFinder.Candidates.ALL).edges()) {
                boolean right = world.parent(edge.childId())
                        .filter(edge.parentId()::equals)
                        .isPresent();
                Kinship kinship = new Comparison(
                                Objects.requireNonNull(images.get(edge.parentId())),
                                Objects.requireNonNull(images.get(edge.childId())))
                        .kinship();
                edges.computeIfAbsent(kinship, _ -> new ArrayList<>())
                        .add(new double[] {Weights.logit(edge.confidence()), right ? 1 : 0});
            }
        }
        Map<Kinship, Calibration> calibrations = new EnumMap<>(Kinship.class);
        edges.forEach((kinship, told) ->
                calibrations.put(kinship, calibration(told, kinship == Kinship.WRITINGS ? 1 : MOST)));
        return new Weights(features, calibrations);
    }

    /** Platt's targets, which never are wholly 0 or 1, so that few edges make no certainty. */
    private static Calibration calibration(List<double[]> edges, double most) {
        double right = edges.stream().mapToDouble(edge -> edge[1]).sum();
        double yes = (right + 1) / (right + 2);
        double no = 1 / (edges.size() - right + 2);
        double slope = 1;
        double offset = 0;
        for (int step = 0; step < 50_000 && !edges.isEmpty(); step++) {
            double bySlope = 0;
            double byOffset = 0;
            for (double[] edge : edges) {
                double error = 1 / (1 + Math.exp(-(slope * edge[0] + offset))) - (edge[1] == 1 ? yes : no);
                bySlope += error * edge[0] / edges.size();
                byOffset += error / edges.size();
            }
            slope -= 0.02 * bySlope;
            offset -= 0.02 * byOffset;
        }
        return new Calibration(slope, offset, most);
    }

    static String properties(Weights weights) {
        StringBuilder text = new StringBuilder("# Fitted to generated families: bin/bench-inference --fit\n");
        for (Kinship kinship : Kinship.values()) {
            for (Feature feature : Feature.values()) {
                text.append(
                        String.format(Locale.ROOT, "%s.%s = %.3f%n", kinship, feature, weights.of(kinship, feature)));
            }
            Calibration calibration = weights.calibrations().getOrDefault(kinship, Calibration.NONE);
            text.append(String.format(
                    Locale.ROOT,
                    "%1$s.slope = %2$.3f%n%1$s.offset = %3$.3f%n%1$s.most = %4$.3f%n",
                    kinship,
                    calibration.slope(),
                    calibration.offset(),
                    calibration.most()));
        }
        return text.toString();
    }
}
