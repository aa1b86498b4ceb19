package dev.stemma.queries.similarity;

import java.util.List;
import java.util.Optional;

/**
 * The pairs of inventories that are most alike.
 *
 * @param threshold what was asked for
 * @param floor the least similarity of pairs that are held; a lower threshold shows no more
 * @param total pairs at least so alike by estimate
 * @param expectedError standard error of an estimate at most
 * @param unsketched images that have no sketch of this trait and were left out
 */
public record PairsAnswer(
        Trait trait,
        double threshold,
        double floor,
        long total,
        List<Pair> pairs,
        String analyzer,
        double expectedError,
        long unsketched) {

    public PairsAnswer {
        pairs = List.copyOf(pairs);
    }

    /**
     * Two inventories.
     *
     * @param exact of packages; contents are not read for this
     */
    public record Pair(Side one, Side other, double estimate, Optional<Double> exact) {}

    /**
     * One of them.
     *
     * @param images current images that have it, by name, at most {@value Similar#MAX_IMAGES}
     * @param imageCount how many have it altogether
     */
    public record Side(String inventoryId, List<Similar.ImageName> images, long imageCount) {
        public Side {
            images = List.copyOf(images);
        }
    }
}
