package dev.stemma.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.cli.Session;
import dev.stemma.api.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Machines, captures and copies, by command, on one running service; each step builds on the one before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MachineServiceIT {

    private Path directory = Path.of("/nonexistent");
    private Session stemma = new Session(new Home(Path.of("/nonexistent")));
    private TestImages images = new TestImages(Path.of("/"), Path.of("/"), Path.of("/"), Path.of("/"));
    private Instant before = Instant.EPOCH;

    @BeforeAll
    void aServiceWithAVersionAndWhatWasMadeOfIt(@TempDir Path temporary) throws Exception {
        directory = temporary.toRealPath();
        stemma = new Session(new Home(directory.resolve("home")));
        stemma.done("up", "--port", "0", "--wait", "300");
        images = TestImages.build(Files.createDirectory(directory.resolve("images")));
        stemma.done(
                "index",
                "--allow",
                images.directory().toString(),
                images.other().toString());
        stemma.done("checkin", images.base().toString(), "--new-chain", "debian", "-m", "first");
        stemma.done("checkout", "debian:1.1", "--to", file("prod.raw"));
    }

    @AfterAll
    void theServiceEnds() {
        assertThat(stemma.run("down").code()).isZero();
    }

    private String file(String name) {
        return images.directory().resolve(name).toString();
    }

    private static String[] with(String command, List<String> options, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(more));
        all.addAll(options);
        return all.toArray(String[]::new);
    }

    private Http http() throws IOException {
        return Http.of(new Home(directory.resolve("home")));
    }

    @Test
    @Order(1)
    void machinesRunVersionsAndWhatWasMadeOfThem() throws Exception {
        stemma.refused(3, "no machine has the name or id shop-1", "retire", "shop-1", "-m", "no");
        stemma.refused(2, "a name of a machine", "deploy", "debian:1.1", "shop:1");
        stemma.refused(2, "virtual or physical", "deploy", "debian:1.1", "shop-1", "--kind", "cloud");
        stemma.refused(3, "no image has", "deploy", "nothing", "shop-1");
        assertThat(http().get("/api/v1/search?query=software:openssl").text())
                .as("a condition that is spelt wrong must not be passed over")
                .contains("there is no parameter query", "Those of this path are all, any,");
        assertThat(http().get("/api/v1/status?verbose=yes").status()).isEqualTo(400);
        assertThat(stemma.done("deploy", "debian:1.1", "shop-1", "-m", "the new shop")
                        .out())
                .contains("shop-1 runs debian:1.1; that is debian:1.1.2");
        assertThat(stemma.done("deploy", "prod", "metal", "--kind", "physical").out())
                .contains("that is debian:1.1.3");
        assertThat(stemma.done("deploy", "other", "alone").out())
                .contains("alone runs other")
                .doesNotContain("that is");
        stemma.refused(3, "shop-1 is the machine shop-1, and an image is asked for", "drift", "shop-1", "--over-time");
        assertThat(Http.json(stemma, "machines").path("items"))
                .extracting(machine -> machine.path("name").asText() + " "
                        + machine.path("kind").asText() + " "
                        + machine.path("runs").path(0).path("branch").asText("-"))
                .containsExactly("alone VIRTUAL -", "metal PHYSICAL debian:1.1.3", "shop-1 VIRTUAL debian:1.1.2");
        assertThat(stemma.done("machines").out().lines())
                .as("times to the minute")
                .last()
                .asString()
                .matches("shop-1 .* debian:1\\.1\\.2 +[0-9-]{10} [0-9]{2}:[0-9]{2} .*");
        assertThat(stemma.done("show", "debian:1.1").out()).contains("runs on", "shop-1, as debian:1.1.2");
        assertThat(stemma.done("show", "debian:1.1.2").out()).contains("mac-", "runs", "debian:1.1 as debian:1.1.2");
        stemma.refused(3, "is the machine shop-1", "ls", "debian:1.1.2");
        assertThat(stemma.done("chains", "debian:1.1").out()).contains("1.1.2", "1.1.3", "machine");
        before = Instant.now();
    }

    @Test
    @Order(2)
    void machinesStandInTheTreeInAllItsForms() throws Exception {
        String text = stemma.done("tree", "shop-1").out();
        assertThat(text).contains("debian:1.1.2 (shop-1)  (machine, recorded)  ← this one", "debian:1.1.3 (metal)");
        assertThat(stemma.done("tree", "debian:1.1", "--form", "dot").out()).contains("shape=component", "shop-1");
        assertThat(stemma.done("tree", "debian:1.1", "--form", "svg").out())
                .contains("class=\"box branch machine\"", "debian:1.1.2", "virtual machine", "physical machine");
        assertThat(Http.json(stemma, "tree", "shop-1", "--form", "json")
                        .path("imageId")
                        .asText())
                .startsWith("mac-");
        assertThat(stemma.done("tree", "debian:1.1", "--output", "csv").out())
                .contains("debian:1.1.2 (shop-1),debian:1.1,deployment");
    }

    @Test
    @Order(3)
    void aCaptureBecomesTheNextVersionOfWhatTheMachineRuns() {
        stemma.refused(3, "no machine", "capture", "nothing", images.web().toString(), "-m", "no");
        assertThat(stemma.done("capture", "shop-1", images.web().toString(), "-m", "before the sale")
                        .out())
                .contains("→ debian:1.2: ");
        stemma.refused(3, "no image has", "capture", "shop-1", "nofile.raw", "-m", "no");
        stemma.refused(6, "has come to 1.2", "capture", "shop-1", images.other().toString(), "-m", "no");
        stemma.refused(
                6, "was never checked in", "capture", "alone", images.other().toString(), "-m", "no");
        assertThat(stemma.done("show", "shop-1").out()).contains("captured", "debian:1.2");
        assertThat(stemma.done("history", "shop-1").out())
                .contains("capture", "before the sale", "deployment", "the new shop");
        assertThat(stemma.done("history", "debian:1.1").out()).contains("capture", "deployment", "check-out");
        assertThat(stemma.done("tree", "debian:1.2").out()).contains("capture, recorded");
        assertThat(stemma.done("drift", "web").out())
                .as("what the machine's life has changed")
                .contains("nginx");
    }

    @Test
    @Order(4)
    void aMachineIsHeldAgainstWhatItWasDeployedFromAndAMasterAgainstItsFleet() throws Exception {
        String drift = stemma.done("drift", "shop-1").out();
        assertThat(drift).contains("web derives from debian:1.1 by deployment, recorded", "what to look at first");
        assertThat(Http.json(stemma, "drift", "shop-1").path("packages"))
                .isEqualTo(Http.json(stemma, "drift", "debian:1.1", "web").path("packages"));
        stemma.refused(6, "nothing was captured of metal", "drift", "metal");
        assertThat(stemma.done("drift", "shop-1", "--ranked", "--output", "csv").out())
                .startsWith("weight,what,change,name,from,to,why");
        Session.Result fleet = stemma.done("drift", "debian:1.1", "--fleet");
        assertThat(fleet.out()).contains("made of debian:1.1: ", "debian:1.1.1", "web");
        assertThat(fleet.err()).contains("the machine metal").contains("known by captures alone");
        JsonNode members = Http.json(stemma, "drift", "debian:1.1", "--fleet")
                .path("members")
                .path("items");
        assertThat(members).anySatisfy(member -> {
            assertThat(member.path("name").asText()).isEqualTo("prod");
            assertThat(member.path("branch").asText()).isEqualTo("debian:1.1.1");
            assertThat(member.path("summary").path("same").asBoolean()).isTrue();
        });
        assertThat(stemma.run("drift", "debian:1.1", "prod", "--fleet").code()).isEqualTo(2);
        String query =
                "{ image(ref: \"web\") { drift { system { changes { area name kind properties { name from to } } }"
                        + " ranking { rules suspects { name weight reasons paths } } files { noise { rule paths } } } } }";
        JsonNode ranking = http().postJson("/graphql", java.util.Map.of("query", query))
                .json()
                .path("data")
                .path("image")
                .path("drift")
                .path("ranking");
        assertThat(ranking.path("rules").asText()).isEqualTo("drift-rules/1");
        assertThat(ranking.path("suspects")).isNotEmpty();
        assertThat(stemma.done("drift", "--rules").out()).startsWith("# What to make of a difference");
        stemma.refused(2, "Missing required parameter", "drift", "--files");
    }

    @Test
    @Order(4)
    void anImageIsHeldAgainstWhatItHeldBefore() throws Exception {
        Path changing = Path.of(file("changing.raw"));
        Files.copy(images.base(), changing);
        stemma.done("index", changing.toString());
        Instant then = Instant.now();
        TestImages.run(
                "qemu-img", "convert", "-f", "qcow2", "-O", "raw", images.web().toString(), changing.toString());
        stemma.done("index", changing.toString(), "--level", "full");
        assertThat(Http.json(stemma, "drift", "changing", "--since", then.toString())
                        .path("packages"))
                .isEqualTo(Http.json(stemma, "drift", "base", "web").path("packages"));
        stemma.refused(3, "was known on", "drift", "changing", "--since", before.toString());
        JsonNode steps = Http.json(stemma, "drift", "changing", "--over-time").path("steps");
        assertThat(steps).hasSize(1);
        assertThat(steps.path(0).path("summary").path("packages").toString()).contains("added");
        assertThat(stemma.done("drift", "changing", "--over-time").out()).contains("added");
        assertThat(stemma.run("drift", "changing", "--over-time", "--fleet").code())
                .isEqualTo(2);
        stemma.refused(2, "not a date or time", "drift", "changing", "--since", "yesterday");
    }

    @Test
    @Order(5)
    void aCopyIsWhatWasCopied() throws Exception {
        stemma.refused(6, "checked out", "copy", "debian:1.1", file("no.raw"));
        stemma.refused(6, "is there already", "copy", "prod", images.other().toString());
        stemma.refused(5, "allowed", "copy", "prod", "/copy.raw");
        assertThat(stemma.done("copy", "prod", file("test.raw"), "-m", "a try").out())
                .contains("is debian:1.1.5");
        assertThat(Files.mismatch(Path.of(file("prod.raw")), Path.of(file("test.raw"))))
                .isEqualTo(-1);
        assertThat(Http.json(stemma, "packages", "test").path("items"))
                .isEqualTo(Http.json(stemma, "packages", "prod").path("items"));
        assertThat(stemma.done("copy", "web", file("web-2.qcow2")).out()).contains("debian:");
        assertThat(stemma.done("tree", "web").out()).contains("web-2");
    }

    @Test
    @Order(6)
    void whatWasThenIsAnsweredAsOfThen() throws Exception {
        String then = before.toString();
        assertThat(Http.json(stemma, "chains", "--as-of", then)
                        .path("items")
                        .path(0)
                        .path("head")
                        .path("number")
                        .asText())
                .isEqualTo("1.1");
        assertThat(Http.json(stemma, "chains", "debian", "--as-of", then).path("items"))
                .hasSize(1);
        assertThat(Http.json(stemma, "chains", "debian:1.1", "--as-of", then).path("items"))
                .hasSize(3);
        assertThat(Http.json(stemma, "chains", "debian:1.1").path("items").size())
                .isGreaterThan(4);
        stemma.done("retire", "shop-1", "-m", "replaced");
        stemma.refused(6, "retired already", "retire", "shop-1", "-m", "no");
        assertThat(stemma.done("tree", "debian:1.1").out()).doesNotContain("(shop-1)");
        assertThat(stemma.done("tree", "debian:1.1", "--as-of", then).out()).contains("(shop-1)");
        assertThat(Http.json(stemma, "show", "shop-1", "--as-of", then)
                        .path("state")
                        .asText())
                .isEqualTo("ACTIVE");
        stemma.refused(3, "was known on", "show", "shop-1", "--as-of", "2020-01-01");
        assertThat(Http.json(stemma, "packages", "prod", "--as-of", then).path("items"))
                .hasSize(Http.json(stemma, "packages", "prod").path("items").size());
        assertThat(Http.json(stemma, "ls", "prod", "/etc", "--as-of", then).toString())
                .contains("os-release");
        stemma.refused(3, "was known on", "ls", "test", "/etc", "--as-of", then);
        stemma.refused(2, "--as-of", "packages", "--as-of", then);
        assertThat(Http.json(stemma, "drift", "prod", "--as-of", then)
                        .path("same")
                        .asBoolean())
                .isTrue();
    }

    @Test
    @Order(7)
    void aRevokedParentIsToldToWhoeverPromotesOrDeploysWhatWasMadeOfIt() {
        stemma.done("revoke", "debian:1.1", "-m", "a hole");
        assertThat(stemma.done("promote", "debian:1.2", "--to", "stable", "-m", "all the same")
                        .err())
                .contains("made from debian:1.1, which is revoked");
        assertThat(stemma.done("deploy", "prod", "shop-2").err()).contains("made from debian:1.1, which is revoked");
        stemma.refused(6, "revoked and not to be used", "deploy", "debian:1.1", "shop-3");
        assertThat(stemma.done("deploy", "debian:1.1", "shop-3", "--force", "-m", "it runs")
                        .out())
                .contains("debian:1.1.");
        stemma.refused(6, "runs on machines: shop-3", "delete", "debian:1.1", "-m", "no");
    }

    @Test
    @Order(8)
    void aFileThatIsPutWhereAnotherLayIsAnotherImage() throws Exception {
        String old = Http.json(stemma, "show", "prod").path("image").path("id").asText();
        Files.delete(Path.of(file("prod.raw")));
        assertThat(stemma.done("checkout", "debian:1.2", "--to", file("prod.raw"))
                        .out())
                .contains("debian:1.2.");
        JsonNode fresh = Http.json(stemma, "show", "prod").path("image");
        assertThat(fresh.path("id").asText()).isNotEqualTo(old);
        assertThat(fresh.path("location").asText()).isEqualTo(file("prod.raw"));
        assertThat(Http.json(stemma, "show", "debian:1.1.1")
                        .path("image")
                        .path("state")
                        .asText())
                .isEqualTo("MISSING");
        assertThat(Http.json(stemma, "show", "prod", "--as-of", before.toString())
                        .path("image")
                        .path("id")
                        .asText())
                .isEqualTo(old);
        assertThat(Http.json(stemma, "show", file("prod.raw"), "--as-of", before.toString())
                        .path("image")
                        .path("id")
                        .asText())
                .isEqualTo(old);
        assertThat(stemma.done("show", "debian:1.1").out()).contains("prod (missing, check-out");
        stemma.refused(6, "is there no more", "copy", "debian:1.1.1", file("none.raw"));
        assertThat(stemma.done("tree", "prod").out()).doesNotContain("debian:1.1.1");
    }

    @Test
    @Order(8)
    void theySayTheSameInSearchesQuestionsAndGraphQl() throws Exception {
        assertThat(Http.json(stemma, "search", "kind:machine").path("hits").path("items"))
                .extracting(hit ->
                        hit.path("name").asText() + " " + hit.path("kind").asText())
                .containsExactly(
                        "alone machine", "metal machine", "shop-1 machine", "shop-2 machine", "shop-3 machine");
        for (String held : List.of("software:nginx", "file:/usr/bin/nginx", "file:/usr/bin/ngin*", "file:dropped")) {
            assertThat(Http.json(stemma, "search", "kind:machine " + held)
                            .path("hits")
                            .path("items"))
                    .as("what was captured of it last: " + held)
                    .extracting(hit -> hit.path("name").asText())
                    .containsExactly("shop-1");
        }
        assertThat(Http.json(stemma, "search", "kind:machine NOT file:/usr/bin/nginx")
                        .path("hits")
                        .path("items"))
                .extracting(hit -> hit.path("name").asText())
                .contains("shop-2")
                .doesNotContain("shop-1");
        assertThat(Http.json(stemma, "images").toString()).doesNotContain("mac-");
        for (String[] when : List.of(new String[0], new String[] {"--as-of", before.toString()})) {
            List<String> asked = new ArrayList<>(List.of(when));
            int images = Http.json(stemma, with("images", asked)).path("items").size();
            JsonNode indexed =
                    Http.json(stemma, with("search", asked, "name:web")).path("indexed");
            assertThat(indexed.path("full").asInt()
                            + indexed.path("basic").asInt()
                            + indexed.path("none").asInt())
                    .as("machines are no images: " + indexed)
                    .isEqualTo(images);
        }
        assertThat(stemma.run("search", "--modified-after", "2026-01-01T12:00", "--name", "web")
                        .code())
                .isZero();
        assertThat(stemma.done("ask", "unused-images").out()).doesNotContain("other ");
        String query = """
                {"query": "{ chain(name: \\"debian\\") { name versionCount channels { name number } versions(limit: 20) { number state message branches(limit: 20) { number image { name } machine { name runs { branch until } } } image { place { reference } machines { name } } } } machine(ref: \\"shop-3\\") { kind runs { branch image { name } } } machines(limit: 2) { name } chains { name } }"}
                """;
        JsonNode data = http().post("/graphql", "application/json", query).json();
        assertThat(data.path("errors")).as(data.toString()).isEmpty();
        JsonNode chain = data.path("data").path("chain");
        assertThat(chain.path("versionCount").asLong()).isEqualTo(2);
        assertThat(chain.path("channels").path(0).path("number").asText()).isEqualTo("1.2");
        JsonNode first = chain.path("versions").path(1);
        assertThat(first.path("state").asText()).isEqualTo("REVOKED");
        assertThat(first.path("image").path("place").path("reference").asText()).isEqualTo("debian:1.1");
        assertThat(first.path("image").path("machines").path(0).path("name").asText())
                .isEqualTo("shop-3");
        assertThat(first.path("branches"))
                .extracting(branch -> branch.path("machine").path("name").asText("-"))
                .contains("shop-1", "metal", "-");
        assertThat(data.path("data")
                        .path("machine")
                        .path("runs")
                        .path(0)
                        .path("image")
                        .path("name")
                        .asText())
                .isEqualTo("debian:1.1");
        assertThat(data.path("data").path("machines")).hasSize(2);
        String costly =
                "{\"query\": \"{ chains(limit: 1000) { versions(limit: 1000) { branches(limit: 1000) { number } } } }\"}";
        assertThat(http().post("/graphql", "application/json", costly)
                        .json()
                        .path("errors")
                        .toString())
                .contains("complexity");
    }
}
