package dev.stemma.queries.sprawl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.similarity.MinHash;
import dev.stemma.queries.similarity.Pairs;
import dev.stemma.queries.similarity.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Held against families that were planted, and against the best of all ways to group few. */
final class LeidenClusteringTest {

    /** Pairs of a matrix of similarities; those below one half are not held. */
    private static Pairs pairs(double[][] similarities) {
        int n = similarities.length;
        int[] first = new int[n + 1];
        List<Integer> others = new ArrayList<>();
        List<Short> equal = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            names.add("inventory " + i);
            for (int j = 0; j < n; j++) {
                if (i != j && similarities[i][j] >= 0.5) {
                    others.add(j);
                    equal.add((short) Math.round(similarities[i][j] * MinHash.K));
                }
            }
            first[i + 1] = others.size();
        }
        short[] places = new short[equal.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = equal.get(i);
        }
        long[] images = new long[n];
        Arrays.fill(images, 1);
        return new Pairs(
                Trait.PACKAGES,
                names,
                images,
                first,
                others.stream().mapToInt(Integer::intValue).toArray(),
                places,
                0.5);
    }

    private static Set<Set<Integer>> sets(int[] clusters) {
        Map<Integer, Set<Integer>> sets = new HashMap<>();
        for (int i = 0; i < clusters.length; i++) {
            sets.computeIfAbsent(clusters[i], _ -> new HashSet<>()).add(i);
        }
        return new HashSet<>(sets.values());
    }

    private static double[][] families(Random random, int[] family) {
        double[][] similarities = new double[family.length][family.length];
        for (int i = 0; i < family.length; i++) {
            for (int j = 0; j < i; j++) {
                double similarity =
                        family[i] == family[j] ? 0.82 + 0.17 * random.nextDouble() : 0.3 + 0.35 * random.nextDouble();
                similarities[i][j] = similarity;
                similarities[j][i] = similarity;
            }
        }
        return similarities;
    }

    @Test
    void plantedFamiliesAreFound() {
        Random random = RandomGuests.seeded();
        int[] family = random.ints(400, 0, 12).toArray();
        Pairs pairs = pairs(families(random, family));
        int[] clusters = new LeidenClustering(0.75).clusters(pairs);
        assertThat(sets(clusters)).isEqualTo(sets(family));
        assertThat(new LeidenClustering(0.75).clusters(pairs)).isEqualTo(clusters);
    }

    @Test
    void whatComesJoinsItsFamilyAndWhatGoesLeavesTheOthersTogether() {
        Random random = RandomGuests.seeded();
        int[] family = random.ints(300, 0, 8).toArray();
        double[][] all = families(random, family);
        LeidenClustering clustering = new LeidenClustering(0.75);
        for (int n = 250; n <= 300; n += 5) {
            double[][] some = new double[n][];
            for (int i = 0; i < n; i++) {
                some[i] = Arrays.copyOf(all[i], n);
            }
            assertThat(sets(clustering.clusters(pairs(some)))).isEqualTo(sets(Arrays.copyOf(family, n)));
        }
        double[][] fewer = new double[200][];
        for (int i = 0; i < 200; i++) {
            fewer[i] = Arrays.copyOf(all[i], 200);
        }
        assertThat(sets(clustering.clusters(pairs(fewer)))).isEqualTo(sets(Arrays.copyOf(family, 200)));
    }

    @Test
    void aChainOfPairsDoesNotJoinWhatIsNotAlike() {
        // Each is like the next, the ends are nothing like one another: joined by pairs, all would be one group.
        int n = 40;
        double[][] chain = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                chain[i][j] = Math.max(0, 1 - 0.08 * Math.abs(i - j));
            }
        }
        for (Set<Integer> cluster : sets(new LeidenClustering(0.8).clusters(pairs(chain)))) {
            assertThat(Collections.max(cluster) - Collections.min(cluster)).isLessThan(8);
        }
    }

    @Test
    void theGroupingOfFewIsNearlyTheBestOfAll() {
        Random random = RandomGuests.seeded();
        int rounds = 30;
        double shares = 0;
        for (int round = 0; round < rounds; round++) {
            int n = 8;
            double[][] similarities = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    similarities[i][j] = Math.round((0.5 + 0.5 * random.nextDouble()) * MinHash.K) / (double) MinHash.K;
                    similarities[j][i] = similarities[i][j];
                }
            }
            int[] found = new LeidenClustering(0.75).clusters(pairs(similarities));
            double best = best(similarities, new int[n], 0, 0, 0.75);
            double share = quality(similarities, found, 0.75) / best;
            // Similarities at random, without any groups, are the hardest there are.
            assertThat(share).isBetween(0.75, 1 + 1e-9);
            shares += share;
        }
        assertThat(shares / rounds).isGreaterThan(0.95);
    }

    private static double quality(double[][] similarities, int[] clusters, double threshold) {
        double quality = 0;
        for (int i = 0; i < clusters.length; i++) {
            for (int j = 0; j < i; j++) {
                quality += clusters[i] == clusters[j] ? similarities[i][j] - threshold : 0;
            }
        }
        return quality;
    }

    /** The best quality over all ways to group the inventories from {@code at} on. */
    private static double best(double[][] similarities, int[] clusters, int at, int used, double threshold) {
        if (at == clusters.length) {
            return quality(similarities, clusters, threshold);
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int cluster = 0; cluster <= used; cluster++) {
            clusters[at] = cluster;
            best = Math.max(best, best(similarities, clusters, at + 1, Math.max(used, cluster + 1), threshold));
        }
        return best;
    }
}
