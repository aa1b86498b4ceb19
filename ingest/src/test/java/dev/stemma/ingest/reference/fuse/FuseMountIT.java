package dev.stemma.ingest.reference.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.ContentBrowser;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import dev.stemma.ingest.reference.CheckIn;
import dev.stemma.ingest.reference.StoredDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is mounted, as find, sha256sum, stat and getfattr see it, against what they say of the tree that the disk was made from. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuseMountIT {

    private Path directory = Path.of("/nonexistent");
    private Path image = Path.of("/nonexistent");
    private Path mountPoint = Path.of("/nonexistent");
    private int mounts;

    @BeforeAll
    void make(@TempDir Path temporary) throws Exception {
        Tool.require("mke2fs", "setfattr", "getfattr", "fusermount3");
        directory = temporary.toRealPath();
        Tool.script(FuseMountIT.class, "make-image.sh", directory, tell());
        image = directory.resolve("image.raw");
    }

    @BeforeEach
    void aMountPoint() throws IOException {
        mountPoint = Files.createDirectory(directory.resolve("mount-" + mounts++));
    }

    private static Path tell() throws Exception {
        return Path.of(FuseMountIT.class.getResource("tell.sh").toURI());
    }

    private ContentBrowser browse(Path file) throws Exception {
        return ContentBrowser.open(
                file,
                ImageRules.within(directory).withFormat("raw"),
                OptionalInt.empty(),
                Budget.of(Duration.ofMinutes(9)));
    }

    private static String shell(Path where, String command, int... allowed) {
        return Tool.run(List.of("sh", "-c", "cd \"$0\" && " + command, where.toString()), allowed);
    }

    private boolean mounted() throws IOException {
        return Files.readString(Path.of("/proc/mounts")).contains(" " + mountPoint + " ");
    }

    @Test
    void allIsAsInTheTreeThatTheDiskWasMadeFrom() throws Exception {
        try (ContentBrowser browser = browse(image);
                FuseMount mount = FuseMount.open(browser.files(), mountPoint, "disk:1")) {
            assertThat(shell(mountPoint, "sh " + tell())).isEqualTo(truth());
            assertThat(shell(mountPoint, "sh " + tell()))
                    .as("from what the kernel remembers")
                    .isEqualTo(truth());
            assertThat(mount.problems().count()).isZero();
            assertThat(Files.readString(Path.of("/proc/mounts")))
                    .containsPattern("disk:1 " + mountPoint + " fuse.stemma ro,nosuid,nodev,noexec");
        }
        assertThat(mounted()).isFalse();
    }

    private String truth() throws IOException {
        return Files.readString(directory.resolve("truth"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aDiskOfTheStoreIsShownUnrestored() throws Exception {
        try (ContentStore store = ContentStore.open(directory.resolve("store"))) {
            List<ByteSource> disks = List.of(StoredDisk.open(store, checkIn(store), Origin.of("stored")));
            try (ContentBrowser browser = ContentBrowser.open(
                            disks, Origin.of("stored"), OptionalInt.empty(), Budget.of(Duration.ofMinutes(9)));
                    FuseMount mount = FuseMount.open(browser.files(), mountPoint, "stored")) {
                assertThat(shell(mountPoint, "sh " + tell())).isEqualTo(truth());
                assertThat(mount.problems().count()).isZero();
            }
        }
    }

    private ImageManifest.Disk checkIn(ContentStore store) throws Exception {
        try (CheckIn checkIn = CheckIn.into(store);
                FileSource source = FileSource.open(image)) {
            checkIn.end(checkIn.disk(), source, _ -> {});
            return store.roots().read(checkIn.finish()).disks().getFirst();
        }
    }

    @Test
    void nothingCanBeChangedRunOrUsedAsADevice() throws Exception {
        try (ContentBrowser browser = browse(image);
                FuseMount mount = FuseMount.open(browser.files(), mountPoint, "disk")) {
            assertThat(mount.open()).isTrue();
            for (String command : List.of(
                    "echo x >one",
                    "echo x >new",
                    "rm one",
                    "mv one two",
                    "mkdir new",
                    "chmod 0 one",
                    "ln one two",
                    "touch one")) {
                assertThat(shell(mountPoint, command + " 2>&1", 1, 2)).contains("Read-only file system");
            }
            assertThat(shell(mountPoint, "usr/bin/program 2>&1", 126)).contains("Permission denied");
            assertThat(shell(mountPoint, "cat character 2>&1", 1)).contains("Permission denied");
            assertThat(shell(mountPoint, "cat nothing 2>&1", 1)).contains("No such file");
        }
    }

    @Test
    void whatIsDamagedIsAnErrorAndIsTold() throws Exception {
        Path damaged = directory.resolve("damaged.raw");
        Files.copy(image, damaged);
        String block = Tool.run(List.of("debugfs", "-R", "blocks /many", damaged.toString()))
                .lines()
                .filter(line -> line.matches("[0-9 ]+"))
                .findFirst()
                .orElseThrow()
                .split(" ")[0];
        try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
            file.seek(Long.parseLong(block) * blockBytes(damaged));
            file.write(new byte[1_024]);
        }
        try (ContentBrowser browser = browse(damaged);
                FuseMount mount = FuseMount.open(browser.files(), mountPoint, "damaged")) {
            assertThat(shell(mountPoint, "ls many 2>&1", 2)).contains("Input/output error");
            assertThat(shell(mountPoint, "cat one")).isEqualTo("x");
            assertThat(mount.problems().count()).isPositive();
            assertThat(mount.problems().last().orElseThrow().code()).isNotBlank();
        }
    }

    private static long blockBytes(Path disk) {
        return Tool.run(List.of("dumpe2fs", "-h", disk.toString()))
                .lines()
                .filter(line -> line.startsWith("Block size:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itEndsWhileSomebodyReads() throws Exception {
        try (ContentBrowser browser = browse(image)) {
            FuseMount mount = FuseMount.open(browser.files(), mountPoint, "disk");
            Process reader = new ProcessBuilder("sh", "-c", "cd " + mountPoint + "/usr && exec sleep 60").start();
            try (InputStream open = Files.newInputStream(mountPoint.resolve("several"))) {
                assertThat(open.read()).isNotNegative();
                mount.close();
                assertThat(mounted()).isFalse();
                assertThatThrownBy(() -> Files.list(mountPoint.resolve("usr"))).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> {
                            open.skipNBytes(4_000_000);
                            open.readAllBytes();
                        })
                        .isInstanceOf(IOException.class);
            } finally {
                reader.destroyForcibly();
            }
            assertThat(mount.open()).isFalse();
            mount.close();
        }
    }

    @Test
    void whoeverMayUnmountsIt() throws Exception {
        try (ContentBrowser browser = browse(image);
                FuseMount mount = FuseMount.open(browser.files(), mountPoint, "disk")) {
            Tool.run(List.of("fusermount3", "-u", mountPoint.toString()));
            for (int i = 0; i < 100 && mount.open(); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(mount.open()).isFalse();
        }
    }

    @Test
    void whatCannotBeMountedOnIsTold() throws Exception {
        try (ContentBrowser browser = browse(image)) {
            Path nowhere = directory.resolve("nowhere");
            assertThatThrownBy(() -> FuseMount.open(browser.files(), nowhere, "disk"))
                    .isInstanceOf(Unreadable.class)
                    .hasMessageContaining("nowhere")
                    .extracting(e -> ((Unreadable) e).code())
                    .isEqualTo("mount-failed");
        }
    }

    @Test
    void itEndsWithAProcessThatIsKilled() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        MountProcess.class.getName(),
                        image.toString(),
                        mountPoint.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.lines().anyMatch(("mounted " + mountPoint)::equals)).isTrue();
            assertThat(shell(mountPoint, "cat one")).isEqualTo("x");
            process.destroyForcibly().waitFor();
            for (int i = 0; i < 100 && mounted(); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(FuseMount.clean().contains(mountPoint) || !mounted()).isTrue();
            assertThat(mounted()).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }
}
