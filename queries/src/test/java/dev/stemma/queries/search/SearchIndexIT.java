package dev.stemma.queries.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.graph.tree.Chunk;
import dev.stemma.graph.tree.TreeNode;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.drift.DriftAnswer;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.drift.DriftOptions;
import dev.stemma.queries.drift.KeptTexts;
import dev.stemma.queries.drift.rules.DriftRules;
import dev.stemma.queries.inventory.NodeRows;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.search.language.SearchLanguage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class SearchIndexIT {

    private final Graph graph;

    @TempDir
    Path folder;

    SearchIndexIT(Graph graph) {
        this.graph = graph;
    }

    private static List<String> fileNames(SearchIndex index, String glob, int limit) {
        return index.images(
                searcher -> IndexTerms.fitting(searcher, IndexFields.FILE_NAME, Patterns.glob(glob), limit));
    }

    private static Set<String> names(Guest... guests) {
        return Stream.of(guests)
                .flatMap(guest -> guest.entries().keySet().stream())
                .filter(path -> path.depth() > 0)
                .map(path -> path.name().escaped())
                .collect(Collectors.toSet());
    }

    @Test
    void itFollowsTheGraphAndSurvivesBeingDeleted() throws IOException {
        Random random = RandomGuests.seeded();
        RandomGuests guests = new RandomGuests(random);
        Guest base = guests.guest(300, 4);
        Guest child = guests.mutated(base, 20).file("/opt/only-here", "x").install("nginx", "1.22.1-9");
        Library library = new Library(graph);
        library.index("base", base);
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            assertThat(index.progress()).isEqualTo(new SearchIndex.Progress(0, 1));
            index.refresh();
            assertThat(index.lag()).isPresent();
            assertThat(index.catchUp()).isEqualTo(new SearchIndex.Progress(1, 0));
            assertThat(new HashSet<>(fileNames(index, "*", 10_000))).isEqualTo(names(base));
            library.index("child", child);
            assertThat(index.progress().behind()).isEqualTo(1);
        }
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            assertThat(index.progress()).isEqualTo(new SearchIndex.Progress(1, 1));
            assertThat(index.catchUp().applied()).isEqualTo(2);
            assertThat(new HashSet<>(fileNames(index, "*", 10_000))).isEqualTo(names(base, child));
            assertThat(fileNames(index, "only-*", 10)).containsExactly("only-here");
            assertThat(index.packages("ngi", 5)).containsExactly("deb/nginx");
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
            assertThat(new HashSet<>(fileNames(index, "*", 10_000))).isEqualTo(names(base, child));
        }
    }

    /** Directories of other attributes, large ones in parts, links, devices: as the graph tells them, and so a comparison is the same. */
    @Test
    void itHoldsDirectoriesAsTheGraphDoes() {
        RandomGuests guests = new RandomGuests(RandomGuests.seeded());
        Guest base = guests.guest(2_000, 4);
        Library library = new Library(graph);
        String from = library.index("base", base);
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
            String to = library.index("child", guests.mutated(base, 60));
            DriftOptions options = DriftOptions.all(1_000);
            DriftAnswer expected = new DriftFinder(graph).drift(from, to, options);
            assertThat(expected.files().orElseThrow().changes().items()).isNotEmpty();
            assertThat(drift(index).drift(from, to, options))
                    .as("with half of them in the index")
                    .isEqualTo(expected);
            index.catchUp();
            assertThat(drift(index).drift(from, to, options)).isEqualTo(expected);
            List<TreeNode> nodes = graph
                    .read(NodeRows.asked(
                            ids("MATCH (n:Directory) RETURN n.id AS id"),
                            ids("MATCH (n:DirectoryChunk) RETURN n.id AS id")))
                    .stream()
                    .map(NodeRows::node)
                    .toList();
            assertThat(nodes).anyMatch(Chunk.class::isInstance);
            assertThat(index.nodes(nodes.stream().map(TreeNode::id).toList()).values())
                    .containsExactlyInAnyOrderElementsOf(nodes);
        }
    }

    @Test
    void aComparisonDoesWithoutAnIndexThatIsClosed() {
        RandomGuests guests = new RandomGuests(RandomGuests.seeded());
        Guest base = guests.guest(200, 2);
        Library library = new Library(graph);
        String from = library.index("base", base);
        String to = library.index("child", guests.mutated(base, 20));
        SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder);
        index.catchUp();
        index.close();
        DriftOptions options = DriftOptions.all(100);
        assertThat(drift(index).drift(from, to, options)).isEqualTo(new DriftFinder(graph).drift(from, to, options));
    }

    private List<String> ids(String cypher) {
        return graph.read(new Statement(cypher, Map.of())).stream()
                .map(row -> row.text("id"))
                .toList();
    }

    private DriftFinder drift(SearchIndex index) {
        return new DriftFinder(graph, KeptTexts.NONE, index::nodes, DriftRules.SHIPPED);
    }

    @Test
    void aDamagedIndexIsMadeAnew() throws IOException {
        new Library(graph).index("one", new Guest().file("/etc/hosts", "x"));
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("segments_"))
                    .toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            assertThat(index.progress().applied()).isZero();
            index.catchUp();
            assertThat(fileNames(index, "hos*", 5)).containsExactly("hosts");
        }
    }

    @Test
    void anIndexOfAnotherGraphIsMadeAnew() {
        new Library(graph).index("one", new Guest().file("/etc/one", "x"));
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
            GraphExtension.empty(graph);
            new Library(graph).index("two", new Guest().file("/etc/two", "x"));
            index.catchUp();
            assertThat(fileNames(index, "*", 9)).containsExactlyInAnyOrder("etc", "two");
        }
    }

    @Test
    void oneProcessHasItAtATime() {
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            assertThat(index.progress().applied()).isZero();
            assertThatThrownBy(() -> SearchIndex.open(graph, TextSource.NONE, folder))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void softwareIsListedAndCompleted() {
        Library library = new Library(graph);
        library.index(
                "a",
                new Guest()
                        .install("nginx", "1")
                        .install("nginx-common", "1")
                        .install("postgresql-15", "15.1")
                        .installAs("gone", "1", "amd64", "config-files"));
        library.index("b", new Guest().install("nginx", "2").install("openssl", "3"));
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
            SoftwareList list = new SoftwareList(graph, index);

            assertThat(list.complete("ngi", 10))
                    .extracting(KnownPackage::name)
                    .containsExactly("nginx", "nginx-common");
            assertThat(list.complete("NGINX", 10).getFirst())
                    .isEqualTo(new KnownPackage("deb/nginx", "deb", "nginx", 2, 2));
            assertThat(list.complete("ngnix", 10))
                    .extracting(KnownPackage::name)
                    .contains("nginx");
            assertThat(list.complete("opnssl", 10))
                    .extracting(KnownPackage::name)
                    .containsExactly("openssl");
            Page<KnownPackage> first = list.list("", PageRequest.first(3));
            assertThat(first.total()).isEqualTo(5);
            assertThat(first.items()).extracting(KnownPackage::name).containsExactly("gone", "nginx", "nginx-common");
            assertThat(first.items().getFirst().images()).isZero();
            assertThat(list.list("", PageRequest.of(3, first.next())).items())
                    .extracting(KnownPackage::name)
                    .containsExactly("openssl", "postgresql-15");
            assertThat(list.list("post", PageRequest.first(3)).items()).hasSize(1);
        }
    }

    @Test
    void imagesAreFoundByWordsOfWhatPeopleCallThem() {
        Library library = new Library(graph);
        library.index("web-frontend", new Guest().os("debian", "12", "Debian GNU/Linux 12 (bookworm)"));
        library.register("db");
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
            assertThat(index.images("front bookworm", 5)).isEqualTo(List.of(Library.imageId("web-frontend")));
            assertThat(index.images("called db", 5)).isEqualTo(List.of(Library.imageId("db")));
            library.register("db", "the ledger", java.time.Instant.EPOCH);
            index.catchUp();
            assertThat(index.images("ledger", 5)).hasSize(1);
            assertThat(index.images("called db", 5)).isEmpty();
        }
    }

    @Test
    void whatIsTakenOutOfAKeptTextLeavesTheIndex() {
        Library library = new Library(graph);
        library.index(
                "web", new Guest().file("/etc/app.conf", "key open sesame").file("/opt/app.conf", "other words"));
        String digest = Digest.sha256("key open sesame".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hex();
        Map<String, String> versions = new HashMap<>(Map.of(digest, "1"));
        Map<String, String> texts = new HashMap<>(Map.of(digest, "key open sesame"));
        TextSource source = new TextSource() {
            @Override
            public Map<String, String> all() {
                return Map.copyOf(versions);
            }

            @Override
            public Optional<String> text(String content) {
                return Optional.ofNullable(texts.get(content));
            }
        };
        Path before = folder.resolve("index");
        try (SearchIndex index = SearchIndex.open(graph, source, before)) {
            index.catchUp();
            assertThat(found(index, "open sesame")).containsExactly("web");
            assertThat(found(index, "other words")).isEmpty();
        }
        versions.put(digest, "2");
        texts.put(digest, "key [redacted: password]");
        try (SearchIndex index = SearchIndex.open(graph, source, before)) {
            assertThat(found(index, "open sesame")).isEmpty();
            assertThat(found(index, "key redacted")).containsExactly("web");
            index.catchUp();
            versions.clear();
        }
        try (SearchIndex index = SearchIndex.open(graph, source, before)) {
            assertThat(found(index, "key")).isEmpty();
        }
    }

    @Test
    void aSearchSeesWhatTheGraphHadBefore() {
        Library library = new Library(graph);
        library.register("one");
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            ImageSearch search = new ImageSearch(graph, new FileSearch(graph, index), index);
            assertThat(search.ids(SearchLanguage.parse("state:revoked"), 9)).isEmpty();
            graph.write(new Statement(
                    "CYPHER 25 MATCH (i:Image) SET i.state = 'REVOKED' CREATE (:Activity {id: 'act-1'})-[:CHANGED]->(i)",
                    Map.of()));
            assertThat(search.ids(SearchLanguage.parse("state:revoked"), 9)).containsExactly(Library.imageId("one"));
            graph.write(new Statement("CYPHER 25 MATCH (i:Image) DETACH DELETE i", Map.of()));
            assertThat(search.ids(SearchLanguage.parse(""), 9)).isEmpty();
        }
    }

    private List<String> found(SearchIndex index, String words) {
        return new ImageSearch(graph, new FileSearch(graph, index), index)
                .search(SearchLanguage.parse("text:\"" + words + "\""), PageRequest.first(9)).hits().items().stream()
                        .map(ImageHit::name)
                        .toList();
    }
}
