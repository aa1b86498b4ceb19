package dev.stemma.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.cli.Session;
import dev.stemma.api.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each question and each way it can fail, on one running service with its own Neo4j. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceIT {

    private static final String NS = "PREFIX stemma: <https://stemma.dev/ns#>\n";

    private Path directory = Path.of("/nonexistent");
    private Session stemma = new Session(new Home(Path.of("/nonexistent")));
    private Http http = new Http("", "");
    private TestImages images = new TestImages(Path.of("/"), Path.of("/"), Path.of("/"), Path.of("/"));
    private Session.Result batch = new Session.Result(-1, "", "", new byte[0]);

    @BeforeAll
    void aServiceThatHasIndexedABatch(@TempDir Path temporary) throws Exception {
        Path real = temporary.toRealPath();
        directory = real;
        stemma = new Session(new Home(real.resolve("home")));
        Session.Result up = stemma.run("up", "--port", "0", "--wait", "300");
        assertThat(up.code()).as(up.toString()).isZero();
        http = Http.of(stemma.home());
        images = TestImages.build(Files.createDirectory(real.resolve("images")));
        List<String> index =
                new ArrayList<>(List.of("index", "--allow", images.directory().toString()));
        images.amongBadOnes().forEach(image -> index.add(image.toString()));
        batch = stemma.run(index.toArray(String[]::new));
    }

    @AfterAll
    void theServiceEnds() {
        assertThat(stemma.run("down").code()).isZero();
    }

    private static TreeSet<String> texts(JsonNode list, String member) {
        TreeSet<String> texts = new TreeSet<>();
        list.forEach(each -> texts.add(each.path(member).asText()));
        return texts;
    }

    @Test
    void aBatchGoesOnAfterBadImagesAndNamesEachWithItsOwnProblem() {
        assertThat(batch.code()).as(batch.toString()).isEqualTo(1);
        assertThat(batch.out()).contains("base.raw →").contains("web.qcow2 →").contains("other.raw →");
        assertThat(batch.err())
                .contains("notes.txt")
                .contains("empty.img")
                .contains("cut.qcow2")
                .contains("gone.raw")
                .contains("4 of 7 images could not be indexed");
        JsonNode items = http.get("/api/v1/jobs").json().path("items").path(0).path("items");
        assertThat(items).hasSize(7);
        Map<String, String> outcomes = new java.util.TreeMap<>();
        items.forEach(item -> outcomes.put(
                Path.of(item.path("path").asText()).getFileName().toString(),
                item.path("problem").path("outcome").asText()));
        assertThat(outcomes)
                .containsEntry("base.raw", "")
                .containsEntry("notes.txt", "unreadable")
                .containsEntry("empty.img", "unreadable")
                .containsEntry("cut.qcow2", "unreadable")
                .containsEntry("gone.raw", "not-found");
        TreeSet<String> codes = new TreeSet<>();
        items.forEach(item -> codes.add(item.path("problem").path("code").asText()));
        assertThat(codes).as("each bad image its own code").hasSize(5);
    }

    @Test
    void oneBadImageEndsTheCommandWithTheExitCodeOfItsKind() {
        assertThat(stemma.run("index", images.directory().resolve("notes.txt").toString())
                        .code())
                .isEqualTo(4);
        assertThat(stemma.run("index", images.directory().resolve("gone.raw").toString())
                        .code())
                .isEqualTo(3);
    }

    @Test
    void pathsOutsideTheAllowedDirectoriesAreRefused() throws IOException {
        Path outside = Files.createDirectory(directory.toRealPath().resolve("outside"));
        Path copy = Files.copy(images.base(), outside.resolve("copy.raw"));
        Session.Result result = stemma.run("index", copy.toString());
        assertThat(result.code()).as(result.toString()).isEqualTo(5);
        Path link = Files.createSymbolicLink(images.directory().resolve("link.raw"), copy);
        assertThat(stemma.run("index", link.toString()).code())
                .as("by a link as well")
                .isEqualTo(5);
        assertThat(texts(Http.json(stemma, "jobs").path("items").path(0).path("items"), "state"))
                .containsExactly("failed");
        assertThat(Http.json(stemma, "jobs")
                        .path("items")
                        .path(0)
                        .path("items")
                        .path(0)
                        .path("problem")
                        .path("code")
                        .asText())
                .isEqualTo("path-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/images",
                "/api/v1/status",
                "/api/v1/jobs",
                "/api/v1/search",
                "/api/v1/packages",
                "/metrics",
                "/openapi",
                "/sparql?query=ASK%7B%7D",
                "/graphql?query=%7Bimages%7Bid%7D%7D",
                "/api/v1/reports/lineage?image=web"
            })
    void nothingIsAnsweredWithoutTheToken(String path) {
        Http.Answer without = http.signedInBy("").get(path);
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.type()).startsWith("application/problem+json");
        assertThat(without.json().path("code").asText()).isEqualTo("sign-in-required");
        assertThat(http.signedInBy("0".repeat(64)).get(path).status()).isEqualTo(401);
        assertThat(http.get(path).status()).isEqualTo(200);
    }

    @Test
    void cypherAndJobsAreRefusedWithoutTheTokenToo() {
        Http stranger = http.signedInBy("");
        assertThat(stranger.postJson("/cypher", Map.of("query", "RETURN 1")).status())
                .isEqualTo(401);
        assertThat(stranger.postJson("/graphql", Map.of("query", "{images{id}}"))
                        .status())
                .isEqualTo(401);
        assertThat(stranger.postJson("/api/v1/jobs", Map.of("paths", List.of("/x")))
                        .status())
                .isEqualTo(401);
        assertThat(stranger.post("/api/v1/shutdown", "application/json", "{}").status())
                .isEqualTo(401);
    }

    @Test
    void healthAndThePageNeedNoSignInAndOtherHostsGetNothing() throws Exception {
        Http stranger = http.signedInBy("");
        assertThat(stranger.get("/health/live").status()).isEqualTo(200);
        assertThat(stranger.get("/health/ready").json().path("status").asText()).isEqualTo("ready");
        Http.Answer page = stranger.get("/");
        assertThat(page.type()).startsWith("text/html");
        assertThat(page.text())
                .contains("<title>Stemma</title>")
                .doesNotContain("src=\"http", "href=\"http", "https://");
        assertThat(stranger.get("/stemma.js").status()).isEqualTo(200);
        try (java.net.Socket socket =
                new java.net.Socket("127.0.0.1", java.net.URI.create(http.url()).getPort())) {
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 403").contains("host-not-allowed");
        }
    }

    @Test
    void imagesAreListedAndShownAndPagedByCursor() {
        assertThat(texts(Http.json(stemma, "images").path("items"), "name")).contains("base", "web", "other");
        assertThat(stemma.run("images").out()).contains("NAME").contains("Debian GNU/Linux 12");
        assertThat(stemma.run("images", "--output", "csv").out()).startsWith("name,operating_system,level");
        JsonNode first = http.get("/api/v1/images?limit=1").json();
        assertThat(first.path("items")).hasSize(1);
        JsonNode second = http.get(
                        "/api/v1/images?limit=1&cursor=" + first.path("next").asText())
                .json();
        assertThat(second.path("items").path(0).path("name"))
                .isNotEqualTo(first.path("items").path(0).path("name"));
        assertThat(stemma.run("show", "web").out()).contains("derives from  base (backing-file, observed)");
        assertThat(Http.json(stemma, "show", images.web().toString())
                        .path("image")
                        .path("name")
                        .asText())
                .isEqualTo("web");
    }

    @Test
    void pathsAreListedDescribedAndReadByteForByte() throws IOException {
        assertThat(texts(Http.json(stemma, "ls", "web", "/usr/bin").path("items"), "name"))
                .containsExactly("bash", "nginx", "openssl");
        JsonNode stat = Http.json(stemma, "stat", "web", "/etc/motd");
        assertThat(stat.path("entry").path("sizeBytes").asLong()).isEqualTo(15);
        assertThat(Http.json(stemma, "stat", "web", "/usr/bin/nginx")
                        .path("owners")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("nginx");
        assertThat(stemma.run("cat", "web", "/etc/motd").out()).isEqualTo("welcome to web\n");
        assertThat(stemma.run("cat", "web", "/etc/os-release").out()).contains("ID=debian");
        assertThat(stemma.run("cat", "web", "/nope").code()).isEqualTo(3);
        assertThat(stemma.run("ls", "web", "/nope").code()).isEqualTo(3);
        assertThat(stemma.run("stat", "web", "not/absolute").code()).isEqualTo(2);
        try (var left = Files.list(stemma.home().root())) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("content")))
                    .isEmpty();
        }
    }

    @Test
    void softwareIsListedForOneImageAndForAll() {
        assertThat(texts(Http.json(stemma, "packages", "web").path("items"), "name"))
                .containsExactly("bash", "nginx", "openssl");
        assertThat(texts(Http.json(stemma, "packages").path("items"), "name"))
                .containsExactly("bash", "curl", "nginx", "openssl");
        assertThat(texts(Http.json(stemma, "packages", "--name", "ngin").path("items"), "name"))
                .contains("nginx");
    }

    @Test
    void imagesAreFoundByAllAnyAndNoneOfTheirPackagesAndByFiles() {
        assertThat(found("--all", "openssl,bash")).containsExactly("base", "web");
        assertThat(found("--all", "openssl>=3.1")).containsExactly("other");
        assertThat(found("--any", "nginx,curl")).containsExactly("other", "web");
        assertThat(found("--all", "openssl", "--none", "nginx")).containsExactly("base", "other");
        assertThat(found("--name", "/^b/", "--os", "debian")).containsExactly("base");
        assertThat(found("--file", "/etc/motd", "--all", "nginx")).containsExactly("web");
        String digest = Http.json(stemma, "stat", "web", "/usr/local/bin/dropped")
                .path("entry")
                .path("digest")
                .asText();
        JsonNode places =
                Http.json(stemma, "search", "--file", digest).path("hits").path("items");
        assertThat(places).hasSize(1);
        assertThat(places.path(0).path("places").path(0).path("path").asText()).isEqualTo("/usr/local/bin/dropped");
        assertThat(stemma.run("search", "--sha256", digest.substring(0, 12)).out())
                .contains("web");
        new SearchAnswers(http, stemma).areGivenInEveryWay();
    }

    @Test
    void aMachineSaysWhatItIsInEveryLanguage() {
        assertThat(found("--role", "web-server")).containsExactly("web");
        assertThat(found("--role", "web-server,mail-server")).isEmpty();
        new MachineAnswers(http, stemma).agreeThatOnlyWebIsAWebServer();
        new ContentAnswers(http, stemma).areGivenByCommandAndByHttp();
        new ContentAnswers(http, stemma).manifestsListWhatTheGraphHas();
    }

    private TreeSet<String> found(String... conditions) {
        List<String> all = new ArrayList<>(List.of("search"));
        all.addAll(List.of(conditions));
        return texts(Http.json(stemma, all.toArray(String[]::new)).path("hits").path("items"), "name");
    }

    @Test
    void driftIsTakenFromTheParentOrFromAnyOther() {
        JsonNode drift = Http.json(stemma, "drift", "web");
        assertThat(drift.path("from").path("imageName").asText()).isEqualTo("base");
        assertThat(texts(drift.path("packages").path("changes"), "name")).containsExactly("bash", "nginx");
        assertThat(texts(drift.path("files").path("changes").path("items"), "path"))
                .contains("/etc/motd", "/usr/bin/bash", "/usr/bin/nginx", "/usr/local/bin/dropped")
                .doesNotContain("/usr/bin/openssl");
        assertThat(stemma.run("drift", "base", "other", "--packages").out())
                .contains("curl")
                .doesNotContain("motd");
        Session.Result orphan = stemma.run("drift", "other");
        assertThat(orphan.code()).as(orphan.toString()).isEqualTo(6);
    }

    @Test
    void relativesAreOrderedAndTheTreeIsDrawn() {
        JsonNode similar = Http.json(stemma, "similar", "base").path("similar");
        assertThat(similar.path(0).path("images").path(0).path("name").asText()).isEqualTo("web");
        assertThat(stemma.run("similar", "base", "--by", "files").code()).isZero();
        assertThat(stemma.run("similar", "base", "--by", "bytes", "--threshold", "0.5")
                        .code())
                .isZero();
        assertThat(stemma.run("similar", "base", "--by", "colour").code()).isEqualTo(2);
        JsonNode byGraphql = http.postJson(
                        "/graphql",
                        Map.of("query", "{ image(ref: \"base\") { similar { similarity exact images { name } } } }"))
                .json()
                .at("/data/image/similar");
        assertThat(byGraphql).hasSameSizeAs(similar);
        assertThat(byGraphql.path(0).path("exact").asBoolean()).isTrue();
        assertThat(byGraphql.path(0).path("similarity").asDouble())
                .isEqualTo(similar.path(0).path("exact").asDouble());
        assertThat(Http.json(stemma, "similar").path("floor").asDouble()).isEqualTo(0.5);
        assertThat(Http.json(stemma, "clusters").path("images").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(stemma.run("clusters", "--threshold", "0.2").code()).isEqualTo(2);
        assertThat(stemma.run("clusters", "base", "--threshold", "1").code()).isEqualTo(3);
        assertThat(stemma.run("tree", "web").out())
                .contains("base")
                .contains("└─ web  (backing-file, observed)  ← this one");
    }

    @Test
    void reportsAreWritten() throws IOException {
        Path file = directory.resolve("report.html");
        assertThat(stemma.run("report", "lineage", "web", "-o", file.toString()).code())
                .isZero();
        assertThat(Files.readString(file))
                .containsIgnoringCase("<!doctype html>")
                .contains("base");
        Session.Result prov = stemma.run("report", "lineage", "web", "--format", "prov");
        assertThat(prov.code()).as(prov.toString()).isZero();
        assertThat(prov.out()).contains("prov:");
        assertThat(stemma.run("report", "lineage", "web", "--format", "papyrus").code())
                .isEqualTo(2);
        assertThat(stemma.run("report", "colour", "web").code()).isEqualTo(2);
    }

    @Test
    void oneQuestionHasOneAnswerInThreeLanguages() {
        String cypher = """
                MATCH (i:Image)-[:DERIVED_FROM*1..]->(:Image {name: $base})
                MATCH (i)-[h:HAS_INVENTORY]->(:Inventory)-[:HAS_PACKAGES]->()-[:INSTALLS]->(v:PackageVersion)-[:VERSION_OF]->(:Package {name: $package})
                WHERE h.until IS NULL
                RETURN DISTINCT i.name AS name, v.version AS version
                """;
        JsonNode rows = http.postJson(
                        "/cypher", Map.of("query", cypher, "parameters", Map.of("base", "base", "package", "openssl")))
                .json()
                .path("rows");
        TreeSet<String> byCypher = new TreeSet<>();
        rows.forEach(
                row -> byCypher.add(row.path(0).asText() + " " + row.path(1).asText()));

        TreeSet<String> byGraphql = new TreeSet<>();
        http.postJson(
                        "/graphql",
                        Map.of(
                                "query",
                                "query ($base: String, $package: String) { images(package: $package, derivedFrom: $base)"
                                        + " { name packages(name: $package) { version } } }",
                                "variables",
                                Map.of("base", "base", "package", "openssl")))
                .json()
                .at("/data/images")
                .forEach(image -> image.path("packages")
                        .forEach(one -> byGraphql.add(image.path("name").asText() + " "
                                + one.path("version").asText())));

        String sparql = NS + """
                SELECT DISTINCT ?name ?version WHERE {
                  ?i stemma:derivedFrom+ ?b ; stemma:name ?name ; stemma:hasInventory/stemma:hasPackages/stemma:installs ?v .
                  ?b stemma:name "base" .
                  ?v stemma:version ?version ; stemma:versionOf/stemma:name "openssl" .
                }
                """;
        TreeSet<String> bySparql = new TreeSet<>();
        http.post("/sparql", "application/sparql-query", sparql, "Accept", "application/sparql-results+json")
                .json()
                .at("/results/bindings")
                .forEach(row -> bySparql.add(row.path("name").path("value").asText() + " "
                        + row.path("version").path("value").asText()));

        assertThat(byCypher).containsExactly("web 3.0.15-1");
        assertThat(byGraphql).isEqualTo(byCypher);
        assertThat(bySparql).isEqualTo(byCypher);
    }

    @Test
    void cypherOnlyReadsAndStaysWithinLimits() {
        assertThat(stemma.run("cypher", "MATCH (n) DETACH DELETE n").code()).isEqualTo(5);
        assertThat(stemma.run("cypher", "MATCH (n RETURN n").code()).isEqualTo(2);
        Http.Answer many =
                http.postJson("/cypher", Map.of("query", "UNWIND range(1, 20) AS n RETURN n", "maxRows", 10));
        assertThat(many.status()).isEqualTo(422);
        assertThat(many.json().path("code").asText()).isEqualTo("limit-reached");
        Http.Answer csv = http.post(
                "/cypher", "application/json", "{\"query\": \"RETURN 1 AS a, 'x,y' AS b\"}", "Accept", "text/csv");
        assertThat(csv.type()).startsWith("text/csv");
        assertThat(csv.text()).isEqualTo("a,b\r\n1,\"x,y\"\r\n");
        assertThat(stemma.run("cypher", "RETURN $x AS x", "--param", "x=é\u001b[1m")
                        .out())
                .contains("é\\x1b[1m");
    }

    @Test
    void graphqlRefusesWhatCostsTooMuchAndReportsProblemsByCode() {
        String deep = "{ images { ".repeat(1) + "parents { image { ".repeat(8) + "id" + " } }".repeat(8) + " } }";
        assertThat(graphqlErrors(deep)).contains("depth");
        assertThat(graphqlErrors("{ images(limit: 1000) { drift { same } } }")).contains("complexity");
        assertThat(graphqlErrors("{ images(limit: 1000) { similar { exact } } }"))
                .contains("complexity");
        assertThat(graphqlErrors("{ image(ref: \"base\") { similar(by: \"colour\") { exact } } }"))
                .contains("packages, files or bytes");
        JsonNode bad = http.postJson("/graphql", Map.of("query", "{ images(limit: 0) { id } }"))
                .json();
        assertThat(bad.path("errors").path(0).path("extensions").path("code").asText())
                .isEqualTo("bad-request");
        JsonNode drift = http.postJson(
                        "/graphql",
                        Map.of(
                                "query",
                                "{ image(ref: \"web\") { drift { packages { changes { name kind } } files { added } } } }"))
                .json();
        assertThat(texts(
                        drift.path("data")
                                .path("image")
                                .path("drift")
                                .path("packages")
                                .path("changes"),
                        "name"))
                .containsExactly("bash", "nginx");
    }

    private String graphqlErrors(String query) {
        return http.postJson("/graphql", Map.of("query", query))
                .json()
                .path("errors")
                .toString();
    }

    @Test
    void sparqlSpeaksTheProtocol() {
        String ask = Http.encoded(NS + "ASK { ?i stemma:name \"web\" }");
        assertThat(http.get("/sparql?query=" + ask).json().path("boolean").asBoolean())
                .isTrue();
        assertThat(http.get("/sparql?query=" + ask, "Accept", "application/sparql-results+xml")
                        .text())
                .contains("<boolean>true");
        assertThat(http.post("/sparql", "application/x-www-form-urlencoded", "query=" + ask)
                        .json()
                        .path("boolean")
                        .asBoolean())
                .isTrue();
        assertThat(http.get("/sparql?query=" + ask, "Accept", "image/png").status())
                .isEqualTo(406);
        assertThat(http.get("/sparql").status()).isEqualTo(400);
        assertThat(http.get("/sparql?query=SELECT").json().path("code").asText())
                .isEqualTo("sparql-syntax");
        assertThat(http.post("/sparql", "application/x-www-form-urlencoded", "update=CLEAR%20ALL")
                        .status())
                .isEqualTo(403);
        assertThat(stemma.run("sparql", NS + "SELECT ?n { ?i a stemma:Image ; stemma:name ?n }")
                        .out())
                .contains("web");
    }

    @Test
    void whatDoesNotExistIsNotFoundAndSaysSo() {
        Session.Result result = stemma.run("show", "nope");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).startsWith("stemma: ").hasLineCount(1);
        assertThat(http.get("/api/v1/images/nope").json().path("code").asText()).isEqualTo("not-found");
        assertThat(http.get("/api/v1/nothing").status()).isEqualTo(404);
        assertThat(http.get("/api/v1/jobs/job-0").status()).isEqualTo(404);
        assertThat(http.get("/api/v1/inventories/" + "0".repeat(64)).status()).isEqualTo(404);
        assertThat(http.get("/api/v1/images?limit=0").status()).isEqualTo(400);
        assertThat(http.get("/api/v1/images?limit=many").status()).isEqualTo(400);
        assertThat(http.get("/api/v1/images?cursor=*").status()).isEqualTo(400);
        assertThat(http.post("/cypher", "application/json", "{").status()).isEqualTo(400);
        assertThat(http.delete("/api/v1/status").status()).isEqualTo(405);
    }

    @Test
    void theServiceDescribesItself() {
        assertThat(http.get("/openapi").text())
                .contains("openapi: 3")
                .contains("/api/v1/images/{ref}")
                .contains("/cypher");
        assertThat(http.get("/metrics").text()).contains("jvm_memory_used_bytes");
        assertThat(http.get("/api/v1/repositories").json().path("items")).isNotEmpty();
        String inventory =
                Http.json(stemma, "show", "web").path("inventory").path("id").asText();
        assertThat(texts(http.get("/api/v1/inventories/" + inventory).json().path("images"), "name"))
                .containsExactly("web");
        assertThat(stemma.run("status").out())
                .contains(http.url())
                .contains("3 images")
                .contains("Neo4j of its own");
        assertThat(stemma.run("up").out()).contains("already running");
    }

    @Test
    void anImageIndexedAgainIsKnownAndABasicRunKeepsTheFullInventory() {
        JsonNode again = Http.json(stemma, "index", images.base().toString(), "--level", "basic")
                .path("items")
                .path(0)
                .path("result");
        assertThat(again.path("unchanged").asBoolean()).isTrue();
        assertThat(again.path("level").asText()).isEqualTo("full");
    }
}
