package dev.stemma.queries.sprawl;

import dev.stemma.queries.similarity.Similar;
import java.util.List;
import java.util.Optional;

/**
 * What it would mean to have the representative of a cluster in place of its other images.
 *
 * @param cluster the whole in short
 * @param members most similar to the representative first, itself at the top; at most {@value #MAX_MEMBERS}
 */
public record ClusterPlan(Clusters.Cluster cluster, List<Member> members) {

    /** See {@link #members}. */
    public static final int MAX_MEMBERS = 1_000;

    public ClusterPlan {
        members = List.copyOf(members);
    }

    /**
     * An image of the cluster.
     *
     * @param similarity to the representative, estimated, by the trait that was asked for
     * @param change how its packages differ from the representative's, which is the one asked about there; for the first
     *     {@value #MAX_EXPLAINED} members
     * @param allocatedBytes what it takes on its storage
     * @param machines that run it, by name, at most {@value #MAX_MACHINES}
     * @param machineCount how many
     * @param advice what to do with it
     * @param because why it is kept; empty for others
     */
    public record Member(
            Similar.ImageName image,
            String inventoryId,
            double similarity,
            Optional<Similar.Reason> change,
            long allocatedBytes,
            List<String> machines,
            long machineCount,
            Advice advice,
            List<String> because) {

        /** See {@link #machines}. */
        public static final int MAX_MACHINES = 10;

        /** See {@link #change}. */
        public static final int MAX_EXPLAINED = 200;

        public Member {
            machines = List.copyOf(machines);
            because = List.copyOf(because);
        }
    }

    /** What to do with an image of a cluster. */
    public enum Advice {
        /** It stands for the others. */
        REPRESENTATIVE,
        /** Nothing holds on to it: a candidate for withdrawal. */
        WITHDRAW,
        /** Something holds on to it, which has to go to the representative first. */
        MOVE
    }
}
