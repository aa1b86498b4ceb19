package dev.stemma.queries.search;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.page.PageRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class FileSearchIT {

    private final Graph graph;

    @TempDir
    Path folder;

    FileSearchIT(Graph graph) {
        this.graph = graph;
    }

    /** All images and the shown paths, over all pages. */
    private static Map<String, Set<String>> all(FileSearch search, FileTerm term, int limit) {
        Map<String, Set<String>> found = new LinkedHashMap<>();
        Optional<String> cursor = Optional.empty();
        do {
            FileAnswer answer = search.search(term, PageRequest.of(limit, cursor));
            for (FileHit hit : answer.hits().items()) {
                assertThat(found).doesNotContainKey(hit.imageName());
                found.put(
                        hit.imageName(),
                        hit.places().stream().map(FileHit.Place::path).collect(Collectors.toCollection(TreeSet::new)));
            }
            cursor = answer.hits().next();
        } while (cursor.isPresent());
        return found;
    }

    private static Map<String, Set<String>> expected(Map<String, Guest> guests, Predicate<Entry> which) {
        Map<String, Set<String>> expected = new TreeMap<>();
        guests.forEach((name, guest) -> {
            Set<String> paths = guest.entries().values().stream()
                    .filter(entry -> entry.path().depth() > 0)
                    .filter(which)
                    .map(entry -> entry.path().escaped())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!paths.isEmpty()) {
                expected.put(name, paths);
            }
        });
        return expected;
    }

    private static boolean hasContent(Entry entry, String prefix) {
        return entry.payload() instanceof Payload.File file
                && file.digest().map(digest -> digest.hex().startsWith(prefix)).orElse(false);
    }

    private static void same(Map<String, Set<String>> found, Map<String, Set<String>> expected) {
        assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((image, paths) -> {
            if (paths.size() <= FileHit.MAX_PLACES) {
                assertThat(found.get(image)).isEqualTo(paths);
            } else {
                assertThat(found.get(image)).hasSize(FileHit.MAX_PLACES).isSubsetOf(paths);
            }
        });
    }

    @Test
    void everyImageAndPlaceIsFoundAsByALookAtAllOfThem() {
        Random random = RandomGuests.seeded();
        RandomGuests guests = new RandomGuests(random);
        Map<String, Guest> images = new TreeMap<>();
        Guest base = guests.guest(400, 5);
        for (int i = 0; i < 12; i++) {
            images.put("image%02d".formatted(i), guests.mutated(base, 15));
        }
        Library library = new Library(graph);
        images.forEach(library::index);
        library.index("image00", guests.mutated(base, 3));
        library.index("image00", requireNonNull(images.get("image00")));
        library.index("thin", base, Level.BASIC);
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
            FileSearch search = new FileSearch(graph, index);
            List<Entry> entries = new ArrayList<>(
                    requireNonNull(images.get("image03")).entries().values());
            for (int i = 0; i < 25; i++) {
                Entry entry = entries.get(1 + random.nextInt(entries.size() - 1));
                String name = entry.path().name().escaped();
                same(
                        all(search, new FileTerm.Name(name), 5),
                        expected(images, each -> each.path().name().is(name)));
                if (entry.payload() instanceof Payload.File file) {
                    String digest = file.digest().orElseThrow().hex();
                    same(
                            all(search, new FileTerm.Content(digest), 3),
                            expected(images, each -> hasContent(each, digest)));
                    String other = digest.substring(0, 63) + (digest.endsWith("0") ? "1" : "0");
                    assertThat(all(search, new FileTerm.Content(other), 3)).isEmpty();
                    same(
                            all(search, new FileTerm.Content(digest.substring(0, 9)), 100),
                            expected(images, each -> hasContent(each, digest.substring(0, 9))));
                }
                same(all(search, new FileTerm.Path(entry.path()), 4), expected(images, each -> each.path()
                        .equals(entry.path())));
            }
            same(
                    all(search, new FileTerm.Glob("f1?"), 100),
                    expected(images, each -> each.path().name().escaped().matches("f1.")));
            same(
                    all(search, new FileTerm.Glob("*9*"), 100),
                    expected(images, each -> each.path().name().escaped().contains("9")));
            assertThat(search.search(new FileTerm.Name("f1"), PageRequest.first(1))
                            .withoutFiles())
                    .isEqualTo(1);
        }
    }

    @Test
    void theEmptyFileIsFoundInABoundedTime() {
        Guest guest = new Guest();
        for (int i = 0; i < 2_000; i++) {
            guest.file("/d" + i % 300 + "/e" + i, "");
        }
        new Library(graph).index("empty", guest);
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
            FileHit hit = new FileSearch(graph, index)
                    .search(new FileTerm.Content(dev.stemma.graph.id.Digest.EMPTY.hex()), PageRequest.first(10))
                    .hits()
                    .items()
                    .getFirst();
            assertThat(hit.places()).hasSize(FileHit.MAX_PLACES);
            assertThat(hit.more()).isTrue();
        }
    }

    @Test
    void exponentiallyManyPathsEndInTime() {
        Guest guest = new Guest();
        // Each directory holds the one below twice: 2^13 paths, 14 directories in the graph.
        twice(guest, GuestPath.ROOT, 13);
        new Library(graph).index("bomb", guest);
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
            FileAnswer answer = new FileSearch(graph, index).search(new FileTerm.Name("leaf"), PageRequest.first(10));
            assertThat(answer.hits().items().getFirst().places()).hasSize(FileHit.MAX_PLACES);
            assertThat(answer.hits().items().getFirst().places().getFirst().path())
                    .isEqualTo("/a".repeat(13) + "/leaf");
        }
    }

    private static void twice(Guest guest, GuestPath at, int depth) {
        if (depth == 0) {
            guest.file(at.escaped() + "/leaf", "leaf");
            return;
        }
        for (String name : List.of("a", "b")) {
            GuestPath child = at.child(dev.stemma.graph.model.GuestName.ofText(name));
            guest.dir(child.escaped());
            twice(guest, child, depth - 1);
        }
    }

    @Test
    void pathsAreFollowedThroughLinksOfEachGuest() {
        Library library = new Library(graph);
        library.index("merged", new Guest().file("/usr/bin/sh", "dash").link("/bin", "usr/bin"));
        library.index("split", new Guest().file("/bin/sh", "dash"));
        library.index("none", new Guest().file("/bin/bash", "bash"));
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
            Map<String, Set<String>> found = all(new FileSearch(graph, index), FileTerm.parse("/bin/sh"), 10);
            assertThat(found).containsOnlyKeys("merged", "split");
            assertThat(found.get("merged")).containsExactly("/usr/bin/sh");
        }
    }
}
