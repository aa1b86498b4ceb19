package dev.stemma.queries.sprawl;

import dev.stemma.queries.similarity.Similar;
import dev.stemma.queries.similarity.Trait;
import java.util.List;

/**
 * Groups of inventories that hang together by pairs at least so alike.
 *
 * @param threshold the least estimate that joins a pair
 * @param clusters of two images and more, largest first
 * @param images current images looked at
 * @param unsketched current images that could not be looked at
 * @param expectedError standard error of an estimate
 * @param viaBands whether only pairs that share a band were compared, so that a pair just above the threshold may be missing
 */
public record Clusters(
        Trait trait,
        double threshold,
        List<Cluster> clusters,
        long images,
        long unsketched,
        double expectedError,
        boolean viaBands) {

    public Clusters {
        clusters = List.copyOf(clusters);
    }

    /**
     * One group.
     *
     * @param representative the image most similar to all others on average
     * @param members all images, most similar to the representative first, itself included
     */
    public record Cluster(Similar.ImageName representative, List<Member> members) {

        public Cluster {
            members = List.copyOf(members);
        }
    }

    /**
     * An image of a cluster.
     *
     * @param toRepresentative estimated similarity, 0 to 1
     */
    public record Member(Similar.ImageName image, String inventoryId, double toRepresentative) {}
}
