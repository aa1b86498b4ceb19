package dev.stemma.ingest.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths inside a guest: whatever its links say, they stay inside. */
class GuestFilesTest {

    @TempDir
    Path directory;

    Path tree = Path.of("");

    @BeforeEach
    void aTree() throws Exception {
        tree = Files.createDirectory(directory.resolve("tree"));
        Guest.write(tree, "usr/bin/tool", "tool");
        Guest.write(tree, "etc/hostname", "guest\n");
        Guest.link(tree, "bin", "usr/bin");
        Guest.link(tree, "absolute", "/usr/bin/../bin/./tool");
        Guest.link(tree, "usr/bin/up", "../../../../../../../etc/hostname");
        Guest.link(tree, "loop", "loop2");
        Guest.link(tree, "loop2", "/loop");
        Guest.link(tree, "self", "self/self");
        Guest.link(tree, "dangling", "/nothing/here");
        Guest.link(tree, "folder", "/usr");
        Guest.link(tree, "through", "etc/hostname/below");
    }

    private static Optional<String> read(GuestFiles files, String path) throws Exception {
        return files.read(GuestPath.parse(path), 100).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void linksAreFollowedInsideOfTheGuest() throws Exception {
        try (Guest guest = Guest.of(tree)) {
            GuestFiles files = guest.files();
            assertThat(read(files, "/bin/tool")).hasValue("tool");
            assertThat(read(files, "/absolute")).hasValue("tool");
            assertThat(read(files, "/bin/up")).hasValue("guest\n");
            assertThat(read(files, "/folder/bin/tool")).hasValue("tool");
            assertThat(read(files, "/dangling")).isEmpty();
            assertThat(read(files, "/through")).isEmpty();
            assertThat(read(files, "/nothing/at/all")).isEmpty();
            assertThat(read(files, "/usr")).isEmpty();
            assertThat(files.find(GuestPath.parse("/absolute")).orElseThrow().path())
                    .isEqualTo(GuestPath.parse("/usr/bin/tool"));
            assertThat(files.findLink(GuestPath.parse("/absolute"))
                            .orElseThrow()
                            .path())
                    .isEqualTo(GuestPath.parse("/absolute"));
            assertThat(files.canonical(GuestPath.parse("/bin/missing/below")))
                    .isEqualTo(GuestPath.parse("/usr/bin/missing/below"));
            assertThat(files.list(GuestPath.parse("/bin")))
                    .extracting(found -> found.path().escaped())
                    .containsExactly("/usr/bin/tool", "/usr/bin/up");
            assertThat(files.list(GuestPath.parse("/nothing"))).isEmpty();
        }
    }

    @Test
    void linksThatLeadAroundAreAProblemAndNotAHang() throws Exception {
        try (Guest guest = Guest.of(tree)) {
            for (String path : List.of("/loop", "/self", "/loop/below")) {
                ImageProblem problem = catchThrowableOfType(
                        ImageProblem.class, () -> guest.files().find(GuestPath.parse(path)));
                assertThat(problem.code()).as(path).isEqualTo("loop");
            }
        }
    }

    @Test
    void aFileThatIsLongerThanExpectedIsNotReadWhole() throws Exception {
        Guest.write(tree, "long", "x".repeat(1_000_000));
        try (Guest guest = Guest.of(tree)) {
            ImageProblem problem = catchThrowableOfType(
                    ImageProblem.class, () -> guest.files().read(GuestPath.parse("/long"), 999_999));
            assertThat(problem.code()).isEqualTo("size-limit");
            assertThat(guest.files().readStart(GuestPath.parse("/long"), 20).orElseThrow())
                    .hasSize(20);
            assertThat(guest.files().read(GuestPath.parse("/long"), 1_000_000).orElseThrow())
                    .hasSize(1_000_000);
        }
    }

    @Test
    void aSeparateVarIsMountedByItsUuid() throws Exception {
        String uuid = "0b2cc8c8-0e9a-4d2b-9b0c-6c1f3b7f8a11";
        Guest.write(tree, "etc/os-release", "ID=debian\nVERSION_ID=12\n");
        Guest.write(tree, "etc/fstab", "# a line\nUUID=" + uuid + " /var ext4 defaults 0 2\nproc /proc proc\n");
        Files.createDirectory(tree.resolve("var"));
        Path var = directory.resolve("var");
        Guest.write(
                var,
                "lib/dpkg/status",
                "Package: hello\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n");
        try (Guest root = Guest.of(tree);
                Guest second = Guest.of(var, "-U", uuid)) {
            GuestRoots roots = GuestRoots.find(
                    List.of(root.candidate(1), second.candidate(2)),
                    root.files().budget());
            assertThat(roots.observations()).isEmpty();
            assertThat(roots.guests()).hasSize(1);
            assertThat(roots.guests().getFirst().mounts()).isEqualTo(Map.of(GuestPath.parse("/var"), second.reader()));
            assertThat(GuestAnalysis.run(roots.guests().getFirst(), dev.stemma.graph.model.Level.BASIC)
                            .packages())
                    .extracting(one -> one.name())
                    .containsExactly("hello");
        }
    }

    @Test
    void aLogicalVolumeIsMountedByEitherOfItsNames() throws Exception {
        Guest.write(tree, "etc/os-release", "ID=debian\nVERSION_ID=12\n");
        Guest.write(
                tree, "etc/fstab", "/dev/mapper/my--vg-var /var ext4\n/dev/my-vg/var /srv ext4\n/dev/sda2 /mnt ext4\n");
        Path var = Files.createDirectory(directory.resolve("var"));
        try (Guest root = Guest.of(tree);
                Guest second = Guest.of(var)) {
            GuestRoots roots = GuestRoots.find(
                    List.of(root.candidate(1), second.volume(2, "lvm:my-vg/var")),
                    root.files().budget());
            assertThat(roots.guests().getFirst().mounts())
                    .isEqualTo(
                            Map.of(GuestPath.parse("/var"), second.reader(), GuestPath.parse("/srv"), second.reader()));
        }
    }

    @Test
    void aVarThatIsNotThereIsAnObservation() throws Exception {
        Guest.write(tree, "etc/os-release", "ID=debian\n");
        Guest.write(tree, "etc/fstab", "LABEL=data\\040disk /var/lib ext4\n/dev/sdb1 /srv ext4\n/dev/vda1 / ext4\n");
        try (Guest root = Guest.of(tree)) {
            GuestRoots roots =
                    GuestRoots.find(List.of(root.candidate(1)), root.files().budget());
            assertThat(roots.guests()).hasSize(1);
            assertThat(roots.observations()).extracting(Observation::code).containsExactly("mount-not-found");
        }
    }

    @Test
    void aDevicesNameMeansOneOfSeveralDisks() throws Exception {
        Guest.write(tree, "etc/os-release", "ID=debian\n");
        Guest.write(tree, "etc/fstab", "/dev/vdb1 /srv ext4\n/dev/nvme2n1p1 /opt ext4\n");
        Path other = directory.resolve("other");
        Guest.write(other, "file", "content\n");
        try (Guest root = Guest.of(tree);
                Guest second = Guest.of(other);
                Guest third = Guest.of(other)) {
            GuestRoots roots = GuestRoots.find(
                    List.of(
                            root.candidate(1),
                            new GuestRoots.Candidate(
                                    third.reader(), third.candidate(1).partition(), 2),
                            new GuestRoots.Candidate(
                                    second.reader(), second.candidate(1).partition(), 1)),
                    root.files().budget());
            assertThat(roots.guests().getFirst().mounts())
                    .isEqualTo(
                            Map.of(GuestPath.parse("/srv"), second.reader(), GuestPath.parse("/opt"), third.reader()));
        }
    }
}
