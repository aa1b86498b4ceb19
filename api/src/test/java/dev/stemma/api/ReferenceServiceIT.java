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
        stemma.done("up", "--port", "0", "--wait", "300");
        images = TestImages.build(Files.createDirectory(directory.resolve("images")));
        stemma.done(
                "index",
                "--allow",
                images.directory().toString(),
                images.other().toString());
    }

    @AfterAll
    void theServiceEnds() {
        assertThat(stemma.run("down").code()).isZero();
    }

    @Test
    @Order(1)
    void whatIsWrongWithACheckInIsToldBeforeAnythingIsRead() {
        String base = images.base().toString();
        stemma.refused(2, "--message", "checkin", base, "--new-chain", "debian");
        stemma.refused(2, "letters, digits", "checkin", base, "--new-chain", "a:b", "-m", "no");
        stemma.refused(3, "no chain named debian", "checkin", base, "--chain", "debian", "-m", "no");
        stemma.refused(2, "one chain", "checkin", base, "--chain", "a", "--new-chain", "b", "-m", "no");
        stemma.refused(6, "was never checked in", "checkin", base, "-m", "no");
        stemma.refused(6, "is no version", "revoke", "other", "-m", "no");
        assertThat(Http.json(stemma, "stats").path("images"))
                .as("what was refused left nothing")
                .isEmpty();
    }

    @Test
    @Order(2)
    void imagesBecomeVersionsOfTheirOwnChain() {
        assertThat(stemma.done("checkin", images.base().toString(), "--new-chain", "debian", "-m", "first")
                        .out())
                .contains("→ debian:1.1: ");
        assertThat(stemma.done("checkin", images.web().toString(), "-m", "nginx")
                        .out())
                .as("the overlay stands on what became 1.1")
                .contains("→ debian:1.2: ");
        stemma.refused(6, "debian already", "checkin", images.other().toString(), "--new-chain", "debian", "-m", "no");
        stemma.refused(6, "has come to 1.2", "checkin", images.base().toString(), "-m", "again");
        assertThat(stemma.done("checkin", "other", "--new-chain", "other", "-m", "by its name")
                        .out())
                .contains("→ other:1.1: ");
        JsonNode stats = Http.json(stemma, "stats");
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
        assertThat(stemma.done("checkout", "debian:1.2", "--to", out.toString()).out())
                .contains(out + " is debian:1.2.1: ");
        TestImages.same(out, images.web());
        stemma.refused(6, "is there already", "checkout", "debian:1.2", "--to", out.toString());
        stemma.refused(5, "allowed", "checkout", "debian:1.2", "--to", "/out.raw");
        stemma.refused(6, "is no version", "checkout", "other", "--to", out + ".2");
        assertThat(Http.json(stemma, "drift", "out").path("packages").path("changes"))
                .as("it is what its version is")
                .isEmpty();
        assertThat(Http.json(stemma, "packages", "out").path("items")).hasSize(3);
    }

    @Test
    @Order(4)
    void statesAndChannelsGuardEachOther() throws Exception {
        stemma.done("promote", "debian:1.2", "--to", "stable", "-m", "tested");
        stemma.refused(6, "channels point to debian:1.2: stable", "revoke", "debian:1.2", "-m", "no");
        stemma.done("promote", "debian:1.1", "--to", "debian:stable", "-m", "back");
        stemma.done("revoke", "debian:1.2", "-m", "a hole");
        stemma.refused(6, "revoked", "checkout", "debian:1.2", "--to", images.directory() + "/no.raw");
        stemma.refused(6, "revoked and cannot become deprecated", "deprecate", "debian:1.2", "-m", "no");
        stemma.done("restore", "debian:1.2", "-m", "there was none");
        stemma.refused(6, "has descendants: out", "delete", "debian:1.2", "-m", "no");
        stemma.done("deprecate", "debian:1.2", "-m", "old");
        assertThat(stemma.done("move", "debian:1.2", "--chain", "other", "-m", "it is one")
                        .out())
                .contains("other:1.2");
        Path out = images.directory().resolve("moved.raw");
        assertThat(stemma.done("checkout", "other:1.2", "--to", out.toString()).out())
                .contains("other:1.2.2");
        TestImages.same(out, images.web());
    }

    @Test
    @Order(5)
    void aCopyThatNobodyToldOfIsSeen() throws Exception {
        Path copy = images.directory().resolve("copy.qcow2");
        TestImages.run("qemu-img", "convert", "-O", "qcow2", images.other().toString(), copy.toString());
        Path moved = images.directory().resolve("elsewhere.raw");
        Files.move(images.directory().resolve("moved.raw"), moved);
        stemma.done("index", copy.toString(), moved.toString());
        assertThat(derivations("copy")).containsExactly("copy OBSERVED other:1.1");
        assertThat(derivations("elsewhere")).containsExactly("copy OBSERVED other:1.2");
        assertThat(derivations("other"))
                .as("the version came of it, and not it of the version")
                .isEmpty();
        stemma.done("index", copy.toString(), images.other().toString());
        assertThat(derivations("copy")).hasSize(1);
        assertThat(stemma.done("tree", "other:1.1").out()).contains("copy", "observed");
        Path archive = images.directory().resolve("package.ova");
        assertThat(stemma.done("checkout", "other:1.1", "--to", archive.toString())
                        .out())
                .contains(archive + " is other:1.1.");
        assertThat(Http.json(stemma, "show", "package")
                        .path("image")
                        .path("format")
                        .asText())
                .isEqualTo("ova");
        stemma.refused(6, "is there already", "checkout", "other:1.1", "--to", archive.toString());
        stemma.done("index", archive.toString(), "--level", "full");
        JsonNode same = Http.json(stemma, "drift", "other:1.1", "package");
        assertThat(same.path("packages").path("changes")).isEmpty();
        assertThat(same.path("files").path("changes").path("items")).isEmpty();
        assertThat(same.path("files").path("noise")).isEmpty();
    }

    private List<String> derivations(String image) {
        JsonNode rows = Http.json(
                stemma,
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
        stemma.done("checkin", own.toString(), "--new-chain", "own", "-m", "like no other");
        String uri = Http.json(stemma, "export", "own:1.1").path("uri").asText();
        JsonNode writable = Http.json(stemma, "export", "own:1.1", "--writable");
        TestImages.run("qemu-img", "compare", "-f", "raw", "-F", "raw", uri, own.toString());
        String overlay = writable.path("uri").asText();
        TestImages.run("qemu-io", "-f", "raw", overlay, "-c", "write -P 7 1000 5000", "-c", "flush");
        TestImages.run("qemu-io", "-r", "-f", "raw", overlay, "-c", "read -P 7 1000 5000");
        assertThat(Http.json(stemma, "exports").path("items")).hasSize(2);
        stemma.done("delete", "own:1.1", "-m", "while it is open");
        stemma.done("gc", "--grace", "0s");
        TestImages.run("qemu-img", "compare", "-f", "raw", "-F", "raw", uri, own.toString());
        stemma.refused(3, "no export e99", "unexport", "e99");
        stemma.done("unexport", writable.path("id").asText());
        assertThat(Path.of(writable.path("socket").asText()).getParent()).doesNotExist();
        stemma.done("unexport", "--all");
        stemma.refused(6, "deleted", "export", "own:1.1");
        stemma.refused(2, "no disk 2", "export", "debian:1.1", "--disk", "2");
        stemma.done("gc", "--grace", "0s");
        stemma.refused(6, "let go of", "export", "own:1.1");
    }

    @Test
    @Order(7)
    void damageIsToldByVersionsAndMendedFromAnotherCopy() throws Exception {
        stemma.done("verify");
        stemma.done("down");
        flip(firstPack());
        stemma.done("up", "--port", "0", "--wait", "300");
        Session.Result found = stemma.run("verify");
        assertThat(found.code()).as(found.toString()).isEqualTo(1);
        assertThat(found.err()).contains("damaged", "hit: debian:1.1", "--repair");
        assertThat(stemma.run("verify", "--repair").code()).isEqualTo(1);
        stemma.done("checkin", images.base().toString(), "--new-chain", "again", "-m", "the same, from another copy");
        stemma.done("checkin", images.web().toString(), "--new-chain", "again-too", "-m", "and this");
        stemma.done("checkin", images.other().toString(), "--new-chain", "again-three", "-m", "and this");
        stemma.done("verify");
        Path out = images.directory().resolve("mended.raw");
        stemma.done("checkout", "debian:1.1", "--to", out.toString());
        TestImages.same(out, images.base());
    }

    /** What was checked in first lies in the oldest; which is the largest is a matter of some bytes. */
    private Path firstPack() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("home/store/packs"))) {
            return files.filter(Files::isRegularFile)
                    .min(Comparator.comparingLong(file -> file.toFile().lastModified()))
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
        long before = Http.json(stemma, "stats").path("packBytes").asLong();
        for (String chain : List.of("again", "again-too", "again-three")) {
            stemma.done("delete", chain + ":1.1", "-m", "it was for the repair");
        }
        stemma.done("gc");
        stemma.done("restore", "again-three:1.1", "-m", "still needed");
        stemma.done("delete", "other:1.1", "-m", "never used", "--force");
        stemma.done("gc", "--grace", "0s");
        assertThat(Http.json(stemma, "stats").path("images"))
                .as("of four contents")
                .hasSize(3);
        stemma.refused(6, "let go of", "restore", "again:1.1", "-m", "too late");
        assertThat(Http.json(stemma, "stats").path("packBytes").asLong()).isLessThanOrEqualTo(before);
        stemma.done("verify");
        assertThat(stemma.done("images").out()).contains("again:1.1", "debian:1.1");
    }

    @Test
    @Order(9)
    void clonesAreAllThereOrNone() throws Exception {
        List<String> raw = targets("c", "raw");
        List<String> lines = stemma.done(clone("debian:1.1", raw)).out().lines().toList();
        assertThat(lines).hasSize(4);
        for (int i = 0; i < 3; i++) {
            assertThat(lines.get(i)).startsWith(raw.get(i) + " is debian:1.1." + (i + 2) + ", ");
            TestImages.same(Path.of(raw.get(i)), images.base());
            assertThat(Http.json(stemma, "drift", "debian:1.1." + (i + 2))
                            .path("packages")
                            .path("changes")
                            .path("items"))
                    .isEmpty();
        }
        List<String> overlays = new ArrayList<>(targets("o", "qcow2"));
        overlays.set(0, images.directory() + "/o-1.raw");
        List<String> wanted = new ArrayList<>(List.of(clone("debian:1.1", overlays)));
        wanted.add("--overlay");
        assertThat(stemma.done(wanted.toArray(String[]::new)).out()).contains("debian:1.1.7, an overlay on the first");
        for (String overlay : overlays) {
            TestImages.same(Path.of(overlay), images.base());
        }
        assertThat(Files.size(Path.of(overlays.get(2)))).isLessThan(1 << 20);
        assertThat(stemma.done("tree", "o-1").out())
                .as("overlays stand on the first, which can not be done without")
                .contains(
                        "debian:1.1.6 (o-2)  (backing-file, observed)", "debian:1.1.7 (o-3)  (backing-file, observed)");

        stemma.refused(
                6,
                "c-2.raw is there already",
                clone("debian:1.1", targets("c", "raw").subList(1, 2)));
        stemma.refused(
                2, "q-1.qcow2 would be raw and not what its name says", clone("debian:1.1", targets("q", "qcow2")));
        stemma.refused(2, "named twice", "clone", "debian:1.1", images.directory() + "/x", images.directory() + "/./x");
        stemma.refused(5, "allowed", "clone", "debian:1.1", images.directory() + "/x", "/x");
        Path full = Files.createDirectory(images.directory().resolve("full"));
        Files.createDirectory(full.resolve(".stemma-" + partial("b") + ".partial"));
        stemma.refused(6, "is there already", "clone", "debian:1.1", full + "/a", full + "/b");
        assertThat(full.resolve("a")).doesNotExist();
    }

    private static String partial(String name) {
        return dev.stemma.graph.id.Digest.sha256(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hex()
                .substring(0, 32);
    }

    private List<String> targets(String name, String ending) {
        return List.of(1, 2, 3).stream()
                .map(number -> images.directory() + "/" + name + "-" + number + "." + ending)
                .toList();
    }

    private static String[] clone(String version, List<String> targets) {
        List<String> all = new ArrayList<>(List.of("clone", version));
        all.addAll(targets);
        return all.toArray(String[]::new);
    }

    @Test
    @Order(10)
    void clonesThatWereCutOffAreFinishedAndNotMadeTwice() throws Exception {
        List<String> known = targets("k", "raw");
        stemma.done(clone("debian:1.1", known));
        stemma.done("down");
        Path journal = directory.resolve("home/jobs/journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        List<String> job = lines.subList(lines.size() - 5, lines.size());
        assertThat(job.getFirst()).contains("accepted", known.getFirst());
        // One ended before the word of its branches was written; another, which is the same otherwise, when one file
        // was whole and the next begun.
        List<String> cut = new ArrayList<>(lines.subList(0, lines.size() - 2));
        cut.add(job.getFirst().replace("\"job-", "\"job-f").replace("/k-", "/m-"));
        Files.write(journal, cut);
        List<String> more = targets("m", "raw");
        Files.copy(images.base(), Path.of(more.getFirst()));
        Path begun = images.directory().resolve(".stemma-" + partial("m-2.raw") + ".partial");
        Files.writeString(begun, "half");
        stemma.done("up", "--port", "0", "--wait", "300");
        List<JsonNode> jobs = new ArrayList<>();
        for (JsonNode one : Http.json(stemma, "jobs", "--limit", "2").path("items")) {
            Session.Result ended = stemma.run("jobs", one.path("id").asText(), "--follow", "--output", "json");
            jobs.add(new Http.Answer(200, "", ended.out())
                    .json()
                    .path("items")
                    .path(0)
                    .path("result"));
        }
        assertThat(jobs.get(0).path("clones").findValuesAsText("how"))
                .startsWith("found")
                .hasSize(3)
                .doesNotContain("checked-out");
        assertThat(jobs.get(0).path("clones").findValuesAsText("branch"))
                .containsExactly("debian:1.1.11", "debian:1.1.12", "debian:1.1.13");
        assertThat(jobs.get(1).path("clones").findValuesAsText("branch"))
                .as("the branches that there were")
                .containsExactly("debian:1.1.8", "debian:1.1.9", "debian:1.1.10");
        assertThat(begun).doesNotExist();
        for (String file : more) {
            TestImages.same(Path.of(file), images.base());
        }
    }

    @Test
    @Order(11)
    void theFilesOfAVersionAreADirectoryUntilThatIsEnded() throws Exception {
        Path own = images.directory().resolve("shown.raw");
        Files.copy(images.other(), own);
        flip(own);
        stemma.done("checkin", own.toString(), "--new-chain", "shown", "-m", "like no other");
        Path tree = images.directory().resolve("other.tree");
        Path shown = Files.createDirectory(images.directory().resolve("shown"));
        JsonNode mount = Http.json(stemma, "mount", "shown:1.1", shown.toString());
        TestImages.run("diff", "-r", "--no-dereference", "--exclude=lost+found", tree.toString(), shown.toString());
        stemma.refused(6, "mounted on " + shown + " already", "mount", "shown:1.1", shown.toString());
        stemma.refused(6, "is not empty", "mount", "shown:1.1", tree.toString());
        stemma.refused(3, "is no directory", "mount", "shown:1.1", shown + "-2");
        stemma.refused(5, "allowed", "mount", "shown:1.1", "/mnt");
        stemma.done("delete", "shown:1.1", "-m", "while it is mounted");
        stemma.done("gc", "--grace", "0s");
        TestImages.run("diff", "-r", "--no-dereference", "--exclude=lost+found", tree.toString(), shown.toString());
        JsonNode all = Http.json(stemma, "mounts").path("items");
        assertThat(all).hasSize(1);
        assertThat(all.path(0).path("failures").asLong()).isZero();
        stemma.refused(3, "nothing is mounted as m99", "unmount", "m99");
        stemma.done("unmount", shown.toString());
        assertThat(shown).isEmptyDirectory();
        stemma.refused(6, "deleted", "mount", "shown:1.1", shown.toString());

        String id = Http.json(stemma, "mount", "debian:1.1", shown.toString())
                .path("id")
                .asText();
        assertThat(id).isNotEqualTo(mount.path("id").asText());
        TestImages.run("fusermount3", "-u", shown.toString());
        // The kernel tells the service of it a moment later.
        for (int i = 0; i < 100 && !Http.json(stemma, "mounts").path("items").isEmpty(); i++) {
            Thread.sleep(100);
        }
        assertThat(Http.json(stemma, "mounts").path("items"))
                .as("what somebody else ended")
                .isEmpty();
        stemma.done("mount", "debian:1.1", shown.toString());
        stemma.done("down");
        assertThat(shown).as("it ended with the service").isEmptyDirectory();
        stemma.done("up", "--port", "0", "--wait", "300");
    }
}
