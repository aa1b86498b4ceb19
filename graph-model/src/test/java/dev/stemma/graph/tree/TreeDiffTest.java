package dev.stemma.graph.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeDiffTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void theMerkleDiffEqualsAPlainComparisonOfAllEntries(long seed) {
        RandomTree before = new RandomTree(seed).grow(3_000);
        RandomTree after = new RandomTree(before, seed + 1).mutate((int) (seed % 60) + 1);
        HeapSource source = new HeapSource();
        Digest left = before.build(source);
        Digest right = after.build(source);

        Map<GuestPath, Difference> found = differences(source, Optional.of(left), Optional.of(right));

        assertThat(found).as("seed %d", seed).isEqualTo(plainly(before, after));
        assertThat(left.equals(right)).isEqualTo(found.isEmpty());
    }

    @Test
    void aTreeAgainstNothingIsAllAddedOrAllRemoved() {
        RandomTree tree = new RandomTree(4711).grow(2_000);
        HeapSource source = new HeapSource();
        Digest root = tree.build(source);
        RandomTree nothing = new RandomTree(0);

        assertThat(differences(source, Optional.empty(), Optional.of(root))).isEqualTo(plainly(nothing, tree));
        assertThat(differences(source, Optional.of(root), Optional.empty())).isEqualTo(plainly(tree, nothing));
        assertThat(differences(source, Optional.of(root), Optional.of(root))).isEmpty();
    }

    @Test
    void equalSubtreesAreNeverFetched() {
        RandomTree before = new RandomTree(6).grow(20_000);
        RandomTree after = new RandomTree(before, 7).mutate(1);
        HeapSource source = new HeapSource();
        Digest left = before.build(source);
        Digest right = after.build(source);

        differences(source, Optional.of(left), Optional.of(right));

        assertThat(source.nodes.size()).isGreaterThan(1_000);
        assertThat(source.fetched).isLessThan(60);
        assertThat(source.fetches).isLessThan(30);
    }

    @Test
    void aMissingNodeIsAnErrorAndNotAnEmptyDirectory() {
        RandomTree before = new RandomTree(1).grow(500);
        RandomTree after = new RandomTree(before, 2).mutate(40);
        HeapSource source = new HeapSource();
        Digest left = before.build(source);
        Digest right = after.build(source);
        source.nodes.remove(right);

        assertThatThrownBy(() -> differences(source, Optional.of(left), Optional.of(right)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(right.hex());
    }

    private static Map<GuestPath, Difference> differences(
            TreeSource source, Optional<Digest> before, Optional<Digest> after) {
        Map<GuestPath, Difference> found = new HashMap<>();
        TreeDiff.between(source, before, after, difference -> {
            // Directories' digests are the trees' own business; what they hold is reported entry by entry.
            Difference plain = new Difference(
                    difference.path(),
                    difference.before().map(TreeDiffTest::withoutDigest),
                    difference.after().map(TreeDiffTest::withoutDigest));
            assertThat(found.put(difference.path(), plain)).as("reported twice").isNull();
        });
        return found;
    }

    private static Map<GuestPath, Difference> plainly(RandomTree before, RandomTree after) {
        Map<GuestPath, Difference> found = new TreeMap<>();
        java.util.Set<GuestPath> paths = new java.util.TreeSet<>(before.entries.keySet());
        paths.addAll(after.entries.keySet());
        paths.remove(GuestPath.ROOT);
        for (GuestPath path : paths) {
            Optional<TreeEntry> left =
                    Optional.ofNullable(before.entries.get(path)).map(TreeDiffTest::plain);
            Optional<TreeEntry> right =
                    Optional.ofNullable(after.entries.get(path)).map(TreeDiffTest::plain);
            if (!left.equals(right)) {
                found.put(path, new Difference(path, left, right));
            }
        }
        return new HashMap<>(found);
    }

    private static TreeEntry plain(Entry entry) {
        return entry.payload() instanceof Payload.Directory
                ? TreeEntry.of(entry.path().name(), entry.attributes(), new Child.Directory(Digest.EMPTY))
                : TreeEntry.of(entry);
    }

    private static TreeEntry withoutDigest(TreeEntry entry) {
        return entry.child() instanceof Child.Directory
                ? new TreeEntry(
                        entry.name(),
                        entry.mode(),
                        entry.uid(),
                        entry.gid(),
                        entry.xattrs(),
                        new Child.Directory(Digest.EMPTY))
                : entry;
    }
}
