package dev.stemma.queries.inference;

import dev.stemma.queries.inference.Comparison.Kinship;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/**
 * How much each {@link Feature} counts, and how a probability becomes a confidence. Fitted to generated families whose history is known, by
 * {@code bin/bench-inference}, and read from {@code weights.properties}. Immutable.
 *
 * @param features log-odds for each unit; all of them for each kinship
 * @param calibrations one for each kinship
 */
record Weights(Map<Kinship, Map<Feature, Double>> features, Map<Kinship, Calibration> calibrations) {

    static final Weights FITTED = read();

    private static final double CERTAIN = 1e-6;

    Weights {
        Map<Kinship, Map<Feature, Double>> copy = new EnumMap<>(Kinship.class);
        features.forEach((kinship, weights) -> copy.put(kinship, new EnumMap<>(weights)));
        features = copy;
        calibrations = new EnumMap<>(calibrations);
    }

    /**
     * By Platt (1999): confidence = 1 / (1 + exp(−(slope · logit(p) + offset))).
     *
     * @param most more is not said: without files that one running system wrote too much is left open
     */
    record Calibration(double slope, double offset, double most) {
        static final Calibration NONE = new Calibration(1, 0, 1);
    }

    private static Weights read() {
        Properties properties = new Properties();
        try (InputStream in = Weights.class.getResourceAsStream("weights.properties")) {
            if (in == null) {
                throw new IllegalStateException("weights.properties is missing");
            }
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<Kinship, Map<Feature, Double>> features = new EnumMap<>(Kinship.class);
        Map<Kinship, Calibration> calibrations = new EnumMap<>(Kinship.class);
        for (Kinship kinship : Kinship.values()) {
            Map<Feature, Double> weights = new EnumMap<>(Feature.class);
            for (Feature feature : Feature.values()) {
                weights.put(feature, number(properties, kinship + "." + feature));
            }
            features.put(kinship, weights);
            calibrations.put(
                    kinship,
                    new Calibration(
                            number(properties, kinship + ".slope"),
                            number(properties, kinship + ".offset"),
                            number(properties, kinship + ".most")));
        }
        return new Weights(features, calibrations);
    }

    private static double number(Properties properties, String name) {
        String text = properties.getProperty(name);
        if (text == null) {
            throw new IllegalStateException("weights.properties lacks " + name);
        }
        return Double.parseDouble(text);
    }

    double of(Kinship kinship, Feature feature) {
        return features.getOrDefault(kinship, Map.of()).getOrDefault(feature, 0.0);
    }

    /** What is said of a probability, 0 to 1. */
    double confidence(Kinship kinship, double probability) {
        Calibration calibration = calibrations.getOrDefault(kinship, Calibration.NONE);
        return Math.min(
                calibration.most, 1 / (1 + Math.exp(-(calibration.slope * logit(probability) + calibration.offset))));
    }

    static double logit(double probability) {
        double p = Math.clamp(probability, CERTAIN, 1 - CERTAIN);
        return Math.log(p / (1 - p));
    }
}
