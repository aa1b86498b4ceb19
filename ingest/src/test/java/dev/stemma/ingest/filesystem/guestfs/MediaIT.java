package dev.stemma.ingest.filesystem.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystemReaderContract;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.filesystem.TreeListing;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ISO 9660 in its forms, and squashfs; what went in is what is read, and other tools list the same names. One appliance reads the disk. */
class MediaIT {

    @TempDir
    static Path work;

    private static final Budget BUDGET = Budget.of(Duration.ofMinutes(30));

    private static FileSource disk;
    private static GuestfsVolumes volumes;

    @BeforeAll
    static void makeDisk() throws Exception {
        Tool.require(
                "mke2fs",
                "setfattr",
                "getfattr",
                "perl",
                "sfdisk",
                "genisoimage",
                "isoinfo",
                "xorriso",
                "mksquashfs",
                "unsquashfs");
        Class<?> scripts = FileSystemReaderContract.class;
        Tool.script(scripts, "ext/odd-tree.sh", work.resolve("tree"));
        for (String sparse : List.of("far", "comb")) {
            Files.delete(work.resolve("tree/sparse").resolve(sparse));
        }
        Tool.script(scripts, "guestfs/make-media.sh", work.resolve("tree"), work);
        disk = FileSource.open(work.resolve("disk"));
        volumes = GuestfsVolumes.open(disk, BUDGET);
    }

    @AfterAll
    static void close() throws Exception {
        volumes.close();
        disk.close();
    }

    @Test
    void squashfsIsReadWhole() throws Exception {
        SortedMap<String, Listed> found = listing("/dev/sda4");
        assertThat(Listed.differences(expected("linux"), found)).isEmpty();
        // Its own tool counts the root as well.
        String names = Tool.run(
                List.of("unsquashfs", "-lln", work.resolve("packed.squashfs").toString()));
        assertThat(names).contains("squashfs-root/empty");
    }

    @Test
    void squashfsWithoutAttributesIsReadWhole() throws Exception {
        assertThat(Listed.differences(expected("plain"), listing("/dev/sda5"))).isEmpty();
    }

    @Test
    void rockRidgeIsReadWhole() throws Exception {
        SortedMap<String, Listed> found = listing("/dev/sda1");
        SortedMap<String, Listed> expected = expected("rock");
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        // It keeps no extended attributes, and counts names of a file within one directory only.
        expected.forEach((path, entry) -> assertThat(found.get(path))
                .as(path)
                .extracting(
                        Listed::kind,
                        Listed::sizeBytes,
                        Listed::mode,
                        Listed::uid,
                        Listed::gid,
                        Listed::modified,
                        Listed::content)
                .containsExactly(
                        entry.kind(),
                        entry.sizeBytes(),
                        entry.mode(),
                        entry.uid(),
                        entry.gid(),
                        entry.modified(),
                        entry.content()));
    }

    @Test
    void jolietIsReadWithItsNamesAndRockRidgeComesBeforeIt() throws Exception {
        SortedMap<String, Listed> expected = expected("plain");
        for (String device : List.of("/dev/sda2", "/dev/sda3")) {
            SortedMap<String, Listed> found = listing(device);
            assertThat(found.keySet()).as(device).isEqualTo(expected.keySet());
            expected.forEach((path, entry) -> assertThat(found.get(path))
                    .as(device + path)
                    .extracting(Listed::kind, Listed::sizeBytes, Listed::modified, Listed::content)
                    .containsExactly(entry.kind(), entry.sizeBytes(), entry.modified(), entry.content()));
        }
        assertThat(listing("/dev/sda2").get("/short.txt"))
                .extracting(Listed::mode, Listed::uid)
                .containsExactly("644", 0L);
        TreeSet<String> other = new TreeSet<>(
                Tool.run(List.of("isoinfo", "-i", work.resolve("both.iso").toString(), "-R", "-f"))
                        .lines()
                        .toList());
        assertThat(other).contains("/short.txt", "/dir/inner/random.bin").hasSize(expected.size());
    }

    private static SortedMap<String, Listed> expected(String tree) throws Exception {
        Path list = work.resolve(tree + "-list");
        if (!Files.exists(work.resolve(tree + "-list.find"))) {
            Tool.script(FileSystemReaderContract.class, "ext/list-tree.sh", work.resolve(tree), list);
        }
        return TreeListing.read(list);
    }

    private static SortedMap<String, Listed> listing(String device) throws Exception {
        Mountable mountable = volumes.list().stream()
                .filter(one -> one.name().equals(device))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + device + " in " + volumes.list()));
        try (FileSystemReader reader = volumes.open(mountable)) {
            reader.prepareFullWalk();
            SortedMap<String, Listed> listing = Listed.of(reader);
            assertThat(reader.observations()).isEmpty();
            return listing;
        }
    }
}
