package dev.stemma.queries.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.drift.DriftOptions;
import dev.stemma.queries.drift.FileChange;
import dev.stemma.queries.drift.FileDrift;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.search.FileHit;
import dev.stemma.queries.search.FileSearch;
import dev.stemma.queries.search.FileTerm;
import dev.stemma.queries.search.SearchIndex;
import dev.stemma.queries.search.TextSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A system on four file systems, looked at as its processes see it. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class MountedGuestIT {

    @TempDir
    Path home;

    private final Graph graph;
    private final InventoryView view;

    MountedGuestIT(Graph graph) {
        this.graph = graph;
        this.view = new InventoryView(graph);
    }

    private static Guest guest() {
        return new Guest()
                .os("debian", "12", "Debian GNU/Linux 12 (bookworm)")
                .file("/etc/hosts", "127.0.0.1")
                .file("/boot/hidden", "shadowed by what is mounted here")
                .dir("/home")
                .link("/kernel", "boot/vmlinuz")
                .file(2, "/vmlinuz", "kernel", 0600, 0)
                .dir(2, "/efi")
                .link(2, "/hosts", "/etc/hosts")
                .file(3, "/EFI/debian/grubx64.efi", "loader", 0700, 0)
                .file(4, "/ann/notes", "notes", 0640, 1000)
                .file(5, "/spare", "on a disk that none mounts", 0640, 1000)
                .install("linux-image", "6.1", "/boot/vmlinuz")
                .mount(1, "/")
                .mount(2, "/boot")
                .mount(3, "/boot/efi")
                .mount(4, "/home");
    }

    @BeforeEach
    void indexes() {
        Guest guest = guest();
        Library library = new Library(graph);
        library.index("web", guest);
        library.index("later", later(guest));
    }

    private static Guest later(Guest guest) {
        Guest later = guest.copy();
        return later.file(2, "/vmlinuz", "another kernel", 0600, 0)
                .file(4, "/ann/more", "more", 0640, 1000)
                .file(3, "/EFI/BOOT/BOOTX64.EFI", "copy", 0700, 0);
    }

    private static String web() {
        return Library.imageId("web");
    }

    private PathFacts stat(String path) {
        return view.stat(web(), Optional.empty(), GuestPath.parse(path));
    }

    private List<String> ls(String path) {
        return view
                .ls(web(), Optional.empty(), GuestPath.parse(path), PageRequest.first(100))
                .entries()
                .items()
                .stream()
                .map(EntryFacts::name)
                .toList();
    }

    @Test
    void directoriesShowWhatIsMountedInThem() {
        assertThat(ls("/")).containsExactly("boot", "etc", "home", "kernel");
        assertThat(ls("/boot")).containsExactly("efi", "hosts", "vmlinuz");
        assertThat(ls("/boot/efi")).containsExactly("EFI");
        assertThat(ls("/home/ann")).containsExactly("notes");
        Listing boot = view.ls(web(), Optional.empty(), GuestPath.parse("/boot/efi"), PageRequest.first(1));
        assertThat(boot.fileSystem()).isEqualTo("0:3");
        assertThat(boot.resolved()).isEqualTo("/boot/efi");
        assertThat(boot.notes()).isEmpty();
    }

    @Test
    void oneFileSystemByItselfStaysAsItLies() {
        Listing root = view.ls(web(), Optional.of("0:1"), GuestPath.parse("/boot"), PageRequest.first(10));
        assertThat(root.entries().items()).extracting(EntryFacts::name).containsExactly("hidden");
        PathFacts kernel = view.stat(web(), Optional.of("0:2"), GuestPath.parse("/vmlinuz"));
        assertThat(kernel.resolved()).isEqualTo("/vmlinuz");
        assertThat(kernel.owners()).extracting(PathFacts.Owner::name).containsExactly("linux-image");
        assertThatThrownBy(() -> stat("/spare")).isInstanceOf(QueryProblem.class);
        assertThat(view.stat(web(), Optional.of("0:5"), GuestPath.parse("/spare"))
                        .owners())
                .isEmpty();
    }

    @Test
    void linksAndParentsCrossMountPointsBothWays() {
        assertThat(stat("/kernel/../boot/./vmlinuz").resolved()).isEqualTo("/boot/vmlinuz");
        Listing hosts = view.ls(web(), Optional.empty(), GuestPath.parse("/boot/hosts"), PageRequest.first(1));
        assertThat(hosts.resolved()).isEqualTo("/etc/hosts");
        assertThat(hosts.fileSystem()).isEqualTo("0:1");
        Listing kernel = view.ls(web(), Optional.empty(), GuestPath.parse("/kernel"), PageRequest.first(1));
        assertThat(kernel.resolved()).isEqualTo("/boot/vmlinuz");
        assertThat(kernel.fileSystem()).isEqualTo("0:2");
    }

    @Test
    void packagesOwnWhatLiesOnOtherFileSystems() {
        PathFacts kernel = stat("/boot/vmlinuz");
        assertThat(kernel.fileSystem()).isEqualTo("0:2");
        assertThat(kernel.owners()).extracting(PathFacts.Owner::name).containsExactly("linux-image");
        assertThat(stat("/home/ann/notes").owners()).isEmpty();
    }

    @Test
    void aMountPointHasTheAttributesOfWhatIsMounted() {
        assertThat(stat("/home").entry().node())
                .isEqualTo(view.stat(web(), Optional.of("0:4"), GuestPath.ROOT)
                        .entry()
                        .node());
        assertThat(view.show(web()).volumes().getFirst().parts())
                .extracting(part -> part.held().orElseThrow().mountPoints())
                .containsExactly(List.of("/"), List.of("/boot"), List.of("/boot/efi"), List.of("/home"), List.of());
    }

    @Test
    void searchShowsPathsAsTheSystemHasThem() throws Exception {
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, home.resolve("index"))) {
            index.catchUp();
            FileSearch search = new FileSearch(graph, index);
            assertThat(places(search, FileTerm.parse("vmlinuz"))).containsExactly(tuple("0:2", "/boot/vmlinuz"));
            assertThat(places(search, FileTerm.parse("/boot/efi/EFI/debian/grubx64.efi")))
                    .containsExactly(tuple("0:3", "/boot/efi/EFI/debian/grubx64.efi"));
            assertThat(places(search, FileTerm.parse("spare"))).containsExactly(tuple("0:5", "/spare"));
            assertThat(places(search, FileTerm.parse("/spare"))).containsExactly(tuple("0:5", "/spare"));
            assertThat(places(search, FileTerm.parse("/boot/hidden"))).isEmpty();
        }
    }

    private static List<org.assertj.core.groups.Tuple> places(FileSearch search, FileTerm term) {
        return search.search(term, PageRequest.first(10)).hits().items().stream()
                .filter(hit -> hit.imageName().equals("web"))
                .map(FileHit::places)
                .flatMap(List::stream)
                .map(place -> tuple(place.fileSystem(), place.path()))
                .toList();
    }

    @Test
    void driftKnowsTheOwnersOfWhatLiesOnOtherFileSystems() {
        FileDrift drift = new DriftFinder(graph)
                .drift(
                        view.inventories(web()).getFirst().id(),
                        view.inventories(Library.imageId("later")).getFirst().id(),
                        DriftOptions.all(100))
                .files()
                .orElseThrow();
        assertThat(drift.changes().items())
                .extracting(FileChange::path, change -> change.owners().size())
                .containsExactlyInAnyOrder(
                        tuple("/boot/vmlinuz", 1),
                        tuple("/boot/efi/EFI/BOOT", 0),
                        tuple("/boot/efi/EFI/BOOT/BOOTX64.EFI", 0),
                        tuple("/home/ann/more", 0));
    }
}
