package dev.stemma.queries.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.tree.Chunk;
import dev.stemma.graph.tree.TreeNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TreeNodeCacheTest {

    private final TreeNodeCache cache = new TreeNodeCache(10);

    @Test
    void whatWasAddedIsFoundAndWhatWasNotIsNot() {
        cache.addAll(Map.of(digest(1), node(1, 3)));
        assertThat(cache.find(Set.of(digest(1), digest(2)))).containsOnlyKeys(digest(1));
    }

    @Test
    void theLeastRecentlyUsedGoFirstAndTheBoundHolds() {
        cache.addAll(Map.of(digest(1), node(1, 3)));
        cache.addAll(Map.of(digest(2), node(2, 4)));
        assertThat(cache.find(Set.of(digest(1)))).isNotEmpty();
        cache.addAll(Map.of(digest(3), node(3, 2)));
        assertThat(cache.find(Set.of(digest(1), digest(2), digest(3)))).containsOnlyKeys(digest(1), digest(3));
        assertThat(cache.entries()).isEqualTo(7);
    }

    @Test
    void aNodeThatIsLargerThanTheBoundIsNotKept() {
        cache.addAll(Map.of(digest(1), node(1, 10)));
        assertThat(cache.find(Set.of(digest(1)))).isEmpty();
        assertThat(cache.entries()).isZero();
    }

    @Test
    void addingTwiceCountsOnce() {
        cache.addAll(Map.of(digest(1), node(1, 3)));
        cache.addAll(Map.of(digest(1), node(1, 3)));
        assertThat(cache.entries()).isEqualTo(4);
    }

    private static TreeNode node(int number, int entries) {
        return new Chunk(
                digest(number),
                new TreeNode.Content.Chunks(java.util.stream.IntStream.range(0, entries)
                        .mapToObj(i -> digest(1_000 * number + i))
                        .toList()));
    }

    private static Digest digest(int number) {
        return Digest.sha256(List.of(number).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
