package dev.stemma.queries.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.inventory.GuestTree;
import dev.stemma.queries.inventory.PathWalker;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.search.language.SearchLanguage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches for files, held against a walk down from every root in the graph, without the index: on trees with links of all kinds, other
 * file systems mounted in them, directories in chunks, and names that try to break out.
 */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class FileSearchOracleIT {

    private static final int IMAGES = 30;
    private static final int ROUNDS = 250;
    private static final List<String> NAMES =
            List.of("a", "b", "c", "lib", "bin", "x y", "ü", "\\x0a", "\\x00d", "l", "t", "[a]", "big");
    private static final List<String> TARGETS = List.of(
            "a",
            "b",
            "../b",
            "/a",
            "/a/b",
            "/bin",
            "a/../b",
            "..",
            "/",
            ".",
            "./c",
            "nosuch",
            "../../..",
            "/l",
            "l",
            "\n",
            "/a//b/",
            "b/lib",
            "../../a/b",
            "");

    private static final Statement ENTRIES = new Statement("""
            CYPHER 25
            MATCH (:Directory {id: $id})-[:CHUNK*0..16]->()-[entry:ENTRY]->(child)
            RETURN entry.name AS name, child.id AS id, child:Directory AS directory, child:File AS file
            """, Map.of());
    private static final Statement INVENTORIES = new Statement("""
            CYPHER 25
            MATCH (image:Image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
            RETURN inventory.id AS inventory, collect(image.name) AS images
            """, Map.of());

    private final Graph graph;
    private final Map<String, List<Child>> listed = new HashMap<>();
    private List<Holder> holders = List.of();
    private Map<String, List<String>> images = Map.of();

    @TempDir
    Path folder;

    FileSearchOracleIT(Graph graph) {
        this.graph = graph;
    }

    private record Child(String name, String id, boolean directory, boolean file) {}

    @BeforeEach
    void forgets() {
        listed.clear();
    }

    private List<Child> list(String directory) {
        return listed.computeIfAbsent(directory, id -> graph.read(ENTRIES.with(Map.of("id", id))).stream()
                .map((Row row) -> new Child(row.text("name"), row.text("id"), row.flag("directory"), row.flag("file")))
                .toList());
    }

    /** The places of what was looked for by image, each with its file system. */
    private Map<String, Set<String>> expected(FileTerm term) {
        Map<String, Set<String>> places = new TreeMap<>();
        switch (term) {
            case FileTerm.Path path -> {
                for (SearchedTree tree : SearchedTree.of(holders)) {
                    walked(tree, path.path(), false)
                            .ifPresent(found -> add(
                                    places,
                                    tree.holder(),
                                    tree.selector(found.resolved()),
                                    found.resolved().escaped()));
                }
            }
            case FileTerm.PathGlob glob -> {
                List<CharacterRunAutomaton> below = glob.below().stream()
                        .map(pattern -> new CharacterRunAutomaton(Patterns.glob(pattern)))
                        .toList();
                for (SearchedTree tree : SearchedTree.of(holders)) {
                    walked(tree, glob.above(), true)
                            .filter(found -> found.entry().kind().equals("dir"))
                            .ifPresent(found -> fitting(found.entry().node(), below, 0, "")
                                    .forEach(path -> add(
                                            places,
                                            tree.holder(),
                                            tree.selector(found.resolved()),
                                            (found.resolved().depth() == 0
                                                            ? ""
                                                            : found.resolved().escaped())
                                                    + path)));
                }
            }
            case FileTerm.Name name -> anywhere(places, child -> child.name().equals(name.name()));
            case FileTerm.Glob glob -> {
                CharacterRunAutomaton fits = new CharacterRunAutomaton(Patterns.glob(glob.pattern()));
                anywhere(places, child -> fits.run(child.name()));
            }
            case FileTerm.Content content ->
                anywhere(places, child -> child.file() && child.id().startsWith(content.digestPrefix()));
        }
        return places;
    }

    private Optional<PathWalker.Found> walked(SearchedTree tree, GuestPath path, boolean followLast) {
        Map<GuestTree, PathWalker.Found> found = new PathWalker(graph).walk(Set.of(tree.tree()), path, followLast);
        return Optional.ofNullable(found.get(tree.tree()));
    }

    private List<String> fitting(String directory, List<CharacterRunAutomaton> patterns, int depth, String path) {
        List<String> paths = new ArrayList<>();
        for (Child child : list(directory)) {
            if (patterns.get(depth).run(child.name())) {
                String longer = path + "/" + child.name();
                if (depth == patterns.size() - 1) {
                    paths.add(longer);
                } else if (child.directory()) {
                    paths.addAll(fitting(child.id(), patterns, depth + 1, longer));
                }
            }
        }
        return paths;
    }

    private void anywhere(Map<String, Set<String>> places, java.util.function.Predicate<Child> which) {
        for (Holder holder : holders) {
            all(holder.root(), "", which)
                    .forEach(path -> add(places, holder, holder.selector(), holder.shown(GuestPath.parse(path))));
        }
    }

    private List<String> all(String directory, String path, java.util.function.Predicate<Child> which) {
        List<String> paths = new ArrayList<>();
        for (Child child : list(directory)) {
            if (which.test(child)) {
                paths.add(path + "/" + child.name());
            }
            if (child.directory()) {
                paths.addAll(all(child.id(), path + "/" + child.name(), which));
            }
        }
        return paths;
    }

    private void add(Map<String, Set<String>> places, Holder holder, String selector, String path) {
        for (String image : images.getOrDefault(holder.inventoryId(), List.of())) {
            places.computeIfAbsent(image, _ -> new TreeSet<>()).add(selector + " " + path);
        }
    }

    private static String name(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    /** Grows one file system. */
    private static void grow(Random random, Guest guest, int partition, int entries) {
        List<String> directories = new ArrayList<>(List.of(""));
        guest.dir(partition, "/");
        for (int i = 0; i < entries; i++) {
            String path = directories.get(random.nextInt(directories.size())) + "/" + name(random);
            if (guest.entries(partition).containsKey(GuestPath.parse(path))) {
                continue;
            }
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    guest.dir(partition, path);
                    directories.add(path);
                }
                case 2, 3 -> guest.link(partition, path, TARGETS.get(random.nextInt(TARGETS.size())));
                default -> guest.file(partition, path, "content " + random.nextInt(6), 0644, 0);
            }
        }
    }

    private static Guest guest(Random random) {
        Guest guest = new Guest();
        grow(random, guest, 1, 40);
        if (random.nextInt(3) == 0) {
            for (int i = 0; i < 700; i++) {
                guest.file("/usr/big/f" + i, "content " + i % 7);
            }
            guest.dir("/usr/big/f1d/lib").file("/usr/big/f1d/lib/c", "content 1");
        }
        if (random.nextInt(2) == 0) {
            if (random.nextInt(6) > 0) {
                guest.mount(1, "/");
            }
            for (int partition = 2; partition < 5; partition++) {
                grow(random, guest, partition, 12);
                if (random.nextInt(4) > 0) {
                    guest.mount(partition, "/" + name(random) + (random.nextBoolean() ? "/" + name(random) : ""));
                }
            }
        }
        return guest;
    }

    private void images(Random random) {
        Library library = new Library(graph);
        for (int i = 0; i < IMAGES; i++) {
            library.index("image%02d".formatted(i), guest(random));
        }
        library.index("twin", guest(random));
        Guest chain = new Guest().file("/end/c", "content 1").link("/c44", "end");
        for (int i = 0; i < 44; i++) {
            chain.link("/c" + i, i % 2 == 0 ? "c" + (i + 1) : "/c" + (i + 1));
        }
        library.index("chain", chain);
        Guest many = new Guest().dir("/a").file("/a/c", "content 1").link("/b", "a");
        for (int i = 0; i < 70; i++) {
            many.link("/m" + i + "/t", "../a" + (i % 2 == 0 ? "" : "/m" + i));
        }
        library.index("many", many.link("/t", "b"));
        library.register("never");
        library.index("basic", guest(random), dev.stemma.graph.model.Level.BASIC);
        // What an image held before does not count.
        library.index("image00", guest(random));
        images = graph.read(INVENTORIES).stream()
                .collect(Collectors.toMap(row -> row.text("inventory"), row -> row.texts("images")));
        holders = Holder.of(graph, images.keySet());
    }

    private static String term(Random random) {
        if (random.nextInt(8) == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> name(random);
                case 1 -> "f1*";
                case 2 -> List.of("[ab]", "?", "*b*", "l*").get(random.nextInt(4));
                default ->
                    "sha256:"
                            + Digest.sha256(("content " + random.nextInt(8)).getBytes(StandardCharsets.UTF_8))
                                    .hex();
            };
        }
        StringBuilder path = new StringBuilder();
        boolean pattern = random.nextBoolean();
        for (int i = random.nextInt(5); i >= 0; i--) {
            path.append('/')
                    .append(
                            pattern && random.nextInt(2) == 0
                                    ? List.of("*", "?", "[!a]", "b*", "*i*").get(random.nextInt(5))
                                    : name(random));
        }
        return path.toString();
    }

    private static Map<String, Set<String>> found(FileSearch search, FileTerm term, int limit) {
        Map<String, Set<String>> found = new TreeMap<>();
        Optional<String> cursor = Optional.empty();
        do {
            FileAnswer answer = search.search(term, PageRequest.of(limit, cursor));
            assertThat(answer.notes()).isEmpty();
            assertThat(answer.withoutFiles()).isEqualTo(2);
            for (FileHit hit : answer.hits().items()) {
                Set<String> places = hit.places().stream()
                        .map(place -> place.fileSystem() + " " + place.path())
                        .collect(Collectors.toCollection(TreeSet::new));
                assertThat(found.put(hit.imageName(), places)).isNull();
            }
            cursor = answer.hits().next();
        } while (cursor.isPresent());
        return found;
    }

    @Test
    void whatTheIndexFindsIsWhatAWalkFinds() {
        Random random = RandomGuests.seeded();
        images(random);
        List<String> terms = new ArrayList<>(List.of(
                "/",
                "/c0/c",
                "/c4/c",
                "/c5/c",
                "/c6/*",
                "/t/c",
                "/b/c",
                "/t/?",
                "/m3/t/c",
                "/m4/t/c",
                "/usr/big/f1d/lib/c",
                "/usr/*/f1*/lib/c",
                "/usr/big/f10?",
                "/usr/big",
                "/*/f77",
                "/usr/b*/f1d/*/c"));
        for (int i = 0; i < ROUNDS; i++) {
            terms.add(term(random));
        }
        int met = 0;
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
            FileSearch files = new FileSearch(graph, index);
            ImageSearch search = new ImageSearch(graph, files, index);
            for (String text : terms) {
                FileTerm term = FileTerm.parse(text);
                Map<String, Set<String>> expected = expected(term);
                Map<String, Set<String>> found = found(files, term, 7);
                assertThat(found.keySet()).as(text).isEqualTo(expected.keySet());
                expected.forEach((image, places) -> {
                    if (places.size() <= FileHit.MAX_PLACES) {
                        assertThat(found.get(image)).as(text + " in " + image).isEqualTo(places);
                    } else {
                        assertThat(found.get(image))
                                .as(text + " in " + image)
                                .hasSize(FileHit.MAX_PLACES)
                                .isSubsetOf(places);
                    }
                });
                ImageQuery query = ImageQuery.where().file(term).build();
                assertThat(search.search(query, PageRequest.first(100)).hits().items())
                        .as(text)
                        .extracting(ImageHit::name)
                        .containsExactlyElementsOf(expected.keySet());
                met += expected.isEmpty() || expected.size() > IMAGES ? 0 : 1;
            }
        }
        assertThat(met).isGreaterThan(ROUNDS / 2);
    }

    @Test
    void anIndexThatLagsBehindSaysSo() {
        Library library = new Library(graph);
        library.index("one", new Guest().file("/etc/hosts", "x"));
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
            library.index("two", new Guest().file("/etc/hosts", "y"));
            FileSearch files = new FileSearch(graph, index);
            for (String text : List.of("/etc/hosts", "hosts", "/etc/h*", "host?")) {
                FileAnswer answer = files.search(FileTerm.parse(text), PageRequest.first(10));
                assertThat(answer.hits().items()).extracting(FileHit::imageName).containsExactly("one");
                assertThat(answer.hits().items().getFirst().more()).isTrue();
                assertThat(answer.notes()).singleElement().asString().contains("lags 1 inventories behind");
            }
            ImageAnswer answer = new ImageSearch(graph, files, index)
                    .search(SearchLanguage.parse("NOT file:/etc/hosts"), PageRequest.first(10));
            assertThat(answer.hits().items()).isEmpty();
            index.catchUp();
            assertThat(files.search(FileTerm.parse("/etc/hosts"), PageRequest.first(10))
                            .hits()
                            .total())
                    .isEqualTo(2);
        }
    }
}
