package dev.stemma.queries.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Basis;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Chronicle;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Ledger;
import dev.stemma.queries.Library;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.lineage.LineageQuestions.Direction;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class LineageQuestionsIT {

    private static final PageRequest ALL = PageRequest.first(1_000);
    private static final Thing NGINX = new Thing.PackageNamed("nginx");

    private final Graph graph;
    private final LineageQuestions questions;

    LineageQuestionsIT(Graph graph) {
        this.graph = graph;
        this.questions = new LineageQuestions(graph);
    }

    private static List<String> names(Page<Relative> page) {
        return page.items().stream().map(Relative::name).toList();
    }

    private static Digest digest(String content) {
        return Digest.sha256(content.getBytes(StandardCharsets.UTF_8));
    }

    /** root → a → b → c, a → d, and apart from them e; nginx comes with a and goes with d, and comes again with c after b lost it. */
    private Library family() {
        Library library = new Library(graph);
        Guest root = new Guest().file("/etc/motd", "hello").install("dpkg", "1");
        Guest a = root.copy().file("/etc/nginx.conf", "worker").install("nginx", "1");
        library.index("root", root);
        library.index("a", a);
        library.index("b", a.copy().uninstall("nginx"));
        library.index("c", a.copy().file("/srv/c", "c").install("nginx", "2"));
        library.index("d", root.copy().file("/srv/d", "d"));
        library.index("e", root.copy().file("/srv/e", "e"));
        for (String[] pair : new String[][] {{"a", "root"}, {"b", "a"}, {"c", "b"}, {"d", "a"}}) {
            library.derive(pair[0], pair[1], "copy", Basis.RECORDED, Optional.empty());
        }
        return library;
    }

    @Test
    void ancestorsAndDescendantsAndWhichOfThemHaveSomething() {
        family();
        assertThat(names(questions.kin(
                        Library.imageId("c"), Direction.ANCESTORS, Optional.empty(), FamilyLimits.DEFAULT, ALL)))
                .containsExactly("b", "a", "root");
        assertThat(names(questions.kin(
                        Library.imageId("a"), Direction.DESCENDANTS, Optional.of(NGINX), FamilyLimits.DEFAULT, ALL)))
                .containsExactly("c");
        assertThat(names(questions.kin(
                        Library.imageId("root"),
                        Direction.DESCENDANTS,
                        Optional.of(new Thing.FileContent(digest("worker"))),
                        FamilyLimits.DEFAULT,
                        ALL)))
                .containsExactlyInAnyOrder("a", "b", "c");
        assertThat(names(questions.kin(
                        Library.imageId("root"),
                        Direction.DESCENDANTS,
                        Optional.empty(),
                        new FamilyLimits(1, 10),
                        ALL)))
                .containsExactly("a");
    }

    @Test
    void originsAreWhereSomethingCameIn() {
        Library library = family();
        assertThat(names(questions.origins(Library.imageId("a"), NGINX, FamilyLimits.DEFAULT, ALL)))
                .containsExactly("a");
        assertThat(names(questions.origins(Library.imageId("c"), NGINX, FamilyLimits.DEFAULT, ALL)))
                .containsExactlyInAnyOrder("a", "c");
        assertThat(names(questions.origins(
                        Library.imageId("d"), new Thing.FileContent(digest("hello")), FamilyLimits.DEFAULT, ALL)))
                .containsExactly("root");
        assertThat(questions
                        .origins(Library.imageId("root"), NGINX, FamilyLimits.DEFAULT, ALL)
                        .items())
                .isEmpty();
        // One that was never indexed says nothing of what it had.
        library.register("gap");
        library.derive("gap", "a", "copy", Basis.RECORDED, Optional.empty());
        library.index("f", new Guest().install("nginx", "1"));
        library.derive("f", "gap", "copy", Basis.RECORDED, Optional.empty());
        assertThat(names(questions.origins(Library.imageId("f"), NGINX, FamilyLimits.DEFAULT, ALL)))
                .containsExactly("a");
    }

    @Test
    void pathsGoByWayOfTheNearestCommonAncestor() {
        family();
        LineagePath path =
                questions.path(Library.imageId("c"), Library.imageId("d")).orElseThrow();
        assertThat(path.images()).extracting(Relative::name).containsExactly("c", "b", "a", "d");
        assertThat(path.top()).isEqualTo(2);
        assertThat(path.derivations()).hasSize(3);
        assertThat(path.derivations().getLast().childId()).isEqualTo(Library.imageId("d"));
        assertThat(questions
                        .path(Library.imageId("root"), Library.imageId("b"))
                        .orElseThrow()
                        .images())
                .extracting(Relative::name)
                .containsExactly("root", "a", "b");
        LineagePath self =
                questions.path(Library.imageId("a"), Library.imageId("a")).orElseThrow();
        assertThat(self.images()).hasSize(1);
        assertThat(self.derivations()).isEmpty();
        assertThat(questions.path(Library.imageId("a"), Library.imageId("e"))).isEmpty();
        assertThatThrownBy(() -> questions.path("img-none", Library.imageId("a")))
                .isInstanceOf(QueryProblem.class);
    }

    @Test
    void pathsOfRandomFamiliesAreAsShortAsCanBe() {
        Random random = RandomGuests.seeded();
        Library library = new Library(graph);
        Map<Integer, List<Integer>> parents = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            library.register("i" + i);
            Set<Integer> chosen = new HashSet<>();
            for (int k = random.nextInt(3); k > 0 && i > 0; k--) {
                chosen.add(random.nextInt(i));
            }
            int child = i;
            chosen.forEach(
                    parent -> library.derive("i" + child, "i" + parent, "copy", Basis.RECORDED, Optional.empty()));
            parents.put(i, List.copyOf(chosen));
        }
        for (int trial = 0; trial < 60; trial++) {
            int a = random.nextInt(40);
            int b = random.nextInt(40);
            Map<Integer, Integer> up = lengths(a, parents);
            Map<Integer, Integer> other = lengths(b, parents);
            Optional<Integer> shortest = up.keySet().stream()
                    .filter(other::containsKey)
                    .map(top -> up.getOrDefault(top, 0) + other.getOrDefault(top, 0))
                    .min(Integer::compare);
            Optional<LineagePath> path = questions.path(Library.imageId("i" + a), Library.imageId("i" + b));
            assertThat(path.map(found -> found.derivations().size())).isEqualTo(shortest);
            path.ifPresent(found -> {
                assertThat(found.images()).hasSize(found.derivations().size() + 1);
                for (int i = 0; i < found.derivations().size(); i++) {
                    Set<String> ends = Set.of(
                            found.derivations().get(i).childId(),
                            found.derivations().get(i).parentId());
                    assertThat(ends)
                            .containsExactlyInAnyOrder(
                                    found.images().get(i).imageId(),
                                    found.images().get(i + 1).imageId());
                }
            });
        }
    }

    private static Map<Integer, Integer> lengths(int from, Map<Integer, List<Integer>> parents) {
        Map<Integer, Integer> lengths = new HashMap<>(Map.of(from, 0));
        List<Integer> border = List.of(from);
        for (int length = 1; !border.isEmpty(); length++) {
            List<Integer> next = new ArrayList<>();
            for (int at : border) {
                for (int parent : parents.getOrDefault(at, List.of())) {
                    if (lengths.putIfAbsent(parent, length) == null) {
                        next.add(parent);
                    }
                }
            }
            border = next;
        }
        return lengths;
    }

    @Test
    void pagesTogetherAreTheWhole() {
        Library library = new Library(graph);
        library.register("top");
        for (int i = 0; i < 23; i++) {
            library.register("leaf" + i);
            library.derive("leaf" + i, i < 12 ? "top" : "leaf" + (i - 12), "copy", Basis.RECORDED, Optional.empty());
        }
        List<String> whole = names(questions.kin(
                Library.imageId("top"), Direction.DESCENDANTS, Optional.empty(), FamilyLimits.DEFAULT, ALL));
        assertThat(whole).hasSize(23);
        List<String> pages = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Relative> page = questions.kin(
                    Library.imageId("top"),
                    Direction.DESCENDANTS,
                    Optional.empty(),
                    FamilyLimits.DEFAULT,
                    PageRequest.of(5, cursor));
            assertThat(page.total()).isEqualTo(23);
            pages.addAll(names(page));
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(pages).isEqualTo(whole);
    }

    @Test
    void outdatedAreThoseThatALedgerWarnsOf() {
        Chronicle chronicle = new Chronicle(graph, RandomGuests.seeded()).happen(150);
        Ledger ledger = chronicle.replayed(Instant.parse("2100-01-01T00:00:00Z"));
        Set<String> expected = new TreeSet<>(ledger.ids());
        expected.removeIf(
                id -> ledger.warnings(id).isEmpty() || ledger.state(id).equals("DELETED"));
        assertThat(expected).isNotEmpty();
        List<String> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Relative> page = questions.outdated(PageRequest.of(3, cursor));
            page.items().forEach(each -> {
                found.add(each.imageId());
                assertThat(each.warnings().stream().map(Warning::sentence))
                        .containsExactlyInAnyOrderElementsOf(ledger.warnings(each.imageId()));
            });
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(found).containsExactlyElementsOf(expected);
    }
}
