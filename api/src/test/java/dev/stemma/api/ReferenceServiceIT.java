package dev.stemma.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.cli.Session;
import dev.stemma.api.home.Home;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of versions, by command, on one running service; each step builds on the one before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReferenceServiceIT {

    private Path directory = Path.of("/nonexistent");
    private Session stemma = new Session(new Home(Path.of("/nonexistent")));
    private TestImages images = new TestImages(Path.of("/"), Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeAll
    void aService(@TempDir Path temporary) throws Exception {
        directory = temporary.toRealPath();
        stemma = new Session(new Home(directory.resolve("home")));
        done("up", "--port", "0", "--wait", "300");
        images = TestImages.build(Files.createDirectory(directory.resolve("images")));
        done("index", "--allow", images.directory().toString(), images.other().toString());
    }

    @AfterAll
    void theServiceEnds() {
        assertThat(stemma.run("down").code()).isZero();
    }

    private Session.Result done(String... arguments) {
        Session.Result result = stemma.run(arguments);
        assertThat(result.code()).as(result.toString()).isZero();
        return result;
    }

    private Session.Result refused(int code, String words, String... arguments) {
        Session.Result result = stemma.run(arguments);
        assertThat(result.code()).as(result.toString()).isEqualTo(code);
        assertThat(result.err()).contains(words);
        return result;
    }

    private JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--output", "json"));
        return new Http.Answer(200, "", done(all.toArray(String[]::new)).out()).json();
    }

    private static void same(Path one, Path other) throws Exception {
        qemu("qemu-img", "compare", one.toString(), other.toString());
    }

    private static void qemu(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    @Order(1)
    void whatIsWrongWithACheckInIsToldBeforeAnythingIsRead() {
        String base = images.base().toString();
        refused(2, "--message", "checkin", base, "--new-chain", "debian");
        refused(2, "letters, digits", "checkin", base, "--new-chain", "a:b", "-m", "no");
        refused(3, "no chain named debian", "checkin", base, "--chain", "debian", "-m", "no");
        refused(2, "one chain", "checkin", base, "--chain", "a", "--new-chain", "b", "-m", "no");
        refused(6, "was never checked in", "checkin", base, "-m", "no");
        refused(6, "is no version", "revoke", "other", "-m", "no");
        assertThat(json("stats").path("images"))
                .as("what was refused left nothing")
                .isEmpty();
    }

    @Test
    @Order(2)
    void imagesBecomeVersionsOfTheirOwnChain() {
        assertThat(done("checkin", images.base().toString(), "--new-chain", "debian", "-m", "first")
                        .out())
                .contains("→ debian:1.1: ");
        assertThat(done("checkin", images.web().toString(), "-m", "nginx").out())
                .as("the overlay stands on what became 1.1")
                .contains("→ debian:1.2: ");
        refused(6, "debian already", "checkin", images.other().toString(), "--new-chain", "debian", "-m", "no");
        refused(6, "has come to 1.2", "checkin", images.base().toString(), "-m", "again");
        assertThat(done("checkin", "other", "--new-chain", "other", "-m", "by its name")
                        .out())
                .contains("→ other:1.1: ");
        JsonNode stats = json("stats");
        assertThat(stats.path("images")).hasSize(3);
        assertThat(stats.path("neededBytes").asLong())
                .isBetween(1L, stats.path("packBytes").asLong());
        assertThat(stats.path("images"))
                .allSatisfy(image -> assertThat(image.path("aloneBytes").asLong())
                        .isBetween(0L, stats.path("packBytes").asLong()));
    }

    @Test
    @Order(3)
    void aVersionComesOutAsItWentInAndIsABranchFromThenOn() throws Exception {
        Path out = images.directory().resolve("out.raw");
        assertThat(done("checkout", "debian:1.2", "--to", out.toString()).out()).contains(out + " is debian:1.2.1: ");
        same(out, images.web());
        refused(6, "is there already", "checkout", "debian:1.2", "--to", out.toString());
        refused(5, "allowed", "checkout", "debian:1.2", "--to", "/out.raw");
        refused(6, "is no version", "checkout", "other", "--to", out + ".2");
        assertThat(json("drift", "out").path("packages").path("changes").path("items"))
                .as("it is what its version is")
                .isEmpty();
        assertThat(json("packages", "out").path("items")).hasSize(3);
    }

    @Test
    @Order(4)
    void statesAndChannelsGuardEachOther() throws Exception {
        done("promote", "debian:1.2", "--to", "stable", "-m", "tested");
        refused(6, "channels point to debian:1.2: stable", "revoke", "debian:1.2", "-m", "no");
        done("promote", "debian:1.1", "--to", "debian:stable", "-m", "back");
        done("revoke", "debian:1.2", "-m", "a hole");
        refused(6, "revoked", "checkout", "debian:1.2", "--to", images.directory() + "/no.raw");
        refused(6, "revoked and cannot become deprecated", "deprecate", "debian:1.2", "-m", "no");
        done("restore", "debian:1.2", "-m", "there was none");
        refused(6, "has descendants: out", "delete", "debian:1.2", "-m", "no");
        done("deprecate", "debian:1.2", "-m", "old");
        assertThat(done("move", "debian:1.2", "--chain", "other", "-m", "it is one")
                        .out())
                .contains("other:1.2");
        Path out = images.directory().resolve("moved.raw");
        assertThat(done("checkout", "other:1.2", "--to", out.toString()).out()).contains("other:1.2.2");
        same(out, images.web());
    }

    @Test
    @Order(5)
    void aCopyThatNobodyToldOfIsSeen() throws Exception {
        Path copy = images.directory().resolve("copy.qcow2");
        qemu("qemu-img", "convert", "-O", "qcow2", images.other().toString(), copy.toString());
        Path moved = images.directory().resolve("elsewhere.raw");
        Files.move(images.directory().resolve("moved.raw"), moved);
        done("index", copy.toString(), moved.toString());
        assertThat(derivations("copy")).containsExactly("copy OBSERVED other:1.1");
        assertThat(derivations("elsewhere")).containsExactly("copy OBSERVED other:1.2");
        assertThat(derivations("other"))
                .as("the version came of it, and not it of the version")
                .isEmpty();
        done("index", copy.toString(), images.other().toString());
        assertThat(derivations("copy")).hasSize(1);
        assertThat(done("tree", "other:1.1").out()).contains("copy", "observed");
    }

    private List<String> derivations(String image) {
        JsonNode rows = json(
                "cypher",
                "MATCH (:Image {name: $name})-[d:DERIVED_FROM]->(v:Image)<-[h:HAS_VERSION]-(c:VersionChain)"
                        + " RETURN d.kind + ' ' + d.basis + ' ' + c.name + ':' + h.number",
                "--param",
                "name=" + image);
        List<String> found = new ArrayList<>();
        rows.path("rows").forEach(row -> found.add(row.path(0).asText()));
        return found;
    }

    @Test
    @Order(6)
    void aVersionIsABlockDeviceUntilThatIsEnded() throws Exception {
        Path own = images.directory().resolve("own.raw");
        Files.copy(images.other(), own);
        flip(own);
        done("checkin", own.toString(), "--new-chain", "own", "-m", "like no other");
        String uri = json("export", "own:1.1").path("uri").asText();
        JsonNode writable = json("export", "own:1.1", "--writable");
        qemu("qemu-img", "compare", "-f", "raw", "-F", "raw", uri, own.toString());
        String overlay = writable.path("uri").asText();
        qemu("qemu-io", "-f", "raw", overlay, "-c", "write -P 7 1000 5000", "-c", "flush");
        qemu("qemu-io", "-r", "-f", "raw", overlay, "-c", "read -P 7 1000 5000");
        assertThat(json("exports").path("items")).hasSize(2);
        done("delete", "own:1.1", "-m", "while it is open");
        done("gc", "--grace", "0s");
        qemu("qemu-img", "compare", "-f", "raw", "-F", "raw", uri, own.toString());
        refused(3, "no export e99", "unexport", "e99");
        done("unexport", writable.path("id").asText());
        assertThat(Path.of(writable.path("socket").asText()).getParent()).doesNotExist();
        done("unexport", "--all");
        refused(6, "deleted", "export", "own:1.1");
        refused(2, "no disk 2", "export", "debian:1.1", "--disk", "2");
        done("gc", "--grace", "0s");
        refused(6, "let go of", "export", "own:1.1");
    }

    @Test
    @Order(7)
    void damageIsToldByVersionsAndMendedFromAnotherCopy() throws Exception {
        done("verify");
        done("down");
        flip(largestPack());
        done("up", "--port", "0", "--wait", "300");
        Session.Result found = stemma.run("verify");
        assertThat(found.code()).as(found.toString()).isEqualTo(1);
        assertThat(found.err()).contains("damaged", "hit: debian:1.1", "--repair");
        assertThat(stemma.run("verify", "--repair").code()).isEqualTo(1);
        done("checkin", images.base().toString(), "--new-chain", "again", "-m", "the same, from another copy");
        done("checkin", images.web().toString(), "--new-chain", "again-too", "-m", "and this");
        done("checkin", images.other().toString(), "--new-chain", "again-three", "-m", "and this");
        done("verify");
        Path out = images.directory().resolve("mended.raw");
        done("checkout", "debian:1.1", "--to", out.toString());
        same(out, images.base());
    }

    private Path largestPack() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("home/store/packs"))) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void flip(Path pack) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "rw")) {
            file.seek(200);
            int was = file.read();
            file.seek(200);
            file.write(was ^ 4);
        }
    }

    @Test
    @Order(8)
    void whatIsDeletedGoesAfterItsTimeOfGrace() {
        long before = json("stats").path("packBytes").asLong();
        for (String chain : List.of("again", "again-too", "again-three")) {
            done("delete", chain + ":1.1", "-m", "it was for the repair");
        }
        done("gc");
        done("restore", "again-three:1.1", "-m", "still needed");
        done("delete", "other:1.1", "-m", "never used", "--force");
        done("gc", "--grace", "0s");
        assertThat(json("stats").path("images")).as("of four contents").hasSize(3);
        refused(6, "let go of", "restore", "again:1.1", "-m", "too late");
        assertThat(json("stats").path("packBytes").asLong()).isLessThanOrEqualTo(before);
        done("verify");
        assertThat(done("images").out()).contains("again:1.1", "debian:1.1");
    }
}
