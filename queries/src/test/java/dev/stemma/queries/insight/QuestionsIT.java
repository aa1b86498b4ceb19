package dev.stemma.queries.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.graph.store.ReadOnlyCypher;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.problem.QueryProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Four images of which all is known: two web servers, one of them broken, and two databases. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class QuestionsIT {

    private final BoltGraph graph;
    private final Questions questions;

    @TempDir
    Path directory;

    QuestionsIT(BoltGraph graph) {
        this.graph = graph;
        this.questions = new Questions(new ReadOnlyCypher(graph), Path.of("/nowhere"));
    }

    @BeforeEach
    void library() {
        Library library = new Library(graph);
        Guest web = new Guest()
                .os("debian", "12", "Debian GNU/Linux 12 (bookworm)")
                .install("nginx", "1.22", "/usr/sbin/nginx")
                .install("openssl", "3.0.9", "/usr/bin/openssl");
        library.index("web", web);
        library.index("broken", web.copy().install("left-pad", "1", "/usr/share/left-pad"));
        Guest database = new Guest()
                .install("postgresql", "15", "/usr/bin/psql")
                .install("openssl", "3.0.11", "/usr/bin/openssl");
        library.index("db-1", database);
        library.index("db-2", database.copy().file("/etc/other", "other"));
        for (String name : List.of("db-1", "db-2")) {
            fact(
                    name,
                    "HAS_ROLE",
                    "Role",
                    Map.of("id", "database-server"),
                    Map.of("reasons", List.of("postgresql runs")));
            fact(name, "HAS_HOST_KEY", "SshKey", Map.of("id", "SHA256:k", "keyType", "ed25519"), Map.of());
        }
        fact("web", "HAS_HOST_KEY", "SshKey", Map.of("id", "SHA256:w", "keyType", "ed25519"), Map.of());
        for (String name : List.of("web", "db-1")) {
            fact(
                    name,
                    "IDENTIFIED_BY",
                    "HostIdentity",
                    Map.of("id", name, "machineId", "0123", "machineIdState", "set"),
                    Map.of());
        }
        fact("broken", "ENABLES", "Service", Map.of("id", "service/debug", "name", "debug"), Map.of());
        fact("web", "HOLDS_CERTIFICATE", "Certificate", certificate("soon", 10), Map.of("path", "/etc/nginx/web.pem"));
        fact(
                "web",
                "HOLDS_CERTIFICATE",
                "Certificate",
                certificate("later", 50),
                Map.of("path", "/etc/nginx/later.pem"));
        fact(
                "web",
                "HOLDS_CERTIFICATE",
                "Certificate",
                certificate("authority", -5),
                Map.of("path", "/etc/ssl/certs/a.pem"));
    }

    private static Map<String, Object> certificate(String name, int days) {
        return Map.of(
                "id",
                name,
                "subject",
                "CN=" + name,
                "issuer",
                "CN=us",
                "notAfter",
                Instant.now().plus(days, ChronoUnit.DAYS).atZone(ZoneOffset.UTC));
    }

    private void fact(String image, String relation, String label, Map<String, Object> fact, Map<String, Object> held) {
        graph.write(new Statement(
                "MATCH (:Image {name: $image})-[:HAS_INVENTORY]->(i:Inventory) MERGE (f:" + label
                        + " {id: $id}) SET f = $fact CREATE (i)-[r:" + relation + "]->(f) SET r = $held",
                Map.of("image", image, "id", fact.get("id"), "fact", fact, "held", held)));
    }

    private List<List<Object>> ask(String name, Map<String, String> given, String... columns) {
        ReadOnlyCypher.Answer answer = questions.ask(questions.require(name), given, ReadOnlyCypher.Limits.STANDARD);
        return answer.rows().stream()
                .map(row -> Stream.of(columns).map(row.values()::get).toList())
                .toList();
    }

    @Test
    void databasesAreFoundByTheirRole() {
        assertThat(ask("databases", Map.of(), "image", "because"))
                .containsExactly(
                        List.of("db-1", List.of("postgresql runs")), List.of("db-2", List.of("postgresql runs")));
    }

    @Test
    void certificatesAreToldInTheOrderInWhichTheyEnd() {
        assertThat(ask("expiring-certificates", Map.of(), "subject", "image", "path"))
                .containsExactly(List.of("CN=soon", "web", "/etc/nginx/web.pem"));
        assertThat(ask("expiring-certificates", Map.of("days", "60", "authorities", "yes"), "subject"))
                .containsExactly(List.of("CN=authority"), List.of("CN=soon"), List.of("CN=later"));
    }

    @Test
    void whatIsSharedThatShouldNotBe() {
        assertThat(ask("shared-host-keys", Map.of(), "key", "number")).containsExactly(List.of("SHA256:k", 2L));
        assertThat(ask("shared-machine-ids", Map.of(), "machineId", "number")).containsExactly(List.of("0123", 2L));
    }

    @Test
    void whatOneImageAloneHas() {
        assertThat(ask("rare-software", Map.of(), "package", "images"))
                .containsExactly(List.of("left-pad", List.of("broken")));
        assertThat(ask("rare-software", Map.of("most", "2"), "package"))
                .containsExactlyInAnyOrder(List.of("left-pad"), List.of("nginx"), List.of("postgresql"));
    }

    @Test
    void whichVersionsAreWhere() {
        assertThat(ask("package-versions", Map.of("package", "openssl"), "version", "number"))
                .containsExactlyInAnyOrder(List.of("3.0.9", 2L), List.of("3.0.11", 2L));
        assertThatThrownBy(() -> ask("package-versions", Map.of()))
                .isInstanceOf(QueryProblem.class)
                .hasMessageContaining("wants to be told package");
    }

    @Test
    void whichImagesLackAFix() {
        graph.write(new Statement(
                "MATCH (v:PackageVersion)-[:VERSION_OF]->(p:Package) SET v.source = p.name, v.sourceVersion = v.version",
                Map.of()));
        Map<String, String> given = Map.of("source", "openssl", "fixed", "3.0.11");
        assertThat(ask("unpatched", given, "image", "version"))
                .containsExactly(List.of("broken", "3.0.9"), List.of("web", "3.0.9"));
        assertThat(ask("unpatched", Map.of("source", "openssl", "fixed", "3.0.9", "os", "debian"), "image"))
                .isEmpty();
    }

    @Test
    void whatFailingMachinesHaveAndHealthyOnesLack() {
        assertThat(ask("failing-machines", Map.of("failing", "broken", "healthy", "web,db-1"), "what", "thing"))
                .containsExactly(
                        List.of("ENABLES", "debug"), List.of("INSTALLS", "pkg:deb/debian/left-pad@1?arch=amd64"));
    }

    @Test
    void whatNobodyUses() {
        assertThat(ask("unused-images", Map.of(), "image")).hasSize(4);
        graph.write(new Statement(
                "MATCH (a:Image {name: 'web'}), (b:Image {name: 'broken'}) CREATE (b)-[:DERIVED_FROM]->(a)", Map.of()));
        assertThat(ask("unused-images", Map.of(), "image"))
                .containsExactlyInAnyOrder(List.of("broken"), List.of("db-1"), List.of("db-2"));
    }

    @Test
    void allThatAreInTheJarAreNamedAndCanBeRead() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/questions"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Questions.BUILT_IN.stream()
                            .map(name -> name + ".cypher")
                            .toList());
        }
        assertThat(questions.all()).hasSameSizeAs(Questions.BUILT_IN).allSatisfy(known -> assertThat(known.question())
                .isPresent());
    }

    @Test
    void onesOwnAreAddedAndReadOnly() throws IOException {
        Files.writeString(
                directory.resolve("count.cypher"),
                "// Question: How many images?\nMATCH (i:Image) RETURN count(i) AS n");
        Files.writeString(directory.resolve("bad.cypher"), "RETURN 1");
        Files.writeString(directory.resolve("writes.cypher"), "// Question: Gone?\nMATCH (n) DETACH DELETE n");
        Questions own = new Questions(new ReadOnlyCypher(graph), directory);
        assertThat(own.all())
                .filteredOn(known -> known.name().equals("bad"))
                .singleElement()
                .satisfies(known -> assertThat(known.problem())
                        .hasValueSatisfying(problem -> assertThat(problem).contains("line 1")));
        assertThat(own.ask(own.require("count"), Map.of(), ReadOnlyCypher.Limits.STANDARD)
                        .rows())
                .singleElement()
                .satisfies(row -> assertThat(row.values()).containsEntry("n", 4L));
        assertThatThrownBy(() -> own.ask(own.require("writes"), Map.of(), ReadOnlyCypher.Limits.STANDARD))
                .isInstanceOfSatisfying(
                        GraphException.class, e -> assertThat(e.kind()).isEqualTo(GraphException.Kind.READ_ONLY));
        assertThatThrownBy(() -> own.require("../token"))
                .isInstanceOfSatisfying(
                        QueryProblem.class, e -> assertThat(e.code()).isEqualTo(QueryProblem.Code.NOT_FOUND));
    }
}
