package dev.stemma.queries.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Basis;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class InventoryViewIT {

    private final Graph graph;
    private final InventoryView view;
    private Library library;
    private final Guest guest = new Guest()
            .os("debian", "12", "Debian GNU/Linux 12 (bookworm)")
            .dir("/etc")
            .dir("/var")
            .file("/usr/bin/bash", "bash")
            .link("/bin", "usr/bin")
            .link("/usr/bin/sh", "bash")
            .link("/escape", "../../../../etc/passwd")
            .file("/etc/passwd", "root:x:0:0")
            .link("/a", "b")
            .link("/b", "a")
            .device("/dev/sda", true, 8, 0)
            .pipe("/run/pipe")
            .unread("/var/secret", 7)
            .file(2, "/vmlinuz", "kernel", 0600, 0)
            .install("bash", "5.2.15-2+b2", "/usr/bin/bash")
            .installAs("old-thing", "1", "amd64", "config-files")
            .install("passwd", "1:4.13", "/etc/passwd")
            .observe("inode-not-read", Observation.Severity.PARTIAL);

    InventoryViewIT(Graph graph) {
        this.graph = graph;
        this.view = new InventoryView(graph);
        this.library = new Library(graph);
    }

    @BeforeEach
    void indexes() {
        library = new Library(graph);
        library.register("base");
        library.index("web", guest);
        library.index("thin", guest, Level.BASIC);
        library.derive("web", "base", "backing-file", Basis.OBSERVED, Optional.empty());
    }

    private static String web() {
        return Library.imageId("web");
    }

    private PathFacts stat(String path) {
        return view.stat(web(), Optional.empty(), GuestPath.parse(path));
    }

    @Test
    void showTellsAllInBrief() {
        ImageView shown = view.show(web());

        assertThat(shown.image().name()).isEqualTo("web");
        assertThat(shown.image().repository())
                .map(ImageFacts.RepositoryFacts::name)
                .contains("lab");
        assertThat(shown.inventory().orElseThrow().level()).isEqualTo(Level.FULL);
        assertThat(shown.operatingSystems()).containsExactly(guest.system());
        assertThat(shown.volumes()).hasSize(1);
        assertThat(shown.volumes().getFirst().parts()).hasSize(2);
        assertThat(shown.volumes()
                        .getFirst()
                        .parts()
                        .getFirst()
                        .held()
                        .orElseThrow()
                        .chosen())
                .isTrue();
        assertThat(shown.volumes()
                        .getFirst()
                        .parts()
                        .getLast()
                        .held()
                        .orElseThrow()
                        .chosen())
                .isFalse();
        assertThat(shown.observations()).extracting(Observation::code).containsExactly("inode-not-read");
        assertThat(shown.parents()).extracting(ImageView.Kin::name).containsExactly("base");
        assertThat(view.show(Library.imageId("base")).children())
                .extracting(ImageView.Kin::name)
                .containsExactly("web");
        assertThat(view.show(Library.imageId("base")).inventory()).isEmpty();
    }

    @Test
    void linksAreFollowedInsideTheGuestAndNoFurther() {
        assertThat(stat("/bin/bash").resolved()).isEqualTo("/usr/bin/bash");
        assertThat(stat("/bin/bash").entry().digest()).isPresent();
        assertThat(stat("/bin/bash").owners()).extracting(PathFacts.Owner::name).containsExactly("bash");
        assertThat(stat("/etc/passwd").owners())
                .extracting(PathFacts.Owner::configuration)
                .containsExactly(true);
        assertThat(stat("/bin/sh").entry().kind()).isEqualTo("link");
        assertThat(view.ls(web(), Optional.empty(), GuestPath.parse("/bin/sh"), PageRequest.first(5))
                        .resolved())
                .isEqualTo("/usr/bin/bash");
        assertThat(view.ls(web(), Optional.empty(), GuestPath.parse("/escape"), PageRequest.first(5))
                        .resolved())
                .isEqualTo("/etc/passwd");
    }

    @Test
    void aCircleOfLinksEnds() {
        assertThatThrownBy(() -> view.ls(web(), Optional.empty(), GuestPath.parse("/a/x"), PageRequest.first(5)))
                .isInstanceOfSatisfying(QueryProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo(QueryProblem.Code.NOT_FOUND));
    }

    @Test
    void everyKindOfEntryIsTold() {
        assertThat(stat("/dev/sda").entry().kind()).isEqualTo("block");
        assertThat(stat("/dev/sda").entry().device()).contains("8:0");
        assertThat(stat("/run/pipe").entry().kind()).isEqualTo("fifo");
        assertThat(stat("/var/secret").entry().kind()).isEqualTo("file");
        assertThat(stat("/var/secret").entry().digest()).isEmpty();
        assertThat(stat("/var/secret").entry().sizeBytes()).contains(7L);
        assertThat(stat("/").entry().kind()).isEqualTo("dir");
    }

    @Test
    void theOtherFileSystemIsReachedByItsSelector() {
        assertThat(stat("/usr/bin/bash").fileSystem()).isEqualTo("0:1");
        assertThat(stat("/usr/bin/bash").notes()).hasSize(1);
        assertThat(view.stat(web(), Optional.of("0:2"), GuestPath.parse("/vmlinuz"))
                        .entry()
                        .mode())
                .isEqualTo(0600);
        assertThatThrownBy(() -> view.stat(web(), Optional.of("7:7"), GuestPath.ROOT))
                .isInstanceOf(QueryProblem.class);
    }

    @Test
    void largeDirectoriesArePagedInOrderAndWhole() {
        Guest large = guest.copy();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            names.add("f%04d".formatted(i));
            large.file("/var/lib/big/f%04d".formatted(i), "x" + i);
        }
        library.index("large", large);

        List<String> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<EntryFacts> page = view.ls(
                            Library.imageId("large"),
                            Optional.empty(),
                            GuestPath.parse("/var/lib/big"),
                            PageRequest.of(700, cursor))
                    .entries();
            assertThat(page.total()).isEqualTo(3_000);
            page.items().forEach(entry -> seen.add(entry.name()));
            cursor = page.next();
        } while (cursor.isPresent());

        assertThat(seen).isEqualTo(names);
        assertThat(view.stat(Library.imageId("large"), Optional.empty(), GuestPath.parse("/var/lib/big/f1234"))
                        .entry()
                        .sizeBytes())
                .contains(5L);
    }

    private static PackageFilter ofEcosystem(String ecosystem) {
        return new PackageFilter(Optional.empty(), Optional.empty(), Optional.of(ecosystem), false);
    }

    @Test
    void packagesAreFilteredAndPaged() {
        assertThat(view.packages(web(), PackageFilter.ALL, PageRequest.first(10))
                        .items())
                .extracting(PackageFacts::name)
                .containsExactly("bash", "passwd");
        assertThat(view.packages(
                                web(),
                                new PackageFilter(Optional.of("THING"), Optional.empty(), Optional.empty(), true),
                                PageRequest.first(10))
                        .items())
                .extracting(PackageFacts::state)
                .containsExactly("config-files");
        assertThat(view.packages(web(), ofEcosystem("deb"), PageRequest.first(10))
                        .total())
                .isEqualTo(2);
        assertThat(view.packages(web(), ofEcosystem("pypi"), PageRequest.first(10))
                        .items())
                .isEmpty();
        Page<PackageFacts> first = view.packages(web(), PackageFilter.ALL, PageRequest.first(1));
        Page<PackageFacts> second = view.packages(web(), PackageFilter.ALL, PageRequest.of(1, first.next()));
        assertThat(second.items()).extracting(PackageFacts::version).containsExactly("1:4.13");
        assertThat(second.next()).isEmpty();
        assertThat(second.total()).isEqualTo(2);
    }

    @Test
    void whatIsNotKnownIsAProblemOfItsOwn() {
        assertThat(code(() -> view.show("img-none"))).isEqualTo(QueryProblem.Code.NOT_FOUND);
        assertThat(code(() -> view.packages(Library.imageId("base"), PackageFilter.ALL, PageRequest.first(1))))
                .isEqualTo(QueryProblem.Code.NOT_INDEXED);
        assertThat(code(() -> view.stat(Library.imageId("thin"), Optional.empty(), GuestPath.ROOT)))
                .isEqualTo(QueryProblem.Code.NO_FILES);
        assertThat(code(() -> stat("/no/such"))).isEqualTo(QueryProblem.Code.NOT_FOUND);
        assertThat(code(() -> stat("/etc/passwd/x"))).isEqualTo(QueryProblem.Code.NOT_FOUND);
    }

    private static QueryProblem.Code code(Runnable question) {
        try {
            question.run();
        } catch (QueryProblem problem) {
            return problem.code();
        }
        throw new AssertionError("there was an answer");
    }

    @Test
    void thePastStays() {
        String second = library.index("over-time", guest.copy().file("/etc/motd", "new"));
        library.index("over-time", guest.copy().file("/etc/motd", "newer"));

        List<InventoryFacts> all = view.inventories(Library.imageId("over-time"));

        assertThat(all).hasSize(2);
        assertThat(all.getFirst().until()).isEmpty();
        assertThat(all.getLast().id()).isEqualTo(second);
        assertThat(all.getLast().until()).isPresent();
    }

    @Test
    void referencesAreIdsNamesLocationsAndDigests() {
        References references = new References(graph);
        Reference byName = references.require("web");

        assertThat(byName.imageId()).isEqualTo(web());
        assertThat(references.require(web())).isEqualTo(byName);
        assertThat(references.require("/images/web.qcow2")).isEqualTo(byName);
        assertThat(references.require(byName.inventoryId().orElseThrow().substring(0, 12)))
                .isEqualTo(byName);
        assertThat(references.require("base").inventoryId()).isEmpty();
        assertThat(code(() -> references.require("nobody"))).isEqualTo(QueryProblem.Code.NOT_FOUND);
    }
}
