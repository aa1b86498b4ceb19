package dev.stemma.queries.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class KeptFactsTest {

    private static final Graph.Transaction NO_GRAPH = _ -> List.of();

    private final AtomicInteger reads = new AtomicInteger();
    private final KeptFacts<String> kept = new KeptFacts<>(10, String::length, KeptFacts.Reader.each((_, id) -> {
        reads.incrementAndGet();
        return "of " + id;
    }));

    private String of(String inventory, boolean linked) {
        return kept.of(NO_GRAPH, List.of(side(inventory, linked))).getFirst();
    }

    private static Side side(String inventory, boolean linked) {
        return new Side(
                inventory,
                Level.FULL,
                linked ? Optional.of("img-1") : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void whatAnInventoryHoldsIsReadOnce() {
        assertThat(of("a", true)).isEqualTo("of a");
        assertThat(of("a", true)).isEqualTo("of a");
        assertThat(reads).hasValue(1);
    }

    @Test
    void ofTwoWhatIsMissingAloneIsRead() {
        of("a", true);
        assertThat(kept.of(NO_GRAPH, List.of(side("b", true), side("a", true)))).containsExactly("of b", "of a");
        assertThat(kept.of(NO_GRAPH, List.of(side("c", true), side("c", true)))).containsExactly("of c", "of c");
        assertThat(reads).hasValue(3);
    }

    @Test
    void anInventoryThatNoImageHasYetIsReadEachTime() {
        assertThat(of("a", false)).isEqualTo("of a");
        assertThat(of("a", false)).isEqualTo("of a");
        assertThat(reads).hasValue(2);
        assertThat(kept.size()).isZero();
    }

    @Test
    void whatWasNotAskedForLongestGoesWhenThereIsTooMuch() {
        for (String id : List.of("a", "b", "a", "c", "a", "b")) {
            of(id, true);
        }
        assertThat(kept.size()).isEqualTo(2);
        assertThat(reads).as("a, b, c, and b again").hasValue(4);
        of("longer than all", true);
        assertThat(kept.size()).isZero();
    }
}
