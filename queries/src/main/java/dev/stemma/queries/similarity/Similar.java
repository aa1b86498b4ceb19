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
 * @param shared size of the intersection, where exact: packages, contents or bytes
 * @param size size of this inventory's set, in the same unit
 * @param reason why, where exact
 */
public record Similar(
        String inventoryId,
        List<ImageName> images,
        long imageCount,
        double estimate,
        Optional<Double> exact,
        Optional<Long> shared,
        long size,
        Optional<Reason> reason) {

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

    /**
     * Why two are alike, and where they are not.
     *
     * @param ofAsked how much of the one asked about is in this one, 0 to 1
     * @param ofThis how much of this one is in the one asked about, 0 to 1
     * @param files contents; empty when packages were asked for
     * @param onlyAsked purls of packages that this one lacks, the first {@value #MAX_NAMES} that were met
     * @param onlyThis purls of packages that the one asked about lacks, likewise
     */
    public record Reason(
            double ofAsked,
            double ofThis,
            Overlap packages,
            Optional<Overlap> files,
            List<String> onlyAsked,
            List<String> onlyThis) {

        /** See {@link #onlyAsked}. */
        public static final int MAX_NAMES = 5;

        public Reason {
            onlyAsked = List.copyOf(onlyAsked);
            onlyThis = List.copyOf(onlyThis);
        }
    }
}
