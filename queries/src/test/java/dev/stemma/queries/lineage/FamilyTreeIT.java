package dev.stemma.queries.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Basis;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.Library;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class FamilyTreeIT {

    private final Graph graph;
    private final FamilyTree tree;

    FamilyTreeIT(Graph graph) {
        this.graph = graph;
        this.tree = new FamilyTree(graph);
    }

    private static Map<String, Integer> distances(String from, Map<String, List<String>> edges) {
        Map<String, Integer> distances = new TreeMap<>(Map.of(from, 0));
        Deque<String> waiting = new ArrayDeque<>(List.of(from));
        while (!waiting.isEmpty()) {
            String at = waiting.remove();
            for (String next : edges.getOrDefault(at, List.of())) {
                if (distances.putIfAbsent(next, distances.getOrDefault(at, 0) + 1) == null) {
                    waiting.add(next);
                }
            }
        }
        return distances;
    }

    @Test
    void familiesAreThoseOfABreadthFirstWalk() {
        Random random = RandomGuests.seeded();
        Library library = new Library(graph);
        Map<String, List<String>> parents = new HashMap<>();
        Map<String, List<String>> children = new HashMap<>();
        int count = 60;
        for (int i = 0; i < count; i++) {
            library.register("i%02d".formatted(i));
            for (int k = random.nextInt(3); k > 0 && i > 0; k--) {
                String child = "i%02d".formatted(i);
                String parent = "i%02d".formatted(random.nextInt(i));
                if (!parents.getOrDefault(child, List.of()).contains(parent)) {
                    library.derive(child, parent, "copy", Basis.values()[random.nextInt(3)], Optional.empty());
                    know(parents, children, child, parent);
                }
            }
        }
        for (int i = 0; i < count; i += 7) {
            String name = "i%02d".formatted(i);
            FamilyView view = tree.tree(Library.imageId(name), FamilyLimits.DEFAULT);
            Map<String, Integer> up = new TreeMap<>();
            Map<String, Integer> down = new TreeMap<>();
            view.relatives().forEach(relative -> (relative.distance() < 0 ? up : down)
                    .put(relative.name(), Math.abs(relative.distance())));
            Map<String, Integer> expectedUp = distances(name, parents);
            expectedUp.remove(name);
            assertThat(up).isEqualTo(expectedUp);
            assertThat(down).isEqualTo(distances(name, children));
            assertThat(view.complete()).isTrue();
            assertThat(view.cyclic()).isFalse();

            String other = "i%02d".formatted(random.nextInt(count));
            Map<String, Integer> mine = distances(name, parents);
            Map<String, Integer> theirs = distances(other, parents);
            Optional<Integer> least = mine.keySet().stream()
                    .filter(theirs::containsKey)
                    .map(each -> mine.getOrDefault(each, 0) + theirs.getOrDefault(each, 0))
                    .min(Integer::compare);
            Optional<Relative> common = tree.commonAncestor(Library.imageId(name), Library.imageId(other));
            assertThat(common.map(relative ->
                            mine.getOrDefault(relative.name(), -99) + theirs.getOrDefault(relative.name(), -99)))
                    .isEqualTo(least);
        }
    }

    @Test
    void aCircleEndsAndIsSaid() {
        Library library = new Library(graph);
        for (String name : List.of("a", "b", "c")) {
            library.register(name);
        }
        library.derive("a", "b", "copy", Basis.INFERRED, Optional.of(0.4));
        library.derive("b", "c", "copy", Basis.INFERRED, Optional.of(0.4));
        library.derive("c", "a", "copy", Basis.INFERRED, Optional.of(0.4));

        FamilyView view = tree.tree(Library.imageId("a"), FamilyLimits.DEFAULT);

        assertThat(view.cyclic()).isTrue();
        assertThat(view.relatives()).hasSize(3);
        assertThat(view.derivations()).hasSize(3);
    }

    @Test
    void boundsAreKeptAndSaid() {
        Library library = new Library(graph);
        library.register("i00");
        for (int i = 1; i < 30; i++) {
            library.register("i%02d".formatted(i));
            library.derive("i%02d".formatted(i), "i%02d".formatted(i - 1), "copy", Basis.OBSERVED, Optional.empty());
        }
        FamilyView shallow = tree.tree(Library.imageId("i15"), new FamilyLimits(3, 1_000));
        assertThat(shallow.relatives()).hasSize(7);
        assertThat(shallow.complete()).isFalse();
        FamilyView few = tree.tree(Library.imageId("i15"), new FamilyLimits(100, 5));
        assertThat(few.relatives()).hasSize(11);
        assertThat(few.complete()).isFalse();
        assertThat(tree.tree(Library.imageId("i15"), FamilyLimits.DEFAULT).complete())
                .isTrue();
        assertThatThrownBy(() -> tree.tree("nobody", FamilyLimits.DEFAULT)).isInstanceOf(QueryProblem.class);
    }

    /** Long lines, with knots, sprays and a circle. */
    @Test
    void linesWithKnotsAreThoseOfABreadthFirstWalk() {
        Random random = RandomGuests.seeded();
        Library library = new Library(graph);
        Map<String, List<String>> parents = new HashMap<>();
        Map<String, List<String>> children = new HashMap<>();
        int count = 60;
        for (int i = 0; i < count; i++) {
            library.register("i%02d".formatted(i));
            for (int back = 1; back <= Math.min(i, 3); back++) {
                if (back == 1 || random.nextInt(5) == 0) {
                    derive(library, parents, children, "i%02d".formatted(i), "i%02d".formatted(i - back));
                }
            }
        }
        for (int k = 0; k < 6; k++) {
            library.register("spray" + k);
            derive(library, parents, children, "spray" + k, "i23");
        }
        derive(library, parents, children, "i05", "i50");
        for (int depth : new int[] {1, 3, 4, 18, 19, 20, 35, 100}) {
            for (String name : List.of("i00", "i04", "i30", "i59", "spray3")) {
                FamilyView view = tree.tree(Library.imageId(name), new FamilyLimits(depth, 1_000));
                Map<String, Integer> up = within(depth, distances(name, parents));
                Map<String, Integer> down = within(depth, distances(name, children));
                Map<String, Integer> all = new TreeMap<>(down);
                up.forEach((id, distance) -> all.put(id, -distance));
                Map<String, Integer> told = new TreeMap<>();
                view.relatives().forEach(relative -> told.put(relative.name(), relative.distance()));
                assertThat(told).as("%s, %d steps", name, depth).isEqualTo(all);
                assertThat(view.complete())
                        .as("%s, %d steps", name, depth)
                        .isEqualTo(up.size() == distances(name, parents).size()
                                && down.size() == distances(name, children).size());
            }
        }
    }

    /** From end to end of this there are three to the power of 39 ways. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void waysBeyondCountingAreNotCounted() {
        graph.write(new Statement("""
                UNWIND range(0, 39) AS level
                UNWIND range(0, 2) AS n
                CREATE (:Image {id: 'rung-' + level + '-' + n, name: 'rung-' + level + '-' + n, location: '/rung-' + level + '-' + n, registeredAt: datetime()})
                WITH count(*) AS all
                UNWIND range(1, 39) AS level
                UNWIND range(0, 2) AS n
                UNWIND range(0, 2) AS above
                MATCH (child:Image {id: 'rung-' + level + '-' + n}), (parent:Image {id: 'rung-' + (level - 1) + '-' + above})
                CREATE (child)-[:DERIVED_FROM {kind: 'copy', basis: 'RECORDED', since: datetime()}]->(parent)
                """, Map.of()));
        FamilyView up = tree.tree("rung-39-0", FamilyLimits.DEFAULT);
        assertThat(up.ancestors()).hasSize(39 * 3);
        assertThat(up.derivations()).hasSize(38 * 9 + 3);
        FamilyView down = tree.tree("rung-0-0", FamilyLimits.DEFAULT);
        assertThat(down.descendants()).hasSize(39 * 3);
    }

    private static Map<String, Integer> within(int depth, Map<String, Integer> distances) {
        Map<String, Integer> near = new TreeMap<>(distances);
        near.values().removeIf(distance -> distance > depth);
        return near;
    }

    private static void derive(
            Library library,
            Map<String, List<String>> parents,
            Map<String, List<String>> children,
            String child,
            String parent) {
        library.derive(child, parent, "copy", Basis.RECORDED, Optional.empty());
        know(parents, children, child, parent);
    }

    private static void know(
            Map<String, List<String>> parents, Map<String, List<String>> children, String child, String parent) {
        parents.computeIfAbsent(child, _ -> new ArrayList<>()).add(parent);
        children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(child);
    }

    @Test
    void ofManyTheNearestAreTold() {
        Library library = new Library(graph);
        library.register("root");
        List<String> children = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            library.register("child" + i);
            library.derive("child" + i, "root", "copy", Basis.RECORDED, Optional.empty());
            library.register("grandchild" + i);
            library.derive("grandchild" + i, "child" + i, "copy", Basis.RECORDED, Optional.empty());
            children.add(Library.imageId("child" + i));
        }
        FamilyView few = tree.tree(Library.imageId("root"), new FamilyLimits(100, 5));
        assertThat(few.descendants().stream().map(Relative::imageId))
                .containsExactlyInAnyOrderElementsOf(
                        children.stream().sorted().limit(5).toList());
        assertThat(few.complete()).isFalse();
        assertThat(tree.tree(Library.imageId("root"), FamilyLimits.DEFAULT).derivations().stream()
                        .limit(12)
                        .map(Derivation::childId))
                .as("children as they are listed, by name")
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 12)
                        .mapToObj(i -> "child" + i)
                        .sorted()
                        .map(Library::imageId)
                        .toList());
        FamilyView more = tree.tree(Library.imageId("root"), new FamilyLimits(100, 14));
        assertThat(more.descendants().stream().filter(relative -> relative.distance() == 1))
                .hasSize(12);
        assertThat(more.descendants()).hasSize(14);
    }

    @Test
    void whoDidItIsToldWhereItWasRecorded() {
        Library library = new Library(graph);
        library.register("golden");
        library.register("web");
        library.record("web", "golden", "copy", "ada");

        Derivation derivation = tree.tree(Library.imageId("web"), FamilyLimits.DEFAULT)
                .derivations()
                .getFirst();

        assertThat(derivation.basis()).isEqualTo(Basis.RECORDED);
        assertThat(derivation.agent()).contains("ada");
        assertThat(derivation.since()).isPresent();
        assertThat(tree.commonAncestor(Library.imageId("web"), Library.imageId("golden"))
                        .map(Relative::name))
                .contains("golden");
    }

    @Test
    void aFormerParentIsOneAsOfThenAlone() {
        graph.write(new Statement("""
                UNWIND ['old', 'new', 'child'] AS name
                CREATE (:Image {id: name, name: name, location: '/' + name, registeredAt: datetime('2026-01-01')})
                WITH count(*) AS all
                MATCH (old:Image {id: 'old'}), (new:Image {id: 'new'}), (child:Image {id: 'child'})
                CREATE (child)-[:HAD_PARENT {kind: 'backing-file', basis: 'OBSERVED', since: datetime('2026-02-01'), until: datetime('2026-03-01')}]->(old)
                CREATE (child)-[:DERIVED_FROM {kind: 'backing-file', basis: 'OBSERVED', since: datetime('2026-03-01')}]->(new)
                """, Map.of()));
        assertThat(parents("2026-01-15")).isEmpty();
        assertThat(parents("2026-02-15")).containsExactly("old");
        assertThat(parents("2026-03-15")).containsExactly("new");
        assertThat(tree.tree("old", FamilyLimits.DEFAULT).descendants()).isEmpty();
        assertThat(tree.tree("old", FamilyLimits.DEFAULT, Optional.of(AsOf.parse("2026-02-15")))
                        .descendants())
                .extracting(Relative::name)
                .containsExactly("child");
    }

    private List<String> parents(String at) {
        return tree.tree("child", FamilyLimits.DEFAULT, Optional.of(AsOf.parse(at))).ancestors().stream()
                .map(Relative::name)
                .toList();
    }

    /** Whoever looks for the activity between a parent and each of its children from the parent's side needs minutes for this. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void anImageThatWasUsedTenThousandTimesIsNoTrouble() {
        graph.write(new Statement("""
                CREATE (golden:Image {id: 'golden', name: 'golden', location: '/golden', registeredAt: datetime('2026-01-01')})
                WITH golden
                UNWIND range(1, 9999) AS n
                CREATE (use:Image {id: 'use-' + n, name: 'use-' + n, location: '/use-' + n, registeredAt: datetime('2026-01-02')})
                CREATE (use)-[:DERIVED_FROM {kind: 'copy', basis: 'RECORDED', since: datetime('2026-01-02')}]->(golden)
                CREATE (use)-[:GENERATED_BY]->(:Activity {id: 'act-' + n, kind: 'copy', endedAt: datetime('2026-01-02')})-[:USED]->(golden)
                """, Map.of()));
        for (Optional<AsOf> at : List.of(Optional.<AsOf>empty(), Optional.of(AsOf.parse("2026-02-01")))) {
            FamilyView view = tree.tree("golden", FamilyLimits.DEFAULT, at);
            assertThat(view.relatives()).hasSize(10_000);
            assertThat(view.derivations()).hasSize(9_999).allMatch(derivation -> derivation
                    .activity()
                    .equals(Optional.of(derivation.childId().replace("use", "act"))));
        }
        HistoryView history = new History(graph).of("golden", Optional.empty(), PageRequest.first(10));
        assertThat(history.total()).isEqualTo(9_999);
    }
}
