package dev.stemma.graph.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeBuilderTest {

    private static final Times TIMES = Times.modifiedAt(Instant.EPOCH);

    @Test
    void theEmptyDirectoryHasTheIdThatTheFormatPageShows() {
        HeapSource source = new HeapSource();
        Digest id = flat(source, new TreeSet<>(), "");
        // printf 'stemma-directory/1\0E\0\0\0\0\0\0\0\0' | sha256sum
        assertThat(id.hex()).isEqualTo("cb197abcd05562fb2b297ab6d3a027a88997c5739d2fbc7414840f1fa3da24e7");
    }

    @Test
    void oneFileGivesTheIdThatTheFormatPageShows() {
        HeapSource source = new HeapSource();
        Digest id = flat(source, new TreeSet<>(List.of("a")), "");
        assertThat(id.hex()).isEqualTo("b3c3ac1d1b791f0c3c4b20c53a58f675c1f5758b1a56cc6155a804193c3e058a");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theIdDependsOnTheEntriesAndNotOnWhatHappenedBefore(long seed) {
        Random random = new Random(seed);
        TreeSet<String> grown = names(random, 3_000);
        // The same set by a detour: more names, some removed again.
        TreeSet<String> detour = new TreeSet<>(grown);
        TreeSet<String> extra = names(random, 500);
        detour.addAll(extra);
        extra.removeAll(grown);
        detour.removeAll(extra);

        assertThat(flat(new HeapSource(), detour, "")).isEqualTo(flat(new HeapSource(), grown, ""));
        assertThat(flat(new HeapSource(), grown, grown.first())).isNotEqualTo(flat(new HeapSource(), grown, ""));
    }

    @Test
    void timesAndInodesAreNotPartOfTheId() {
        Entry root = directory(GuestPath.ROOT);
        GuestPath path = GuestPath.parse("/a");
        Payload payload = new Payload.File(0, Optional.of(Digest.EMPTY));
        Entry early = new Entry(path, Attributes.of(0644, 0, 0, TIMES, 7, 1), payload);
        Entry late =
                new Entry(path, Attributes.of(0644, 0, 0, Times.modifiedAt(Instant.ofEpochSecond(99)), 8, 1), payload);
        Entry readable = new Entry(path, Attributes.of(0640, 0, 0, TIMES, 7, 1), payload);

        assertThat(build(root, late)).isEqualTo(build(root, early)).isNotEqualTo(build(root, readable));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void oneChangeInADirectoryOfTwentyThousandRewritesAHandfulOfNodes(long seed) {
        Random random = new Random(seed);
        TreeSet<String> names = names(random, 20_000);
        List<String> list = new ArrayList<>(names);
        HeapSource source = new HeapSource();
        flat(source, names, "");
        int whole = source.added;
        assertThat(whole).isBetween(20_000 / 32, 20_000 / 8);

        for (int i = 0; i < 20; i++) {
            String name = list.get(random.nextInt(list.size()));
            source.added = 0;
            flat(source, names, name);
            assertThat(source.added)
                    .as("changed content of %s, seed %d", name, seed)
                    .isBetween(1, 5);

            source.added = 0;
            names.remove(name);
            flat(source, names, "");
            assertThat(source.added).as("removed %s, seed %d", name, seed).isBetween(1, 16);

            source.added = 0;
            String other = name + "x";
            names.add(other);
            flat(source, names, "");
            assertThat(source.added).as("added %s, seed %d", other, seed).isBetween(1, 16);
            names.remove(other);
            names.add(name);
        }
    }

    @Test
    void namesChosenToMakeBoundariesEverywhereOrNowhereStayBounded() {
        for (boolean everywhere : new boolean[] {true, false}) {
            TreeSet<String> names = new TreeSet<>();
            Random random = new Random(11);
            while (names.size() < 5_000) {
                String name = "n" + random.nextInt(Integer.MAX_VALUE);
                if (boundary(name) == everywhere) {
                    names.add(name);
                }
            }
            HeapSource source = new HeapSource();
            flat(source, names, "");
            assertThat(source.nodes.values()).allSatisfy(node -> {
                int size =
                        switch (node.content()) {
                            case TreeNode.Content.Entries held -> held.entries().size();
                            case TreeNode.Content.Chunks held -> held.ids().size();
                        };
                assertThat(size).isBetween(1, Splitter.MAX);
            });
            assertThat(source.nodes.size()).isBetween(5_000 / Splitter.MAX, 5_000 / Splitter.MIN * 2);
        }
    }

    @Test
    void entriesOutOfOrderAreRefused() {
        Entry root = directory(GuestPath.ROOT);
        Entry a = directory(GuestPath.parse("/a"));
        Entry b = directory(GuestPath.parse("/b"));
        Entry deep = directory(GuestPath.parse("/c/d"));

        assertThatThrownBy(() -> build(a)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> build(root, root)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> build(root, b, a)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> build(root, a, a)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> build(root, deep)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> build()).isInstanceOf(IllegalStateException.class);
    }

    private static boolean boundary(String name) {
        return Splitter.ends(Splitter.MIN, Splitter.hash(GuestName.ofText(name)), 0);
    }

    private static TreeSet<String> names(Random random, int count) {
        TreeSet<String> names = new TreeSet<>();
        while (names.size() < count) {
            names.add("lib" + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36) + ".list");
        }
        return names;
    }

    /** One directory of files whose content is their name; {@code changed} has other content. */
    private static Digest flat(HeapSource sink, NavigableSet<String> names, String changed) {
        TreeBuilder builder = new TreeBuilder(sink);
        builder.add(directory(GuestPath.ROOT));
        for (String name : names) {
            String content = name.equals(changed) ? "changed" : name;
            builder.add(new Entry(
                    GuestPath.ROOT.child(GuestName.ofText(name)),
                    Attributes.of(0644, 0, 0, TIMES, 1, 1),
                    new Payload.File(
                            content.length(),
                            Optional.of(Digest.sha256(content.getBytes(java.nio.charset.StandardCharsets.UTF_8))))));
        }
        return builder.finish();
    }

    private static Digest build(Entry... entries) {
        TreeBuilder builder = new TreeBuilder(node -> {});
        for (Entry entry : entries) {
            builder.add(entry);
        }
        return builder.finish();
    }

    private static Entry directory(GuestPath path) {
        return new Entry(path, Attributes.of(0755, 0, 0, TIMES, 1, 2), new Payload.Directory());
    }
}
