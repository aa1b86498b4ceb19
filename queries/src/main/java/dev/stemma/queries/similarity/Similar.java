package dev.stemma.queries.similarity;

import java.util.List;
import java.util.Optional;

/**
 * An inventory that is like the one asked about.
 *
 * @param images current images that have it, by name, at most {@value #MAX_IMAGES}
 * @param imageCount how many have it altogether
 * @param estimate from the sketches, 0 to 1
 * @param exact Jaccard similarity, 0 to 1; only for the best of the answer
 * @param shared size of the intersection, where exact
 * @param size size of this inventory's set
 */
public record Similar(
        String inventoryId,
        List<ImageName> images,
        long imageCount,
        double estimate,
        Optional<Double> exact,
        Optional<Long> shared,
        long size) {

    /** See {@link #images}. */
    public static final int MAX_IMAGES = 10;

    public Similar {
        images = List.copyOf(images);
    }

    /** The exact value where there is one, the estimate otherwise. */
    public double best() {
        return exact.orElse(estimate);
    }

    /** An image by id and name. */
    public record ImageName(String id, String name) {}
}
