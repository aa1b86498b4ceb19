package dev.stemma.queries.drift;

import dev.stemma.graph.model.Basis;
import java.util.List;
import java.util.Optional;

/**
 * How the image to compare with was found when none was named.
 *
 * @param steps the derivations from the image up to the baseline, nearest first
 */
public record Baseline(List<Step> steps) {

    public Baseline {
        steps = List.copyOf(steps);
    }

    /**
     * One derivation.
     *
     * @param parentId the image derived from
     * @param kind {@code backing-file}, {@code copy}, …
     * @param confidence 0 to 1, for an inferred one
     */
    public record Step(
            String childId,
            String childName,
            String parentId,
            String parentName,
            String kind,
            Basis basis,
            Optional<Double> confidence) {}
}
