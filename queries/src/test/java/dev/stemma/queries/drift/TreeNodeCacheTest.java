package dev.stemma.queries.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.Chunk;
import dev.stemma.graph.tree.TreeEntry;
import dev.stemma.graph.tree.TreeNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TreeNodeCacheTest {

    private final TreeNodeCache cache = new TreeNodeCache(TreeNodeCache.bytes(node(0, 3)) * 5 / 2);

    @Test
    void whatWasAddedIsFoundAndWhatWasNotIsNot() {
        cache.addAll(Map.of(digest(1), node(1, 3)));
        assertThat(cache.find(Set.of(digest(1), digest(2)))).containsOnlyKeys(digest(1));
    }

    @Test
    void theLeastRecentlyUsedGoFirstAndTheBoundHolds() {
        cache.addAll(Map.of(digest(1), node(1, 3)));
        cache.addAll(Map.of(digest(2), node(2, 3)));
        assertThat(cache.find(Set.of(digest(1)))).isNotEmpty();
        cache.addAll(Map.of(digest(3), node(3, 3)));
        assertThat(cache.find(Set.of(digest(1), digest(2), digest(3)))).containsOnlyKeys(digest(1), digest(3));
        assertThat(cache.bytes()).isEqualTo(2 * TreeNodeCache.bytes(node(0, 3)));
    }

    @Test
    void aNodeThatIsLargerThanTheBoundIsNotKept() {
        cache.addAll(Map.of(digest(1), node(1, 300)));
        assertThat(cache.find(Set.of(digest(1)))).isEmpty();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void addingTwiceCountsOnce() {
        cache.addAll(Map.of(digest(1), node(1, 3)));
        cache.addAll(Map.of(digest(1), node(1, 3)));
        assertThat(cache.bytes()).isEqualTo(TreeNodeCache.bytes(node(1, 3)));
    }

    @Test
    void whatAGuestChoseTheLengthOfCounts() {
        GuestName huge = GuestName.of(new byte[60_000]);
        TreeEntry small =
                new TreeEntry(GuestName.parse("a"), 0644, 0, 0, new TreeMap<>(), new Child.Link(GuestName.parse("b")));
        TreeEntry attributed = new TreeEntry(
                small.name(), 0644, 0, 0, new TreeMap<>(Map.of(GuestName.parse("user.x"), huge)), small.child());
        TreeEntry far = new TreeEntry(small.name(), 0644, 0, 0, new TreeMap<>(), new Child.Link(huge));
        assertThat(bytes(attributed)).isGreaterThan(bytes(small) + 60_000);
        assertThat(bytes(far)).isGreaterThan(bytes(small) + 59_000);
        cache.addAll(Map.of(digest(1), new Chunk(digest(1), new TreeNode.Content.Entries(List.of(attributed)))));
        assertThat(cache.bytes()).isZero();
    }

    private static long bytes(TreeEntry entry) {
        return TreeNodeCache.bytes(new Chunk(digest(1), new TreeNode.Content.Entries(List.of(entry))));
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
