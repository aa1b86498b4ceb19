package dev.stemma.queries.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Basis;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.inference.InferredForest.Edge;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.similarity.FileContents;
import dev.stemma.queries.similarity.Sketcher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A small family whose history is written here: base → web → shop, base → db, and a machine that somebody else installed. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class InferenceFinderIT {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_700_000_000L * SECOND;

    private final Graph graph;
    private final Map<String, List<Object[]>> files = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private Library library;

    InferenceFinderIT(Graph graph) {
        this.graph = graph;
        this.library = new Library(graph);
    }

    /** What a manifest would list. */
    private final class Source implements GuestFileSource {
        @Override
        public boolean each(Digest manifest, Visitor visitor) {
            List<Object[]> listed = files.get(manifest.hex());
            if (listed == null) {
                return false;
            }
            listed.forEach(file -> visitor.file(
                    (String) file[0],
                    Digest.sha256(((String) file[1]).getBytes(StandardCharsets.UTF_8)),
                    (long) file[2],
                    (long) file[3]));
            return true;
        }

        @Override
        public Optional<String> text(Digest content) {
            return Optional.ofNullable(texts.get(content.hex()));
        }
    }

    private static Object[] file(String path, String content, long inode, long seconds) {
        return new Object[] {path, content, inode, START + seconds * SECOND + 1 + inode};
    }

    private static void written(List<Object[]> files, String name, long inode, long seconds) {
        for (int i = 0; i < 12; i++) {
            files.add(file("/srv/" + name + "/" + i, name + i, inode + i, seconds + i));
        }
    }

    private void index(String name, Guest guest, String uuid, List<Object[]> listed, String... log) {
        String inventory = library.index(name, guest, Level.FULL);
        String manifest = graph.read(new Statement(
                        "MATCH (i:Inventory {id: $id}) RETURN i.manifest AS manifest", Map.of("id", inventory)))
                .getFirst()
                .text("manifest");
        List<Object[]> all = new ArrayList<>(listed);
        String text = String.join("\n", log) + "\n";
        texts.put(Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex(), text);
        all.add(file("/var/log/dpkg.log", text, 99, 0));
        files.put(manifest, all);
        graph.write(new Statement(
                """
                MATCH (:Inventory {id: $id})-[:HAS_VOLUME]->()-[:HAS_PARTITION]->()-[:HOLDS]->(system)
                SET system.uuid = $uuid, system.createdAt = $made
                """, Map.of("id", inventory, "uuid", uuid, "made", Instant.parse("2023-11-01T00:00:00Z"))));
    }

    private static Guest guest(String salt) {
        Guest guest = new Guest().file("/etc/salt", salt).os("debian", "12", "Debian GNU/Linux 12");
        for (int i = 0; i < 60; i++) {
            guest.install("base" + i, "1." + i);
        }
        return guest;
    }

    @BeforeEach
    void family() {
        library = new Library(graph);
        files.clear();
        List<Object[]> base = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            base.add(file("/etc/conf" + i, "base " + i, 100 + i, i));
        }
        String installed = "2023-11-02 10:00:00 install base:amd64 <none> 1";
        index("base", guest("base"), "uuid-1", base, installed);
        List<Object[]> web = new ArrayList<>(base);
        web.add(file("/etc/nginx.conf", "web", 300, 5_000));
        web.set(3, file("/etc/conf3", "web", 103, 5_001));
        written(web, "web", 310, 5_002);
        String nginx = "2023-11-03 10:00:00 install nginx:amd64 <none> 1";
        Guest webGuest = guest("web").install("nginx", "1.22");
        index("web", webGuest, "uuid-1", web, installed, nginx);
        List<Object[]> shop = new ArrayList<>(web);
        shop.add(file("/srv/shop", "shop", 400, 9_000));
        String php = "2023-11-04 10:00:00 install php:amd64 <none> 1";
        index(
                "shop",
                webGuest.copy().file("/etc/salt", "shop").install("php", "8"),
                "uuid-1",
                shop,
                installed,
                nginx,
                php);
        List<Object[]> db = new ArrayList<>(base);
        db.add(file("/var/lib/db", "db", 500, 7_000));
        db.set(4, file("/etc/conf4", "db", 104, 7_001));
        written(db, "db", 510, 7_002);
        index(
                "db",
                guest("db").install("postgresql", "15"),
                "uuid-1",
                db,
                installed,
                "2023-11-05 10:00:00 install postgresql:amd64 <none> 1");
        List<Object[]> alone = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            alone.add(file("/etc/conf" + i, "alone " + i, 200 + i, 100 + i));
        }
        index(
                "alone",
                guest("alone").install("nginx", "1.22"),
                "uuid-2",
                alone,
                "2023-12-02 10:00:00 install base:amd64 <none> 1");
        new Sketcher(graph, FileContents.NONE).sketchMissing();
    }

    private InferredFamily around(String name, int members) {
        return new InferenceFinder(graph, new Source())
                .around(new References(graph).require(Library.imageId(name)), members);
    }

    private static Map<String, String> parents(InferredFamily family) {
        Map<String, String> parents = new HashMap<>();
        for (Edge edge : family.edges()) {
            parents.put(edge.childId(), edge.parentId());
        }
        return parents;
    }

    @Test
    void theFamilyIsFoundFromEachOfItsMembers() {
        Map<String, String> expected = Map.of(
                Library.imageId("web"), Library.imageId("base"),
                Library.imageId("shop"), Library.imageId("web"),
                Library.imageId("db"), Library.imageId("base"));
        for (String name : List.of("base", "web", "shop", "db")) {
            InferredFamily family = around(name, 50);
            assertThat(parents(family)).as(name).isEqualTo(expected);
            assertThat(family.contradictions()).isEmpty();
            assertThat(family.members()).extracting(InferredFamily.Member::name).contains("base", "web", "shop", "db");
            assertThat(family.edges()).allSatisfy(edge -> assertThat(edge.evidence())
                    .anySatisfy(evidence -> assertThat(evidence.feature()).isEqualTo("NEAREST")));
        }
    }

    @Test
    void nothingIsWritten() {
        String counts =
                "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS relationships";
        Row before = graph.read(Statement.of(counts)).getFirst();
        around("web", 50);
        assertThat(graph.read(Statement.of(counts)).getFirst()).isEqualTo(before);
    }

    @Test
    void whatIsRecordedIsConfirmedOrContradictedAndNeverInTheWay() {
        library.derive("web", "base", "copy", Basis.RECORDED, Optional.empty());
        library.derive("shop", "db", "copy", Basis.RECORDED, Optional.empty());
        library.derive("base", "db", "backing-file", Basis.OBSERVED, Optional.empty());
        library.derive("alone", "base", "copy", Basis.INFERRED, Optional.of(0.3));
        InferredFamily family = around("web", 50);
        assertThat(family.confirmed()).isEqualTo(1);
        assertThat(family.contradictions())
                .extracting(InferredFamily.Contradiction::childId)
                .containsExactlyInAnyOrder(Library.imageId("shop"), Library.imageId("base"));
        assertThat(family.contradictions())
                .extracting(InferredFamily.Contradiction::words)
                .anySatisfy(words ->
                        assertThat(words).contains("shop derives from db as it was recorded (copy)", "shop from web"))
                .anySatisfy(words -> assertThat(words)
                        .contains("base derives from db as it was observed (backing-file)", "the other way round"));
        assertThat(parents(family)).hasSize(3);
    }

    @Test
    void whetherTwoAreSiblingsOrParentAndChildStaysOpenWithoutTheirParent() {
        graph.write(new Statement(
                "MATCH (i:Image {id: $id})-[h:HAS_INVENTORY]->() SET h.until = $now",
                Map.of("id", Library.imageId("base"), "now", Instant.now())));
        InferredFamily family = around("db", 50);
        assertThat(family.members()).extracting(InferredFamily.Member::name).doesNotContain("base");
        assertThat(parents(family)).isEqualTo(Map.of(Library.imageId("shop"), Library.imageId("web")));
        // Either of the two may come from the other as well, and then nothing is proposed above them.
        assertThat(family.undecided())
                .extracting(InferredForest.Undecided::imageId)
                .containsAnyOf(Library.imageId("web"), Library.imageId("db"));
        assertThat(family.hidden()).isEmpty();
    }

    @Test
    void boundsAreKeptAndTold() {
        InferredFamily family = around("web", 2);
        assertThat(family.members()).hasSize(2);
        assertThat(family.notes()).anySatisfy(note -> assertThat(note).startsWith("only the 2 images"));
        assertThatThrownBy(() -> around("web", 101)).isInstanceOf(QueryProblem.class);
        library.register("never");
        assertThatThrownBy(() -> around("never", 50))
                .isInstanceOfSatisfying(QueryProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo(QueryProblem.Code.NOT_INDEXED));
    }

    @Test
    void copiesOfOneInventoryAreOneMember() {
        library.register("twin");
        graph.write(new Statement(
                "MATCH (i:Image {id: $twin}), (:Image {id: $web})-[:HAS_INVENTORY]->(inventory) CREATE"
                        + " (i)-[:HAS_INVENTORY {observedAt: $now}]->(inventory)",
                Map.of("twin", Library.imageId("twin"), "web", Library.imageId("web"), "now", Instant.now())));
        InferredFamily family = around("twin", 50);
        assertThat(parents(family)).hasSize(3);
        assertThat(family.members().stream().filter(member -> !member.copies().isEmpty()))
                .singleElement()
                .satisfies(member -> {
                    assertThat(member.name()).as("the one asked about").isEqualTo("twin");
                    assertThat(member.copies()).containsExactly(Library.imageId("web"));
                });
    }

    @Test
    void withoutFilesLessIsCertain() {
        InferredFamily family = new InferenceFinder(graph, GuestFileSource.NONE)
                .around(new References(graph).require(Library.imageId("web")), 50);
        assertThat(family.edges())
                .allSatisfy(edge -> assertThat(edge.confidence()).isLessThan(0.9));
        assertThat(family.notes()).anySatisfy(note -> assertThat(note).contains("files could not be compared"));
    }
}
