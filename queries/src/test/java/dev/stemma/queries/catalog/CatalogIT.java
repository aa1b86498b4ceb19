package dev.stemma.queries.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.drift.DriftOptions;
import dev.stemma.queries.drift.FileChange;
import dev.stemma.queries.drift.PackageChange;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.PackageFacts;
import dev.stemma.queries.inventory.PackageFilter;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A catalog that was imported, held against the generator's own collections and against the same images written one by one. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class CatalogIT {

    private static final int IMAGES = 200;
    private static final int PACKAGES = 300;
    private static final int WITH_FILES = 20;
    private static final int WRITTEN_BY_ONE = 26;

    private static final SyntheticCatalog CATALOG =
            new SyntheticCatalog(Long.getLong("seed", 20_261_128L), IMAGES, PACKAGES);
    private static final CatalogFiles FILES = new CatalogFiles(CATALOG.table());
    private static final List<CatalogImage> LOADED = new ArrayList<>();

    @TempDir
    static Path folder;

    private static @Nullable CatalogGraph imported;

    private final Graph writtenByOne;
    private final Graph graph;

    CatalogIT(Graph writtenByOne) {
        this.writtenByOne = writtenByOne;
        graph = Objects.requireNonNull(imported).graph();
    }

    @BeforeAll
    static void load() throws Exception {
        CatalogGraph loaded = CatalogGraph.load(CATALOG, folder, image -> Optional.of(depth(image)), LOADED::add);
        System.out.println(loaded.report());
        imported = loaded;
    }

    @AfterAll
    static void close() {
        if (imported != null) {
            imported.close();
        }
    }

    private static Depth depth(CatalogImage image) {
        return image.number() < WITH_FILES ? Depth.FILES : Depth.PACKAGES;
    }

    private static Guest guest(CatalogImage image) {
        Guest guest = new Guest().os(image.operatingSystem());
        for (int version : image.packages()) {
            guest.install(CATALOG.table().get(version));
        }
        if (depth(image) == Depth.FILES) {
            FILES.entries(image, Depth.FILES).forEach(guest::put);
        }
        return guest;
    }

    @Test
    void whatIsImportedIsWhatIsWrittenOneByOne() {
        Library library = new Library(writtenByOne);
        List<CatalogImage> some = LOADED.subList(0, WRITTEN_BY_ONE);
        for (CatalogImage image : some) {
            library.index(image.name(), guest(image), depth(image) == Depth.FILES ? Level.FULL : Level.BASIC);
        }
        Statement groups = Statement.of(
                "MATCH (image:Image WHERE image.name IN $names)-[:HAS_INVENTORY]->(i)-[h:HAS_PACKAGES]->(g)-[s:INSTALLS]->(v)-[:VERSION_OF]->(p)"
                        + " RETURN DISTINCT image.name AS name, h.index AS index, g.id AS id, g.packages AS packages, s {.*} AS installed,"
                        + " v {.purl, .version, .architecture} AS version, p {.*} AS package");
        Statement roots = Statement.of(
                "MATCH (image:Image WHERE image.name IN $names)-[:HAS_INVENTORY]->()-[:HAS_VOLUME]->()-[:HAS_PARTITION]->()-[:HOLDS]->()-[r:ROOT]->(d)"
                        + " RETURN image.name AS name, r {.*} AS attributes, d.id AS id");
        Statement trees = Statement.of(
                "MATCH (d:Directory|DirectoryChunk)-[r:ENTRY|CHUNK]->(below)"
                        + " RETURN d.id AS id, type(r) AS type, r {.*} AS attributes, labels(below) AS labels, below {.*} AS below");
        Map<String, Object> names =
                Map.of("names", some.stream().map(CatalogImage::name).toList());
        for (Statement statement : List.of(groups, roots, trees)) {
            Set<Row> expected = rows(writtenByOne, statement.with(names));
            assertThat(expected).hasSizeGreaterThanOrEqualTo(WITH_FILES);
            assertThat(rows(graph, statement.with(names))).isEqualTo(expected);
        }
    }

    private static Set<Row> rows(Graph graph, Statement statement) {
        Set<Row> rows = new HashSet<>();
        graph.stream(statement, rows::add);
        return rows;
    }

    @Test
    void theGraphAnswersWhatTheGeneratorSays() {
        InventoryView view = new InventoryView(graph);
        Map<Integer, CatalogImage> byNumber = LOADED.stream().collect(Collectors.toMap(CatalogImage::number, i -> i));
        for (CatalogImage image : LOADED) {
            if (image.number() % 10 != 0) {
                continue;
            }
            var shown = view.show(image.id());
            assertThat(shown.image().name()).isEqualTo(image.name());
            assertThat(shown.operatingSystems()).containsExactly(image.operatingSystem());
            assertThat(shown.parents().stream().map(kin -> kin.name() + " " + kin.kind()))
                    .isEqualTo(
                            image.parent() < 0
                                    ? List.of()
                                    : List.of(Objects.requireNonNull(byNumber.get(image.parent()))
                                                    .name() + " " + image.derivation()));
            assertThat(view.packages(image.id(), PackageFilter.ALL, PageRequest.first(1_000))
                            .items())
                    .extracting(PackageFacts::purl)
                    .containsExactlyInAnyOrderElementsOf(purls(image));
        }
    }

    private static Set<String> purls(CatalogImage image) {
        return java.util.Arrays.stream(image.packages())
                .mapToObj(version -> CATALOG.table().get(version).purl())
                .collect(Collectors.toSet());
    }

    @Test
    void driftIsWhatTheGeneratorChanged() {
        DriftFinder finder = new DriftFinder(graph);
        int compared = 0;
        for (CatalogImage image : LOADED.subList(1, WITH_FILES)) {
            if (image.parent() < 0) {
                continue;
            }
            CatalogImage parent = LOADED.get(image.parent());
            Map<String, Payload> before = contents(parent);
            Map<String, Payload> after = contents(image);
            Set<String> paths = differing(before, after);
            // Directories that come and go with their files are told too.
            assertThat(changed(finder, parent, image).stream()
                            .filter(path -> before.containsKey(path) || after.containsKey(path)))
                    .containsExactlyInAnyOrderElementsOf(paths);
            assertThat(finder.drift(parent.inventoryId(), image.inventoryId(), DriftOptions.all(1))
                            .packages()
                            .orElseThrow()
                            .changes())
                    .extracting(PackageChange::name)
                    .containsExactlyInAnyOrderElementsOf(differing(versions(parent), versions(image)));
            compared += paths.size();
        }
        assertThat(compared).isGreaterThan(100);
    }

    private static List<String> changed(DriftFinder finder, CatalogImage parent, CatalogImage image) {
        List<String> paths = new ArrayList<>();
        PageRequest page = PageRequest.first(1_000);
        while (true) {
            Page<FileChange> changes = finder.drift(
                            parent.inventoryId(),
                            image.inventoryId(),
                            new DriftOptions(Set.of(DriftOptions.Part.FILES), true, page))
                    .files()
                    .orElseThrow()
                    .changes();
            changes.items().forEach(change -> paths.add(change.path()));
            if (changes.next().isEmpty()) {
                return paths;
            }
            page = PageRequest.of(1_000, changes.next());
        }
    }

    private static <T> Set<String> differing(Map<String, T> before, Map<String, T> after) {
        Set<String> keys = new HashSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        return keys;
    }

    /** Files by their paths; directories left out. */
    private static Map<String, Payload> contents(CatalogImage image) {
        Map<String, Payload> contents = new HashMap<>();
        for (Entry entry : FILES.entries(image, Depth.FILES)) {
            if (entry.payload() instanceof Payload.File) {
                contents.put(entry.path().escaped(), entry.payload());
            }
        }
        return contents;
    }

    private static Map<String, String> versions(CatalogImage image) {
        Map<String, String> versions = new TreeMap<>();
        for (int version : image.packages()) {
            InstalledPackage installed = CATALOG.table().get(version);
            versions.put(installed.name(), installed.version());
        }
        return versions;
    }

    @Test
    void everyOwnedPathLeadsToWhatLiesThere() {
        CatalogImage image = LOADED.getFirst();
        Map<String, Payload> contents = contents(image);
        List<Row> rows = graph.read(Statement.of(
                        "MATCH (i:Inventory {id: $id})-[:HAS_PACKAGES]->()-[:INSTALLS]->(v)-[o:OWNS]->(f:File) RETURN o.path AS path, f.id AS id, f.sizeBytes AS size")
                .with(Map.of("id", image.inventoryId())));
        assertThat(rows).hasSizeGreaterThan(2_000);
        for (Row row : rows) {
            if (!image.edits().containsKey(row.text("path"))) {
                assertThat(contents.get(row.text("path")))
                        .isEqualTo(new Payload.File(row.number("size"), Optional.of(Digest.parse(row.text("id")))));
            }
        }
    }

    @Test
    void aSeedMakesTheSameImagesAgainAndFamiliesAreSkewed() {
        List<String> again = new ArrayList<>();
        new SyntheticCatalog(Long.getLong("seed", 20_261_128L), IMAGES, PACKAGES)
                .forEach(image ->
                        again.add(image.name() + image.modified() + purls(image).hashCode() + image.edits()));
        assertThat(again)
                .isEqualTo(LOADED.stream()
                        .map(image ->
                                image.name() + image.modified() + purls(image).hashCode() + image.edits())
                        .toList());
        SyntheticCatalog large = new SyntheticCatalog(7, 2_000, 500);
        Map<Integer, Integer> families = new HashMap<>();
        Map<Integer, Integer> root = new HashMap<>();
        IntSummaryStatistics packages = new IntSummaryStatistics();
        large.forEach(image -> {
            int of = image.parent() < 0 ? image.number() : Objects.requireNonNull(root.get(image.parent()));
            root.put(image.number(), of);
            families.merge(of, 1, Integer::sum);
            packages.accept(image.packages().length);
        });
        List<Integer> largest = families.values().stream()
                .sorted(java.util.Comparator.reverseOrder())
                .toList();
        assertThat(largest).hasSizeBetween(20, 50);
        assertThat(largest.subList(0, largest.size() / 5).stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isGreaterThan(1_000);
        assertThat(packages.getAverage()).isBetween(450.0, 550.0);
        assertThat(packages.getMax()).isLessThanOrEqualTo(625);
    }
}
