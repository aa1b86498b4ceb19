package dev.stemma.queries.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.MeddledGraph;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.version.DebianVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class ImageSearchIT {

    private final Graph graph;

    @TempDir
    Path folder;

    ImageSearchIT(Graph graph) {
        this.graph = graph;
    }

    private static List<String> names(ImageSearch search, ImageQuery query, int limit) {
        List<String> names = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            ImageAnswer answer = search.search(query, PageRequest.of(limit, cursor));
            answer.hits().items().forEach(hit -> names.add(hit.name()));
            cursor = answer.hits().next();
            if (cursor.isEmpty()) {
                assertThat(answer.hits().total()).isEqualTo(names.size());
            }
        } while (cursor.isPresent());
        return names;
    }

    private static boolean has(Guest guest, PackageTerm term) {
        return guest.packages().stream()
                .filter(InstalledPackage::present)
                .filter(installed -> installed.name().equals(term.name()))
                .filter(installed -> term.architecture()
                        .map(installed.architecture()::equals)
                        .orElse(true))
                .anyMatch(installed -> term.version()
                        .map(range -> {
                            int order = DebianVersion.compare(installed.version(), range.version());
                            return switch (range.relation()) {
                                case BEFORE -> order < 0;
                                case UP_TO -> order <= 0;
                                case EXACTLY -> order == 0;
                                case FROM -> order >= 0;
                                case AFTER -> order > 0;
                            };
                        })
                        .orElse(true));
    }

    @Test
    void packageQueriesAnswerAsSetsDo() {
        Random random = RandomGuests.seeded();
        Map<String, Guest> images = new TreeMap<>();
        Library library = new Library(graph);
        for (int i = 0; i < 40; i++) {
            Guest guest = new Guest();
            for (int k = 0; k < 12; k++) {
                if (random.nextInt(3) > 0) {
                    guest.installAs(
                            "p" + k,
                            1 + random.nextInt(4) + "." + random.nextInt(3) + "-1",
                            random.nextInt(4) == 0 ? "arm64" : "amd64",
                            random.nextInt(8) == 0 ? "config-files" : "installed");
                }
            }
            images.put("i%02d".formatted(i), guest);
            library.index("i%02d".formatted(i), guest, Level.BASIC);
        }
        // What an image held before does not count.
        library.index("i00", new Guest().install("p0", "9").install("p1", "9"), Level.BASIC);
        library.index("i00", java.util.Objects.requireNonNull(images.get("i00")), Level.BASIC);
        library.register("never-indexed");
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            ImageSearch search = new ImageSearch(graph, new FileSearch(graph, index), index);
            String[] suffixes = {"", "", ":arm64", ">=2.0", "<3.1-1", "=2.1-1", ">1.9", "<=1.1-1", ":amd64>=2"};
            for (int round = 0; round < 60; round++) {
                ImageQueryBuilder builder = ImageQuery.where();
                List<List<PackageTerm>> lists = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
                for (int list = 0; list < 3; list++) {
                    for (int k = random.nextInt(3); k > 0; k--) {
                        lists.get(list)
                                .add(PackageTerm.parse(
                                        "p" + random.nextInt(13) + suffixes[random.nextInt(suffixes.length)]));
                    }
                }
                lists.get(0).forEach(builder::allOf);
                lists.get(1).forEach(builder::anyOf);
                lists.get(2).forEach(builder::noneOf);
                ImageQuery query = builder.build();
                Set<String> expected = new TreeSet<>();
                images.forEach((name, guest) -> {
                    if (lists.get(0).stream().allMatch(term -> has(guest, term))
                            && (lists.get(1).isEmpty() || lists.get(1).stream().anyMatch(term -> has(guest, term)))
                            && lists.get(2).stream().noneMatch(term -> has(guest, term))) {
                        expected.add(name);
                    }
                });
                if (!query.needsInventory()) {
                    expected.add("never-indexed");
                }
                assertThat(names(search, query, 7)).as(query.toString()).containsExactlyElementsOf(expected);
                assertThat(search.search(query, PageRequest.first(1)).unindexed())
                        .isEqualTo(query.needsInventory() ? 1 : 0);
            }
        }
    }

    @Test
    void whatComesWhileTheCatalogIsReadIsKnownAfterwards() {
        Library library = new Library(graph);
        library.index("first", new Guest().os("debian", "12", "Debian GNU/Linux 12 (bookworm)"), Level.BASIC);
        AtomicInteger late = new AtomicInteger();
        Graph meddled = new MeddledGraph(graph, statement -> {
            int number = statement.cypher().contains(":OperatingSystem") ? late.incrementAndGet() : 0;
            if (number >= 1 && number <= 8) {
                Guest guest = new Guest()
                        .os("system" + number, "1", "System " + number)
                        .install("p" + number, "1");
                library.index("late-" + number, guest, Level.BASIC);
            }
        });
        try (SearchIndex index = SearchIndex.open(meddled, TextSource.NONE, folder)) {
            while (late.get() <= 8) {
                index.catchUp();
            }
            ImageSearch search = new ImageSearch(graph, new FileSearch(graph, index), index);
            assertThat(search.search(ImageQuery.where().build(), PageRequest.first(20))
                            .hits()
                            .items())
                    .hasSize(9)
                    .allSatisfy(hit ->
                            assertThat(hit.operatingSystems()).as(hit.name()).hasSize(1));
        }
    }

    @Test
    void conditionsCombineAndWhatWasNotSearchedIsSaid() {
        Library library = new Library(graph);
        library.index(
                "web-1",
                new Guest()
                        .os("debian", "12", "Debian GNU/Linux 12 (bookworm)")
                        .install("nginx", "1.22.1-9")
                        .file("/usr/sbin/nginx", "elf")
                        .file("/lib/libc.so.6", "libc"));
        library.index(
                "web-2",
                new Guest().os("debian", "13", "Debian GNU/Linux 13 (trixie)").install("nginx", "1.26.0-1"),
                Level.BASIC);
        library.index(
                "db", new Guest().os("ubuntu", "24.04", "Ubuntu 24.04 LTS").file("/lib/libc.so.6", "libc"));
        library.register("unknown");
        library.register("old", "kept for the auditors", Instant.parse("2020-01-01T00:00:00Z"));
        try (SearchIndex index = SearchIndex.open(graph, TextSource.NONE, folder)) {
            index.catchUp();
            ImageSearch search = new ImageSearch(graph, new FileSearch(graph, index), index);

            assertThat(names(search, ImageQuery.where().build(), 2))
                    .containsExactly("db", "old", "unknown", "web-1", "web-2");
            assertThat(names(
                            search,
                            ImageQuery.where()
                                    .name(TextTerm.parse("/^WEB-[0-9]$/"))
                                    .build(),
                            9))
                    .containsExactly("web-1", "web-2");
            assertThat(names(
                            search,
                            ImageQuery.where()
                                    .description(TextTerm.parse("auditors kept"))
                                    .build(),
                            9))
                    .containsExactly("old");
            assertThat(names(
                            search,
                            ImageQuery.where()
                                    .text(TextTerm.parse("bookworm web"))
                                    .build(),
                            9))
                    .containsExactly("web-1");
            assertThat(names(
                            search,
                            ImageQuery.where()
                                    .os(TextTerm.parse("debian"))
                                    .osVersion(TextTerm.parse("/^1[34]/"))
                                    .build(),
                            9))
                    .containsExactly("web-2");
            assertThat(names(
                            search,
                            ImageQuery.where()
                                    .architecture("amd64")
                                    .noneOf(PackageTerm.parse("nginx"))
                                    .build(),
                            9))
                    .containsExactly("db");
            assertThat(names(
                            search,
                            ImageQuery.where()
                                    .modifiedBefore(Instant.parse("2021-01-01T00:00:00Z"))
                                    .build(),
                            9))
                    .containsExactly("old");
            assertThat(names(
                            search,
                            ImageQuery.where()
                                    .modifiedAfter(Instant.parse("2021-01-01T00:00:00Z"))
                                    .build(),
                            9))
                    .hasSize(4);
            assertThat(names(search, ImageQuery.where().repository("lab").build(), 9))
                    .hasSize(5);
            assertThat(names(search, ImageQuery.where().repository("elsewhere").build(), 9))
                    .isEmpty();
            assertThat(names(
                            search,
                            ImageQuery.where()
                                    .location(TextTerm.parse("/images/db"))
                                    .build(),
                            9))
                    .hasSize(1);

            ImageAnswer files = search.search(
                    ImageQuery.where()
                            .file(FileTerm.parse("libc.so.?"))
                            .file(FileTerm.parse("/usr/sbin/nginx"))
                            .allOf(PackageTerm.parse("nginx<1.26"))
                            .build(),
                    PageRequest.first(9));
            assertThat(files.hits().items()).extracting(ImageHit::name).containsExactly("web-1");
            assertThat(files.hits().items().getFirst().packages()).hasSize(1);
            assertThat(files.hits().items().getFirst().operatingSystems())
                    .containsExactly("Debian GNU/Linux 12 (bookworm)");
            assertThat(files.unindexed()).isEqualTo(2);
            // The one of the basic level has another version of nginx, so that its files would not matter.
            assertThat(files.withoutFiles()).isZero();
            assertThat(files.notes()).contains("unindexed images not searched: 2");

            assertThat(search.search(
                                    ImageQuery.where()
                                            .anyOf(PackageTerm.parse("nosuch"))
                                            .build(),
                                    PageRequest.first(1))
                            .notes())
                    .anyMatch(note -> note.contains("nosuch"));
            assertThatThrownBy(() -> search.search(
                            ImageQuery.where().name(TextTerm.parse("/(a/")).build(), PageRequest.first(1)))
                    .isInstanceOf(QueryProblem.class);
        }
    }
}
