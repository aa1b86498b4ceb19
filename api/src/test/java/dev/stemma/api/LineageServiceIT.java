package dev.stemma.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.cli.Session;
import dev.stemma.api.home.Home;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Chains, trees and histories of what was checked in and out by command, now and as of a moment before a version was revoked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LineageServiceIT {

    private Session stemma = new Session(new Home(Path.of("/nonexistent")));
    private Http http = new Http("", "");
    private String out = "";
    private String before = "";

    @BeforeAll
    void aLibraryInWhichAVersionWasRevoked(@TempDir Path temporary) throws Exception {
        Path directory = temporary.toRealPath();
        stemma = new Session(new Home(directory.resolve("home")));
        stemma.done("up", "--port", "0", "--wait", "300");
        http = Http.of(stemma.home());
        TestImages images = TestImages.build(Files.createDirectory(directory.resolve("images")));
        stemma.done(
                "index", "--allow", images.directory().toString(), images.base().toString());
        stemma.done("checkin", images.base().toString(), "--new-chain", "debian", "-m", "first");
        out = images.directory().resolve("out.raw").toString();
        stemma.done("checkout", "debian:1.1", "--to", out);
        stemma.done("promote", "debian:1.1", "--to", "stable", "-m", "tested");
        before = Instant.now().toString();
        stemma.done("checkin", images.web().toString(), "-m", "nginx");
        stemma.done("promote", "debian:1.2", "--to", "stable", "-m", "tested, too");
        stemma.done("revoke", "debian:1.1", "-m", "a hole");
    }

    @AfterAll
    void theServiceEnds() {
        assertThat(stemma.run("down").code()).isZero();
    }

    private static List<String> texts(JsonNode list, String member) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.path(member).asText()));
        return texts;
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void chainsListTheirVersionsAndThoseTheirBranches() {
        assertThat(stemma.done("chains").out()).containsPattern("debian +2 +1\\.2 +active +stable→1\\.2");
        JsonNode versions = Http.json(stemma, "chains", "debian").path("items");
        assertThat(texts(versions, "number")).containsExactly("1.2", "1.1");
        assertThat(texts(versions, "state")).containsExactly("ACTIVE", "REVOKED");
        assertThat(texts(versions, "message")).containsExactly("nginx", "first");
        assertThat(texts(versions, "branches")).containsExactly("0", "1");
        JsonNode branches = Http.json(stemma, "chains", "debian:1").path("items");
        assertThat(texts(branches, "number")).containsExactly("1.1.1");
        assertThat(texts(branches, "location")).containsExactly(out);
        assertThat(http.get("/api/v1/chains/debian").json().path("versions").asInt())
                .isEqualTo(2);
        assertThat(stemma.run("chains", "nothing").code()).isEqualTo(3);
        assertThat(stemma.run("chains", "debian:1.1.1").code()).isEqualTo(3);
    }

    @Test
    void treesWarnOfWhatBecameOfTheAncestors() throws Exception {
        String tree = stemma.done("tree", "out").out();
        assertThat(tree)
                .contains("debian:1.1.1 (out)  (check-out, recorded)  ← this one")
                .contains("debian:1.1  (check-in, recorded)  revoked")
                .contains("⚠ made from debian:1.1, which is revoked")
                .contains("⚠ made from debian:1.1, and there is debian:1.2");
        assertThat(stemma.done("tree", "out", "--as-of", before).out())
                .contains("debian:1.1  (check-in, recorded)  [stable]")
                .doesNotContain("revoked")
                .doesNotContain("1.2");
        String svg = stemma.done("tree", "out", "--form", "svg").out();
        assertThat(xml(svg).getDocumentElement().getTextContent()).contains("debian:1.1.1", "which is revoked");
        Http.Answer drawn = http.get("/api/v1/lineage?image=out", "Accept", "image/svg+xml");
        assertThat(drawn.type()).startsWith("image/svg+xml");
        assertThat(drawn.text()).isEqualTo(svg);
        assertThat(http.get("/api/v1/lineage?image=out", "Accept", "text/vnd.graphviz")
                        .text())
                .isEqualTo(stemma.done("tree", "out", "--form", "dot").out())
                .startsWith("digraph family {");
        assertThat(http.get("/api/v1/lineage?image=out").type()).startsWith("application/json");
        assertThat(http.get("/api/v1/lineage?image=out&form=png").status()).isEqualTo(400);
        assertThat(http.get("/api/v1/lineage?image=out&images=0").status()).isEqualTo(400);
        assertThat(http.signedInBy("").get("/api/v1/lineage?image=out").status())
                .isEqualTo(401);
    }

    @Test
    void historiesTellWhatHappenedNewestFirst() {
        assertThat(texts(Http.json(stemma, "history", "debian:1.1").path("items"), "kind"))
                .containsExactly("revoke", "promote", "check-out", "check-in");
        assertThat(texts(
                        Http.json(stemma, "history", "debian:1.1", "--as-of", before)
                                .path("items"),
                        "kind"))
                .containsExactly("promote", "check-out", "check-in");
        assertThat(texts(Http.json(stemma, "history", "out").path("items"), "kind"))
                .containsExactly("check-out");
        assertThat(stemma.done("history", "debian:1.1").out()).contains("a hole", "debian:1.1: active → revoked");
        JsonNode page = http.get("/api/v1/history?image=debian:1.1&limit=1").json();
        assertThat(page.path("total").asInt()).isEqualTo(4);
        assertThat(http.get("/api/v1/history?image=debian:1.1&limit=1&cursor="
                                + page.path("next").asText())
                        .json()
                        .path("items")
                        .path(0)
                        .path("kind")
                        .asText())
                .isEqualTo("promote");
    }

    @Test
    void listsAndImagesAreShownAsTheyWere() {
        assertThat(texts(Http.json(stemma, "images").path("items"), "name"))
                .containsExactly("base", "debian:1.1", "debian:1.2", "out", "web");
        assertThat(texts(Http.json(stemma, "images", "--as-of", before).path("items"), "name"))
                .containsExactly("base", "debian:1.1", "out");
        assertThat(Http.json(stemma, "images", "--as-of", "2001-01-01").path("items"))
                .isEmpty();
        assertThat(stemma.done("show", "debian:1.1").out()).containsPattern("state +revoked");
        assertThat(stemma.done("show", "debian:stable", "--as-of", before).out())
                .containsPattern("version +debian:1\\.1, stable")
                .containsPattern("state +active")
                .contains("as of");
        assertThat(texts(
                        Http.json(stemma, "search", "--all", "bash", "--as-of", before)
                                .path("hits")
                                .path("items"),
                        "name"))
                .containsExactly("base", "debian:1.1", "out");
        assertThat(stemma.run("show", "web", "--as-of", before).code()).isEqualTo(3);
    }

    @Test
    void whatThePastCannotTellIsRefused() {
        Session.Result file = stemma.run("search", "--file", "motd", "--as-of", before);
        assertThat(file.code()).isEqualTo(2);
        assertThat(file.err()).contains("leave that or the date out");
        assertThat(stemma.run("show", "out", "--as-of", "yesterday").code()).isEqualTo(2);
        assertThat(http.get("/api/v1/images?at=yesterday").json().path("code").asText())
                .isEqualTo("bad-request");
        assertThat(http.get("/api/v1/search?modifiedAfter=2026-01-01&at=2026-02-01")
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("no-past");
    }
}
