package dev.stemma.queries.sprawl;

import dev.stemma.queries.similarity.Pairs;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import nl.cwts.networkanalysis.Clustering;
import nl.cwts.networkanalysis.LeidenAlgorithm;
import nl.cwts.networkanalysis.Network;
import nl.cwts.util.LargeDoubleArray;
import nl.cwts.util.LargeIntArray;

/**
 * Clusters of a graph of similar pairs by the Leiden algorithm (V. Traag, L. Waltman, N. J. van Eck, <i>From Louvain to Leiden:
 * guaranteeing well-connected communities</i>, Scientific Reports 9, 2019) over the constant Potts model, whose resolution is
 * a similarity: two clusters are joined when their inventories are more alike on average, and a cluster is kept together as long as
 * its parts are. The same pairs give the same clusters. Goes on from what it found before, so that little is to be done
 * when little came or went. Safe for use by several threads.
 */
final class LeidenClustering {

    private static final int FROM_SCRATCH = 10;
    private static final int ONWARDS = 1;

    private final double threshold;
    private Map<String, Integer> before = Map.of();
    private int[] found = {};
    private @org.jspecify.annotations.Nullable Pairs pairs;

    LeidenClustering(double threshold) {
        this.threshold = threshold;
    }

    /** The number of each inventory's cluster, by place; numbers start at 0. Do not write to it. */
    synchronized int[] clusters(Pairs now) {
        if (now != pairs) {
            boolean onwards = known(now) > now.inventories().size() / 2;
            Clustering clustering = new Clustering(start(now, onwards));
            // Equal seeds: the answer is that of the question, not of the hour.
            new LeidenAlgorithm(
                            threshold,
                            onwards ? ONWARDS : FROM_SCRATCH,
                            LeidenAlgorithm.DEFAULT_RANDOMNESS,
                            new Random(1))
                    .improveClustering(network(now), clustering);
            clustering.removeEmptyClusters();
            found = clustering.getClusters();
            Map<String, Integer> numbers = new HashMap<>();
            for (int i = 0; i < found.length; i++) {
                numbers.put(now.inventories().get(i), found[i]);
            }
            before = numbers;
            pairs = now;
        }
        return found;
    }

    private long known(Pairs now) {
        return now.inventories().stream().filter(before::containsKey).count();
    }

    /** Where the last clusters are gone on from, what is new is a cluster of its own. */
    private int[] start(Pairs now, boolean onwards) {
        Map<Integer, Integer> renumbered = new HashMap<>();
        int[] start = new int[now.inventories().size()];
        int next = 0;
        for (int i = 0; i < start.length; i++) {
            Integer old = onwards ? before.get(now.inventories().get(i)) : null;
            Integer number = old == null ? null : renumbered.get(old);
            if (number == null) {
                number = next++;
            }
            if (old != null) {
                renumbered.put(old, number);
            }
            start[i] = number;
        }
        return start;
    }

    private static Network network(Pairs pairs) {
        int nodes = pairs.inventories().size();
        long[] first = new long[nodes + 1];
        for (int i = 0; i <= nodes; i++) {
            first[i] = pairs.first()[i];
        }
        double[] weights = new double[pairs.others().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = pairs.similarity(i);
        }
        return new Network(
                nodes, false, first, new LargeIntArray(pairs.others()), new LargeDoubleArray(weights), false);
    }
}
