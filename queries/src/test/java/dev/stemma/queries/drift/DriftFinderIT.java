package dev.stemma.queries.drift;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Basis;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class DriftFinderIT {

    private final Graph graph;
    private final DriftFinder finder;

    DriftFinderIT(Graph graph) {
        this.graph = graph;
        this.finder = new DriftFinder(graph);
    }

    private static Set<FileChange.Aspect> aspects(Entry a, Entry b) {
        EnumSet<FileChange.Aspect> aspects = EnumSet.noneOf(FileChange.Aspect.class);
        if (!a.payload().kind().equals(b.payload().kind())) {
            aspects.add(FileChange.Aspect.KIND);
        } else if (!a.payload().equals(b.payload())) {
            aspects.add(a.payload() instanceof Payload.Link ? FileChange.Aspect.TARGET : FileChange.Aspect.CONTENT);
        }
        if (a.attributes().mode() != b.attributes().mode()) {
            aspects.add(FileChange.Aspect.MODE);
        }
        if (a.attributes().uid() != b.attributes().uid()) {
            aspects.add(FileChange.Aspect.OWNER);
        }
        if (!a.attributes().xattrs().equals(b.attributes().xattrs())) {
            aspects.add(FileChange.Aspect.XATTRS);
        }
        return aspects;
    }

    /** What a look at every path of both guests says: path, kind of change, aspects. */
    private static Map<String, String> expected(Guest from, Guest to) {
        Map<String, String> expected = new TreeMap<>();
        Set<GuestPath> all = new TreeSet<>(from.entries().keySet());
        all.addAll(to.entries().keySet());
        for (GuestPath path : all) {
            Entry a = from.entries().get(path);
            Entry b = to.entries().get(path);
            if (path.depth() > 0 && a == null) {
                expected.put(path.escaped(), "ADDED []");
            } else if (path.depth() > 0 && b == null) {
                expected.put(path.escaped(), "REMOVED []");
            } else if (path.depth() > 0
                    && !aspects(requireNonNull(a), requireNonNull(b)).isEmpty()) {
                expected.put(path.escaped(), "CHANGED " + aspects(requireNonNull(a), requireNonNull(b)));
            }
        }
        return expected;
    }

    private static Set<String> owners(Guest guest, String path) {
        return guest.packages().stream()
                .filter(InstalledPackage::present)
                .filter(installed -> installed.owned().stream()
                        .anyMatch(owned -> owned.path().escaped().equals(path)))
                .map(InstalledPackage::purl)
                .collect(Collectors.toSet());
    }

    private List<FileChange> all(String from, String to, int limit) {
        List<FileChange> changes = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            FileDrift drift = finder.drift(
                            from,
                            to,
                            new DriftOptions(
                                    EnumSet.of(DriftOptions.Part.PACKAGES, DriftOptions.Part.FILES),
                                    true,
                                    PageRequest.of(limit, cursor)))
                    .files()
                    .orElseThrow();
            changes.addAll(drift.changes().items());
            assertThat(drift.added() + drift.removed() + drift.changed())
                    .isEqualTo(drift.changes().total());
            cursor = drift.changes().next();
        } while (cursor.isPresent());
        return changes;
    }

    @Test
    void filesDifferAsALookAtEveryPathSays() {
        Random random = RandomGuests.seeded();
        RandomGuests guests = new RandomGuests(random);
        Library library = new Library(graph);
        Guest base = guests.guest(1_500, 30);
        String from = library.index("base", base);
        for (int round = 0; round < 8; round++) {
            Guest other = guests.mutated(base, 1 + random.nextInt(60));
            String to = library.index("other" + round, other);
            List<FileChange> changes = all(from, to, 1 + random.nextInt(30));

            Map<String, String> found = new TreeMap<>();
            changes.forEach(change -> found.put(
                    change.path(),
                    change.kind() + " " + (change.aspects().isEmpty() ? "[]" : EnumSet.copyOf(change.aspects()))));
            assertThat(found).isEqualTo(expected(base, other));
            for (FileChange change : changes) {
                Guest side = change.kind() == FileChange.Kind.REMOVED ? base : other;
                Entry entry = side.entries().get(GuestPath.parse(change.path()));
                boolean directory = entry != null && entry.payload() instanceof Payload.Directory;
                if (!directory && base.entries().containsKey(GuestPath.parse(change.path()))) {
                    assertThat(Set.copyOf(change.owners())).isEqualTo(owners(side, change.path()));
                }
            }
        }
        assertThat(finder.drift(from, from, DriftOptions.all(10)).same()).isTrue();
        assertThat(all(from, from, 10)).isEmpty();
    }

    @Test
    void packagesAreAddedRemovedUpgradedAndDowngraded() {
        Library library = new Library(graph);
        String from = library.index(
                "from",
                new Guest()
                        .install("same", "1")
                        .install("up", "1.9")
                        .install("down", "2~rc1")
                        .install("gone", "1")
                        .install("purged", "1")
                        .installAs("linux-image", "6.1", "amd64", "installed")
                        .installAs("broken", "1", "amd64", "installed")
                        .installAs("back", "1", "amd64", "config-files"));
        String to = library.index(
                "to",
                new Guest()
                        .install("same", "1")
                        .install("up", "1.10")
                        .install("down", "1:1")
                        .install("new", "3")
                        .installAs("gone", "1", "amd64", "config-files")
                        .installAs("linux-image", "6.1", "amd64", "installed")
                        .installAs("linux-image", "6.5", "amd64", "installed")
                        .installAs("broken", "1", "amd64", "half-configured")
                        .installAs("back", "1", "amd64", "installed"));

        PackageDrift forth =
                finder.drift(from, to, DriftOptions.all(1)).packages().orElseThrow();
        PackageDrift back =
                finder.drift(to, from, DriftOptions.all(1)).packages().orElseThrow();

        Map<String, PackageChange.Kind> kinds = new HashMap<>();
        forth.changes().forEach(change -> kinds.put(change.name(), change.kind()));
        assertThat(kinds)
                .isEqualTo(Map.of(
                        "up", PackageChange.Kind.UPGRADED,
                        "down", PackageChange.Kind.UPGRADED,
                        "new", PackageChange.Kind.ADDED,
                        "gone", PackageChange.Kind.REMOVED,
                        "purged", PackageChange.Kind.REMOVED,
                        "linux-image", PackageChange.Kind.ADDED,
                        "broken", PackageChange.Kind.STATE,
                        "back", PackageChange.Kind.ADDED));
        assertThat(forth.unchanged()).isEqualTo(2);
        assertThat(back.count(PackageChange.Kind.DOWNGRADED)).isEqualTo(2);
        assertThat(back.count(PackageChange.Kind.REMOVED)).isEqualTo(3);
    }

    @Test
    void changesAreCountedByOwner() {
        Library library = new Library(graph);
        Guest base = new Guest()
                .file("/usr/bin/nginx", "1")
                .file("/etc/nginx.conf", "a")
                .install("nginx", "1", "/usr/bin/nginx", "/etc/nginx.conf");
        String from = library.index("base", base);
        String to = library.index(
                "drifted",
                base.copy()
                        .file("/etc/nginx.conf", "b")
                        .file("/usr/bin/nginx", "2")
                        .file("/root/x", "y"));

        FileDrift files = finder.drift(from, to, DriftOptions.all(10)).files().orElseThrow();

        assertThat(files.byOwner())
                .containsExactly(
                        new FileDrift.OwnerCount("", 2, 0, 0),
                        new FileDrift.OwnerCount("pkg:deb/debian/nginx@1?arch=amd64", 0, 0, 2));
    }

    @Test
    void fileSystemsArePairedByWhatTheyHold() {
        Library library = new Library(graph);
        Guest base =
                new Guest().file("/etc/hosts", "x").file("/usr/bin/true", "t").file(2, "/vmlinuz", "old", 0600, 0);
        String from = library.index("base", base);
        Guest other = base.copy().file(2, "/vmlinuz", "new", 0600, 0).file(3, "/data", "d", 0600, 0);
        String to = library.index("other", other);

        DriftAnswer answer = finder.drift(from, to, DriftOptions.all(10));

        assertThat(answer.files().orElseThrow().changes().items())
                .extracting(change -> change.fileSystem() + " " + change.kind() + " " + change.path())
                .containsExactly("0:2 CHANGED /vmlinuz", "0:3 ADDED /data");
        assertThat(answer.notes()).anyMatch(note -> note.contains("0:3"));
    }

    @Test
    void aBasicSideIsSaidPlainly() {
        Library library = new Library(graph);
        Guest guest = new Guest().file("/etc/hosts", "x").install("a", "1");
        String from = library.index("thin", guest, Level.BASIC);
        String to = library.index("full", guest.copy().install("b", "1"));

        DriftAnswer answer = finder.drift(from, to, DriftOptions.all(10));

        assertThat(answer.files()).isEmpty();
        assertThat(answer.packages().orElseThrow().count(PackageChange.Kind.ADDED))
                .isEqualTo(1);
        assertThat(answer.notes()).anyMatch(note -> note.contains("thin") && note.contains("basic"));
    }

    @Test
    void theBaselineIsTheNearestIndexedAncestorAndRecordedGoesFirst() {
        Library library = new Library(graph);
        Guest guest = new Guest().install("a", "1");
        for (String name : List.of("root", "golden", "lookalike")) {
            library.index(name, guest.copy().install(name, "1"), Level.BASIC);
        }
        library.register("middle");
        library.index("machine", guest.copy().install("machine", "1"), Level.BASIC);
        library.derive("machine", "lookalike", "copy", Basis.INFERRED, Optional.of(0.9));
        library.derive("machine", "middle", "backing-file", Basis.OBSERVED, Optional.empty());
        library.derive("middle", "golden", "backing-file", Basis.OBSERVED, Optional.empty());
        library.derive("golden", "root", "copy", Basis.INFERRED, Optional.of(0.5));

        DriftAnswer observed = finder.driftFromBaseline(Library.imageId("machine"), DriftOptions.all(1));
        assertThat(observed.from().imageName()).contains("golden");
        assertThat(observed.baseline().orElseThrow().steps())
                .extracting(step -> step.childName() + " < " + step.parentName() + " " + step.basis())
                .containsExactly("machine < middle OBSERVED", "middle < golden OBSERVED");

        library.record("machine", "root", "deployment", "ada");
        assertThat(finder.driftFromBaseline(Library.imageId("machine"), DriftOptions.all(1))
                        .from()
                        .imageName())
                .contains("root");
        assertThat(finder.driftFromBaseline(Library.imageId("golden"), DriftOptions.all(1))
                        .baseline()
                        .orElseThrow()
                        .steps())
                .extracting(Baseline.Step::basis)
                .containsExactly(Basis.INFERRED);
        assertThatThrownBy(() -> finder.driftFromBaseline(Library.imageId("root"), DriftOptions.all(1)))
                .isInstanceOfSatisfying(QueryProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo(QueryProblem.Code.NO_BASELINE));
        assertThatThrownBy(() -> finder.driftFromBaseline(Library.imageId("middle"), DriftOptions.all(1)))
                .isInstanceOfSatisfying(QueryProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo(QueryProblem.Code.NOT_INDEXED));
    }

    @Test
    void aVersionIsComparedWithWhatItsSourceCameFrom() {
        Library library = new Library(graph);
        Guest guest = new Guest().install("a", "1");
        for (String name : List.of("built", "first", "taken", "second")) {
            library.index(name, guest.copy().install(name, "1"), Level.BASIC);
        }
        library.derive("first", "built", "check-in", Basis.RECORDED, Optional.empty());
        assertThat(baseline("first"))
                .as("the source, where there is nothing else")
                .contains("built");
        library.derive("taken", "first", "check-out", Basis.RECORDED, Optional.empty());
        library.derive("second", "taken", "check-in", Basis.RECORDED, Optional.empty());
        assertThat(baseline("taken")).contains("first");
        assertThat(baseline("second")).contains("first");
    }

    private Optional<String> baseline(String image) {
        return finder.driftFromBaseline(Library.imageId(image), DriftOptions.all(1))
                .from()
                .imageName();
    }

    @Test
    void sidesShowTheImagesThatWereNamed() {
        Library library = new Library(graph);
        Guest guest = new Guest().install("a", "1");
        library.index("one", guest, Level.BASIC);
        library.index("two", guest, Level.BASIC);
        References references = new References(graph);

        DriftAnswer answer = finder.drift(references.require("two"), references.require("one"), DriftOptions.all(1));

        assertThat(answer.same()).isTrue();
        assertThat(answer.from().imageName()).contains("two");
        assertThat(answer.to().imageName()).contains("one");
    }
}
