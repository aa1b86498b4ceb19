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

/** The store of a service when something is wrong with it or its medium, and several who use it at once; each step builds on the one before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoreServiceIT {

    private Path directory = Path.of("/nonexistent");
    private Session stemma = new Session(new Home(Path.of("/nonexistent")));
    private TestImages images = new TestImages(Path.of("/"), Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeAll
    void aService(@TempDir Path temporary) throws Exception {
        directory = temporary.toRealPath();
        stemma = new Session(new Home(directory.resolve("home")));
        Files.createDirectories(directory.resolve("home/store"));
        medium("store", "home/store", 96);
        stemma.done("up", "--port", "0", "--wait", "300");
        images = TestImages.build(Files.createDirectory(directory.resolve("images")));
        stemma.done(
                "index",
                "--allow",
                images.directory().toString(),
                images.other().toString());
        stemma.done("checkin", images.base().toString(), "--new-chain", "debian", "-m", "first");
        stemma.done("checkin", images.web().toString(), "-m", "nginx");
        stemma.done("checkin", images.other().toString(), "--new-chain", "other", "-m", "another");
    }

    @AfterAll
    void theServiceEnds() throws Exception {
        assertThat(stemma.run("down").code()).isZero();
        for (String place : List.of("home/store", "images/small")) {
            if (Files.exists(directory.resolve(place))) {
                TestImages.run(
                        asRoot("umount", "--lazy", directory.resolve(place).toString()));
            }
        }
    }

    /** A medium of its own, in memory: one that can be full. */
    private void medium(String name, String place, int megabytes) throws Exception {
        TestImages.run(asRoot(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "mode=0777,size=" + megabytes + "m",
                name,
                directory.resolve(place).toString()));
    }

    private static String[] asRoot(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        if (!"root".equals(System.getProperty("user.name"))) {
            all.addAll(0, List.of("sudo", "-n"));
        }
        return all.toArray(String[]::new);
    }

    private Path largestPack() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("home/store/packs"))) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    @Test
    @Order(1)
    void aPackThatCannotBeReadIsNamedWithItsVersionsAndBroughtBackFromOtherCopies() throws Exception {
        Path pack = largestPack();
        try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        Session.Result found = stemma.run("verify");
        assertThat(found.code()).as(found.toString()).isEqualTo(1);
        assertThat(found.err())
                .contains("1 packs cannot be read", pack.getFileName().toString(), "hit: ", "--from");
        assertThat(Http.json(stemma, "jobs", "--limit", "1").findValuesAsText("code"))
                .containsExactly("pack-damaged");
        stemma.refused(
                1,
                "nothing is checked in while a pack cannot be read",
                "checkin",
                images.base().toString(),
                "--new-chain",
                "no",
                "-m",
                "no");
        assertThat(stemma.run("gc", "--grace", "0s").code()).isEqualTo(1);
        stemma.done("down");
        // Gone altogether, it is missed all the same.
        Files.delete(pack);
        stemma.done("up", "--port", "0", "--wait", "300");
        assertThat(stemma.done("stats").out())
                .contains(
                        "1 packs cannot be read", pack.getFileName().toString(), "is gone", "damaged: ", "debian:1.1");
        assertThat(stemma.done("status").out())
                .contains("1 packs cannot be read", pack.getFileName().toString());
        assertThat(stemma.run("verify").err())
                .contains("1 packs cannot be read", pack.getFileName().toString(), "is gone", "hit: ");
        stemma.refused(
                2, "--from is for --repair", "verify", "--from", images.base().toString());
        Session.Result mended = stemma.done(
                "verify",
                "--repair",
                "--from",
                images.base().toString(),
                "--from",
                images.web().toString(),
                "--from",
                images.other().toString());
        assertThat(mended.out()).contains("1 packs were taken out", "all versions are whole");
        stemma.done("verify");
        Path out = images.directory().resolve("again.raw");
        stemma.done("checkout", "debian:1.1", "--to", out.toString());
        TestImages.same(out, images.base());
        assertThat(Http.json(stemma, "stats").path("images")).hasSize(3);
    }

    @Test
    @Order(2)
    void anImageManifestThatIsDamagedOrLostIsMadeAnew() throws Exception {
        List<Path> manifests;
        try (Stream<Path> files = Files.walk(directory.resolve("home/store/images"))) {
            manifests = files.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(manifests).hasSize(3);
        Files.writeString(manifests.getFirst(), "stemma-image 1");
        Files.delete(manifests.getLast());
        assertThat(stemma.run("verify").err()).contains("hit: ");
        stemma.refused(1, "image manifest of", "gc", "--grace", "0s");
        assertThat(stemma.done("verify", "--repair").out())
                .contains("2 image manifests made anew", "all versions are whole");
        stemma.done("verify");
        assertThat(manifests).allSatisfy(manifest -> assertThat(manifest).isRegularFile());
    }

    @Test
    @Order(3)
    void checkInsOfOneChainGoOnSideBySideAndOneWins() throws Exception {
        stemma.done("checkin", images.base().toString(), "--new-chain", "race", "-m", "first");
        List<String> jobs = new ArrayList<>();
        for (Path image : List.of(images.web(), images.other())) {
            // Both before either can have come to its end.
            Http.Answer accepted = Http.of(stemma.home())
                    .post(
                            "/api/v1/checkins",
                            "application/json",
                            "{\"image\": \"" + image + "\", \"chain\": \"race\", \"message\": \"second\"}");
            assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
            jobs.add(accepted.json().path("id").asText());
        }
        List<String> ends = new ArrayList<>();
        for (String job : jobs) {
            stemma.run("jobs", job, "--follow");
            JsonNode item = Http.json(stemma, "jobs", job).path("items").path(0);
            ends.add(item.path("state").asText() + " "
                    + item.path("problem").path("code").asText()
                    + item.path("result").path("version").asText());
        }
        assertThat(ends).containsExactlyInAnyOrder("done race:1.2", "failed chain-moved");
        stemma.done("verify");
        assertThat(Http.json(stemma, "stats").path("images").findValues("versions"))
                .as("what was refused left nothing that no version names")
                .allSatisfy(versions -> assertThat(versions).isNotEmpty());
    }

    @Test
    @Order(4)
    void aFullMediumIsToldAndNothingIsHalfDone() throws Exception {
        Path large = images.directory().resolve("large.raw");
        Files.copy(images.other(), large);
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            byte[] noise = new byte[9 << 20];
            new java.util.Random(4).nextBytes(noise);
            file.seek(file.length());
            file.write(noise);
        }
        Path filler = directory.resolve("home/store/filler");
        long free = Files.getFileStore(filler.getParent()).getUsableSpace();
        Files.write(filler, new byte[(int) (free - (2 << 20))]);
        JsonNode before = Http.json(stemma, "stats");
        stemma.refused(1, "there is no space left", "checkin", large.toString(), "--new-chain", "large", "-m", "no");
        assertThat(Http.json(stemma, "jobs", "--limit", "1").findValuesAsText("code"))
                .containsExactly("store-full");
        assertThat(Http.json(stemma, "stats")).isEqualTo(before);
        Path noise = images.directory().resolve("noise.raw");
        byte[] unlike = new byte[12 << 20];
        new java.util.Random(5).nextBytes(unlike);
        Path tree = Files.createDirectory(directory.resolve("noise"));
        Files.write(tree.resolve("noise"), unlike);
        TestImages.run("mke2fs", "-q", "-t", "ext4", "-d", tree.toString(), noise.toString(), "24M");
        stemma.refused(1, "nothing of the image", "checkin", noise.toString(), "--new-chain", "noise", "-m", "no");
        assertThat(Http.json(stemma, "jobs", "--limit", "1").findValuesAsText("code"))
                .containsExactly("store-full");
        stemma.refused(3, "no chain named large", "checkin", large.toString(), "--chain", "large", "-m", "no");
        stemma.done("verify");
        Files.delete(filler);
        stemma.done("checkin", large.toString(), "--new-chain", "large", "-m", "now");

        Path small = Files.createDirectory(images.directory().resolve("small"));
        medium("small", "images/small", 2);
        for (String name : List.of("full.raw", "full.qcow2")) {
            stemma.refused(
                    1,
                    "there is no space left",
                    "checkout",
                    "large:1.1",
                    "--to",
                    small.resolve(name).toString());
            assertThat(Http.json(stemma, "jobs", "--limit", "1").findValuesAsText("code"))
                    .containsExactly("target-full");
            assertThat(small).isEmptyDirectory();
        }
        stemma.refused(
                1,
                "there is no space left",
                "copy",
                "large",
                small.resolve("copy.raw").toString());
        assertThat(Http.json(stemma, "jobs", "--limit", "1").findValuesAsText("code"))
                .containsExactly("target-full");
        assertThat(small).isEmptyDirectory();
        stemma.done("checkout", "large:1.1", "--to", large + ".out.raw");
        TestImages.same(Path.of(large + ".out.raw"), large);
    }

    @Test
    @Order(5)
    void aDirectoryIsAllowedWithACheckInToo() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path image = Files.copy(images.base(), elsewhere.resolve("far.raw"));
        stemma.refused(5, "--allow", "checkin", image.toString(), "--new-chain", "far", "-m", "no");
        assertThat(stemma.done(
                                "checkin",
                                image.toString(),
                                "--new-chain",
                                "far",
                                "-m",
                                "yes",
                                "--allow",
                                elsewhere.toString())
                        .out())
                .contains("far:1.1");
    }

    @Test
    @Order(6)
    void upkeepHasATimeLimit() {
        stemma.refused(2, "time limit", "gc", "--time-limit", "9999h");
        stemma.done("verify", "--time-limit", "10m");
        JsonNode last = Http.json(stemma, "jobs", "--limit", "1").path("items").path(0);
        assertThat(last.path("request").path("timeLimitSeconds").asLong()).isEqualTo(600);
    }
}
