package dev.stemma.graph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchTest {

    /** Replay with -Dstemma.seed=… */
    private static final long SEED = Long.getLong("stemma.seed", 20_261_128L);

    @Test
    void listsTogetherAreTheRowsInOrderAndWithinBothBounds() {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            Batch batch = new Batch(1 + random.nextInt(20), 1 + random.nextInt(2_000));
            List<Map<String, Object>> rows = IntStream.range(0, random.nextInt(100))
                    .<Map<String, Object>>mapToObj(i -> Map.of("n", i, "text", "x".repeat(random.nextInt(500))))
                    .toList();
            List<Map<String, Object>> seen = new ArrayList<>();
            long count = batch.split(rows.iterator(), list -> {
                assertThat(list).as("seed %d", SEED).isNotEmpty().hasSizeLessThanOrEqualTo(batch.maxRows());
                long bytes = list.stream().mapToLong(Batch::estimateBytes).sum();
                assertThat(list.size() == 1 || bytes <= batch.maxBytes())
                        .as("seed %d", SEED)
                        .isTrue();
                seen.addAll(list);
            });
            assertThat(count).isEqualTo(rows.size());
            assertThat(seen).as("seed %d", SEED).isEqualTo(rows);
        }
    }

    @Test
    void rowsAreTakenOnlyAsTheyAreNeeded() {
        Iterator<Map<String, Object>> endless =
                Stream.<Map<String, Object>>generate(() -> Map.of("n", 1)).iterator();
        List<Integer> sizes = new ArrayList<>();
        assertThatThrownBy(() -> new Batch(10, 1_000_000).split(endless, list -> {
                    sizes.add(list.size());
                    if (sizes.size() == 3) {
                        throw new IllegalStateException("enough");
                    }
                }))
                .hasMessage("enough");
        assertThat(sizes).containsExactly(10, 10, 10);
    }

    @Test
    void theEstimateCountsWhatTravels() {
        assertThat(Batch.estimateBytes("x".repeat(1_000))).isBetween(1_000L, 1_010L);
        assertThat(Batch.estimateBytes("ä".repeat(1_000))).isBetween(2_000L, 2_010L);
        assertThat(Batch.estimateBytes("漢".repeat(1_000))).isBetween(3_000L, 3_010L);
        assertThat(Batch.estimateBytes(new byte[1_000])).isBetween(1_000L, 1_010L);
        assertThat(Batch.estimateBytes(List.of(Map.of("a", new byte[1_000]), Optional.of(new byte[1_000]))))
                .isBetween(2_000L, 2_050L);
        assertThat(Batch.estimateBytes(null)).isPositive();
    }

    @Test
    void aBatchOfNothingIsRefused() {
        assertThatThrownBy(() -> new Batch(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Batch(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
