package dev.stemma.ingest.filesystem.guestfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystemReaderContract;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.filesystem.TreeListing;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.OverBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One disk with what Java does not read, and with what both ways read. One appliance makes it (guestfish), one reads it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuestfsIT {

    private static final long MIB = 1 << 20;

    @TempDir
    static Path work;

    private static final Budget BUDGET = Budget.of(Duration.ofMinutes(30));

    private static SortedMap<String, Listed> expected;
    private static FileSource disk;
    private static GuestfsVolumes volumes;
    private static FileSystemReader ext4;

    @BeforeAll
    static void makeDisk() throws Exception {
        Tool.require("mke2fs", "debugfs", "setfattr", "getfattr", "perl", "guestfish", "sfdisk");
        Class<?> scripts = FileSystemReaderContract.class;
        Tool.script(scripts, "ext/odd-tree.sh", work.resolve("tree"));
        for (String sparse : List.of("far", "comb")) {
            Files.delete(work.resolve("tree/sparse").resolve(sparse));
        }
        Tool.script(scripts, "ext/list-tree.sh", work.resolve("tree"), work.resolve("list"));
        expected = TreeListing.read(work.resolve("list"));
        // make-disk.sh leaves these out where it goes by tar.
        expected.keySet()
                .removeAll(List.of("/kinds/socket", "/kinds/wide", "/attributes/acl", "/attributes/acl-default"));
        Tool.script(scripts, "guestfs/make-disk.sh", work.resolve("tree"), work);
        disk = FileSource.open(work.resolve("disk"));
        volumes = GuestfsVolumes.open(disk, BUDGET);
        ext4 = volumes.open(mountable("/dev/sda1"));
    }

    @AfterAll
    static void close() throws Exception {
        volumes.close();
        disk.close();
    }

    @Test
    @Order(1)
    void everyFileSystemOfTheDiskIsFound() {
        assertThat(volumes.list())
                .extracting(Mountable::shortName, Mountable::type, Mountable::partition)
                .containsExactlyInAnyOrder(
                        tuple("/dev/sda1", "ext4", 1),
                        tuple("/dev/sda2", "ext4", 2),
                        tuple("/dev/sda3", "xfs", 3),
                        tuple("/dev/sda4", "vfat", 4),
                        tuple("/dev/sda5", "btrfs", 5),
                        tuple("btrfs:root", "btrfs", 5),
                        tuple("lvm:vg/root", "ext4", 0));
        assertThat(mountable("lvm:vg/root").label()).contains("logical");
    }

    @Test
    @Order(2)
    void ext4IsTheSameBothWays() throws Exception {
        ByteSource partition = disk.slice("partition 1", MIB, 64 * MIB);
        try (FileSystemReader java = FileSystems.open(partition, BUDGET)) {
            ext4.prepareFullWalk();

            assertThat(Listed.differences(Listed.of(java), Listed.of(ext4))).isEmpty();
            assertThat(ext4.facts().uuid()).isEqualTo(java.facts().uuid());
        }
    }

    @Test
    @Order(3)
    void aJournalIsReplayedTheSameBothWays() throws Exception {
        ByteSource partition = disk.slice("partition 2", 65 * MIB, 64 * MIB);
        byte[] before = Files.readAllBytes(work.resolve("dirty"));

        try (FileSystemReader java = FileSystems.open(partition, BUDGET);
                FileSystemReader guestfs = volumes.open(mountable("/dev/sda2"))) {
            SortedMap<String, Listed> replayed = Listed.of(java);
            assertThat(replayed).containsKeys("/added", "/new/again").doesNotContainKey("/random");
            assertThat(Listed.differences(replayed, Listed.of(guestfs))).isEmpty();
        }
        byte[] after = new byte[before.length];
        partition.read(0, java.lang.foreign.MemorySegment.ofArray(after));
        assertThat(java.util.Arrays.equals(before, after))
                .as("nothing was written")
                .isTrue();
    }

    @Test
    @Order(4)
    void xfsIsReadWhole() throws Exception {
        assertThat(Listed.differences(expected, listing("/dev/sda3"))).isEmpty();
    }

    @Test
    @Order(5)
    void btrfsIsReadBySubvolume() throws Exception {
        assertThat(Listed.differences(expected, listing("btrfs:root"))).isEmpty();
    }

    @Test
    @Order(6)
    void logicalVolumesAreRead() throws Exception {
        SortedMap<String, Listed> listing = new TreeMap<>(listing("lvm:vg/root"));
        assertThat(listing.remove("/lost+found")).isNotNull();
        assertThat(Listed.differences(expected, listing)).isEmpty();
    }

    @Test
    @Order(7)
    void vfatIsTheSameBothWays() throws Exception {
        ByteSource partition = disk.slice("partition 4", 449 * MIB, 40 * MIB);
        SortedMap<String, Listed> listing = listing("/dev/sda4");
        assertThat(listing.keySet())
                .contains("/Long name.text", "/dir/äö λ 😀", "/dir/UPPER.TXT", "/dir/lower.txt", "/dir/empty");
        try (FileSystemReader java = FileSystems.open(partition, BUDGET)) {
            assertThat(java.name()).isEqualTo("fat/1");
            assertThat(Listed.differences(listing, Listed.of(java))).isEmpty();
        }
        byte[] random = Files.readAllBytes(work.resolve("plain/random"));
        assertThat(listing).hasEntrySatisfying("/random", listed -> assertThat(listed.content())
                .isEqualTo(dev.stemma.graph.id.Digest.sha256(random).hex()));
    }

    @Nested
    @Order(8)
    class Contract extends FileSystemReaderContract {
        @Override
        protected FileSystemReader reader() {
            return ext4;
        }
    }

    @Test
    @Order(9)
    void whatTakesTooLongIsEndedAndLeavesNothing() throws Exception {
        Set<ProcessHandle> before = children();
        Budget brief = Budget.of(Duration.ofSeconds(3));
        assertThatThrownBy(() -> GuestfsVolumes.open(disk, brief)).isInstanceOf(OverBudget.class);
        Set<ProcessHandle> left = children();
        left.removeAll(before);
        for (ProcessHandle process : left) {
            process.onExit().get(1, TimeUnit.MINUTES);
        }
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().descendants().collect(Collectors.toSet());
    }

    private static SortedMap<String, Listed> listing(String name) throws Exception {
        try (FileSystemReader reader = volumes.open(mountable(name))) {
            reader.prepareFullWalk();
            SortedMap<String, Listed> listing = Listed.of(reader);
            assertThat(reader.observations()).isEmpty();
            return listing;
        }
    }

    private static Mountable mountable(String name) {
        return volumes.list().stream()
                .filter(one -> one.shortName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + volumes.list()));
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }
}
