package dev.stemma.graph.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.GraphExtension.EmptiedBeforeEachTest;
import dev.stemma.graph.id.Reference;
import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
@EmptiedBeforeEachTest
class CatalogIT {

    private static final Instant MODIFIED = Instant.parse("2026-03-01T10:00:00.123456789Z");

    private final BoltGraph graph;
    private final Catalog catalog;

    CatalogIT(BoltGraph graph) {
        this.graph = graph;
        this.catalog = Catalog.open(graph);
    }

    @Test
    void anImageIsFoundAsItWasRegistered() {
        Image image = register("web", "/images/web.qcow2");
        assertThat(image.id()).matches("img-[0-9a-f]{20}");
        assertThat(image.modifiedAt()).isEqualTo(MODIFIED);
        assertThat(image.state()).isEqualTo(Image.State.ACTIVE);
        assertThat(image.description()).isEmpty();
        assertThat(catalog.findImage(image.id())).contains(image);
        assertThat(catalog.findImageAt("/images/web.qcow2")).contains(image);
        assertThat(catalog.findImage("img-00000000000000000000")).isEmpty();
    }

    @Test
    void theSameLocationIsTheSameImage() {
        Image first = register("web", "/images/web.qcow2");
        catalog.setState(first.id(), Image.State.MISSING);
        Image second = register("web2", "/images/web.qcow2");
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.registeredAt()).isEqualTo(first.registeredAt());
        assertThat(second.name()).isEqualTo("web2");
        assertThat(second.state()).isEqualTo(Image.State.ACTIVE);
        assertThat(catalog.images(ImageFilter.ALL, Optional.empty(), 10).items())
                .hasSize(1);
    }

    @Test
    void anImageIsMeantByIdByPartOfItAndByName() {
        Image web = register("web", "/images/web.qcow2");
        register("db", "/images/db.qcow2");
        for (String typed : List.of(web.id(), web.id().substring(0, 12), "web")) {
            assertThat(catalog.findImage(Reference.parse(typed))).as(typed).contains(web);
        }
        assertThat(catalog.findImage(Reference.parse("nothing"))).isEmpty();
    }

    @Test
    void aNameThatFitsSeveralListsThem() {
        Image one = register("web", "/a/web.qcow2");
        Image two = register("web", "/b/web.qcow2");
        AmbiguousReference e =
                catchThrowableOfType(AmbiguousReference.class, () -> catalog.findImage(Reference.parse("web")));
        assertThat(e.candidates()).containsExactlyInAnyOrder(one, two);
        assertThat(e).hasMessageContaining("/a/web.qcow2").hasMessageContaining("/b/web.qcow2");
    }

    @Test
    void anImageIsMeantByTheStartOfItsContentsDigest() {
        Image now = register("now", "/images/now.raw");
        Image once = register("once", "/images/once.raw");
        String digest = "abcdef".repeat(10) + "0123";
        graph.write(new Statement(
                "MATCH (a:Image {id: $now}), (b:Image {id: $once}) CREATE (v:Inventory {id: $digest, sequence: 1})"
                        + " CREATE (a)-[:HAS_INVENTORY]->(v) CREATE (b)-[:HAS_INVENTORY {until: datetime()}]->(v)",
                Map.of("now", now.id(), "once", once.id(), "digest", digest)));
        assertThat(catalog.findImage(Reference.parse("abcdefab"))).contains(now);
        assertThat(catalog.findImage(Reference.parse("sha256:" + digest))).contains(now);
        assertThat(catalog.findImage(Reference.parse("abcdefff"))).isEmpty();

        graph.write(new Statement("MATCH (b {id: $once})-[h]->() REMOVE h.until", Map.of("once", once.id())));
        assertThatThrownBy(() -> catalog.findImage(Reference.parse("abcdef"))).isInstanceOf(AmbiguousReference.class);
    }

    @Test
    void aNameWithAColonIsFoundWhereNoChainHasIt() {
        Image image = register("web:1.2", "/images/colon.raw");
        assertThat(catalog.findImage(Reference.parse("web:1.2"))).contains(image);
    }

    @Test
    void versionsBranchesAndChannelsAreFoundByWhatPeopleCallThem() {
        Image first = register("web:1.1", "stemma:ver-1");
        Image second = register("web:1.2", "stemma:ver-2");
        Image moved = register("app:1.1", "stemma:ver-3");
        Image branch = register("lab", "/images/lab.raw");
        graph.write(new Statement(
                """
                        MATCH (first:Image {id: $first}), (second:Image {id: $second}), (moved:Image {id: $moved}), (branch:Image {id: $branch})
                        CREATE (web:VersionChain {id: 'chn-1', name: 'web', last: 3}), (app:VersionChain {id: 'chn-2', name: 'app', last: 1})
                        CREATE (web)-[:HAS_VERSION {number: '1.1'}]->(first), (web)-[:HAS_VERSION {number: '1.2'}]->(second)
                        CREATE (web)-[:HAD_VERSION {number: '1.3'}]->(moved), (app)-[:HAS_VERSION {number: '1.1'}]->(moved)
                        CREATE (second)-[:HAS_BRANCH {number: 2}]->(branch)
                        CREATE (web)-[:HAS_CHANNEL]->(:Channel {id: 'chl-1', name: 'stable'})-[:POINTS_TO]->(first)
                        """, Map.of("first", first.id(), "second", second.id(), "moved", moved.id(), "branch", branch.id())));

        Map.of(
                        "web:1", first,
                        "web:1.1", first,
                        "web:2", second,
                        "web:1.2", second,
                        "web:1.2.2", branch,
                        "web:1.3", moved,
                        "app:1", moved,
                        "web:stable", first)
                .forEach((typed, image) -> assertThat(catalog.findImage(Reference.parse(typed)))
                        .as(typed)
                        .contains(image));
        for (String typed : List.of("web:4", "web:1.2.1", "web:2.2", "app:stable", "app:1.1.1", "web:1.2.2.1")) {
            assertThat(catalog.findImage(Reference.parse(typed))).as(typed).isEmpty();
        }
    }

    @Test
    void pagesTogetherAreTheWholeListInOrder() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            // Every third name occurs twice.
            expected.add(register("image-" + (i % 3 == 2 ? i - 1 : i), "/images/%02d.raw".formatted(i))
                    .name());
        }
        expected.sort(null);
        List<String> seen = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        Optional<Cursor> after = Optional.empty();
        do {
            Page<Image> page = catalog.images(ImageFilter.ALL, after, 4);
            page.items().forEach(image -> {
                seen.add(image.name());
                ids.add(image.id());
            });
            after = page.next().map(cursor -> Cursor.parse(cursor.token()));
        } while (after.isPresent());
        assertThat(seen).isEqualTo(expected);
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void aFilterLeavesOutWhatDoesNotFit() {
        catalog.put(new Repository("lab", "Lab", Repository.Kind.OPERATIONAL, "directory", "file:///lab"));
        Image here = catalog.register(
                new Registration("web-here", "raw", "/lab/web.raw", 10, 5, MODIFIED, Optional.of("lab")));
        Image gone = register("web-gone", "/images/gone.qcow2");
        catalog.setState(gone.id(), Image.State.MISSING);
        register("db", "/images/db.qcow2");
        assertThat(names(new ImageFilter(Optional.of("web"), Optional.empty(), Optional.empty(), Optional.empty())))
                .containsExactly("web-gone", "web-here");
        assertThat(names(new ImageFilter(
                        Optional.of("web"), Optional.empty(), Optional.of(Image.State.ACTIVE), Optional.empty())))
                .containsExactly("web-here");
        assertThat(names(new ImageFilter(Optional.empty(), Optional.of("raw"), Optional.empty(), Optional.of("lab"))))
                .containsExactly(here.name());
        assertThat(names(new ImageFilter(
                        Optional.of("') DETACH DELETE image //"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())))
                .isEmpty();
    }

    @Test
    void aRepositoryIsReplacedByItsId() {
        catalog.put(new Repository("lab", "Lab", Repository.Kind.OPERATIONAL, "directory", "file:///lab"));
        Repository moved = new Repository("lab", "Lab 2", Repository.Kind.OPERATIONAL, "directory", "file:///lab2");
        catalog.put(moved);
        assertThat(catalog.repositories()).containsExactly(moved);
        assertThat(catalog.findRepository("lab")).contains(moved);
        assertThat(catalog.findRepository("other")).isEmpty();
    }

    @Test
    void aCursorThatSomebodyMadeUpIsRefused() {
        assertThatThrownBy(() -> Cursor.parse("%%")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cursor.parse("QUJD")).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> names(ImageFilter filter) {
        return catalog.images(filter, Optional.empty(), 10).items().stream()
                .map(Image::name)
                .toList();
    }

    private Image register(String name, String location) {
        return catalog.register(
                new Registration(name, "qcow2", location, 1 << 30, 1 << 20, MODIFIED, Optional.empty()));
    }
}
