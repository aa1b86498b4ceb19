package dev.stemma.queries.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemma.queries.RandomGuests;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Forests and their shares, held against all forests there are, one by one. */
final class ForestsTest {

    /** Calls with each forest over nodes 1 to n − 1 and its sum of weights. */
    private static void each(double[][] weights, BiConsumer<int[], Double> visitor) {
        int n = weights.length;
        int[] parents = new int[n];
        parents[0] = -1;
        long assignments = Math.round(Math.pow(n, n - 1));
        for (long code = 0; code < assignments; code++) {
            long rest = code;
            double sum = 0;
            for (int child = 1; child < n; child++) {
                parents[child] = (int) (rest % n);
                rest /= n;
                sum += parents[child] == child ? Arborescence.NONE : weights[parents[child]][child];
            }
            if (sum > Arborescence.NONE && rooted(parents)) {
                visitor.accept(parents, sum);
            }
        }
    }

    private static boolean rooted(int[] parents) {
        for (int start = 1; start < parents.length; start++) {
            int at = start;
            for (int steps = 0; at > 0; steps++) {
                if (steps > parents.length) {
                    return false;
                }
                at = parents[at];
            }
        }
        return true;
    }

    private static double[][] weights(Random random, int n) {
        double[][] weights = new double[n][n];
        for (double[] row : weights) {
            Arrays.setAll(row, _ -> random.nextInt(5) == 0 ? Arborescence.NONE : 8 * random.nextGaussian());
        }
        for (int child = 1; child < n; child++) {
            weights[0][child] = random.nextGaussian();
        }
        return weights;
    }

    @Test
    void noForestIsHeavierThanTheOneFound() {
        Random random = RandomGuests.seeded();
        for (int i = 0; i < 300; i++) {
            double[][] weights = weights(random, 2 + random.nextInt(5));
            double[] most = {Arborescence.NONE};
            each(weights, (_, sum) -> most[0] = Math.max(most[0], sum));
            int[] found = Arborescence.heaviest(weights);
            double sum = 0;
            for (int child = 1; child < found.length; child++) {
                sum += weights[found[child]][child];
            }
            assertThat(rooted(found)).isTrue();
            assertThat(sum).isCloseTo(most[0], within(1e-9));
        }
    }

    @Test
    void sharesAreThoseOfAllForestsCounted() {
        Random random = RandomGuests.seeded();
        for (int i = 0; i < 200; i++) {
            int n = 2 + random.nextInt(4);
            double[][] weights = weights(random, n);
            double[][] counted = new double[n][n];
            double[] all = {0};
            each(weights, (parents, sum) -> {
                all[0] += Math.exp(sum);
                for (int child = 1; child < n; child++) {
                    counted[parents[child]][child] += Math.exp(sum);
                }
            });
            double[][] shares = ForestMarginals.of(weights);
            for (int parent = 0; parent < n; parent++) {
                for (int child = 1; child < n; child++) {
                    // No parent at all has a floor of one in 10⁹, which a strong circle makes more of.
                    assertThat(shares[parent][child]).isCloseTo(counted[parent][child] / all[0], within(1e-3));
                }
            }
        }
    }
}
