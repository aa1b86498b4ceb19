package dev.stemma.queries.sprawl;

import dev.stemma.queries.similarity.Similar;
import dev.stemma.queries.similarity.Trait;
import java.util.List;

/**
 * Groups of inventories that are alike, and what could be done about them.
 *
 * @param threshold the least mean similarity within a cluster
 * @param clusters of two images and more, largest first, as many as were asked for
 * @param total how many such clusters there are
 * @param images current images that were looked at
 * @param clustered how many of them are in a cluster
 * @param unsketched current images that could not be looked at
 * @param expectedError standard error of an estimated similarity at most
 * @param floor pairs that are estimated to be less alike count as not alike at all
 */
public record Clusters(
        Trait trait,
        double threshold,
        List<Cluster> clusters,
        long total,
        long images,
        long clustered,
        long unsketched,
        double expectedError,
        double floor) {

    public Clusters {
        clusters = List.copyOf(clusters);
    }

    /**
     * One group, in short.
     *
     * @param representative the image most similar to all others on average
     * @param imageCount images, the representative included
     * @param inventoryCount how many different inventories they have
     * @param cohesion mean similarity of two images, estimated, 0 to 1
     * @param machines that run images of it, the representative left out
     * @param withdrawable images that nothing holds on to, the representative left out
     * @param savedBytes what those take on their storage
     */
    public record Cluster(
            Similar.ImageName representative,
            String inventoryId,
            long imageCount,
            long inventoryCount,
            double cohesion,
            long machines,
            long withdrawable,
            long savedBytes) {}
}
