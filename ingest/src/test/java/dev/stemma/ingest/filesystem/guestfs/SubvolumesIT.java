package dev.stemma.ingest.filesystem.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.IngestOutcome;
import dev.stemma.ingest.IngestPipeline;
import dev.stemma.ingest.IngestRequest;
import dev.stemma.ingest.ProgressListener;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystemReaderContract;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Subvolume;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.filesystem.TreeListing;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * btrfs as distributions lay it out, and file systems that were not unmounted; one appliance makes the disk, one reads it, and one is the
 * pipeline's.
 */
@ExtendWith(GraphExtension.class)
class SubvolumesIT {

    @TempDir
    static Path work;

    private static final Budget BUDGET = Budget.of(Duration.ofMinutes(30));

    private static FileSource disk;
    private static GuestfsVolumes volumes;

    @BeforeAll
    static void makeDisk() throws Exception {
        disk = FileSource.open(SubvolumeDisk.make(work));
        volumes = GuestfsVolumes.open(disk, BUDGET);
    }

    @AfterAll
    static void close() throws Exception {
        volumes.close();
        disk.close();
    }

    @Test
    void everySubvolumeIsFoundOnceAndSnapshotsAreToldApart() {
        assertThat(volumes.list().stream().filter(one -> one.subvolume().isPresent()))
                .extracting(
                        Mountable::name,
                        Mountable::shortName,
                        one -> one.subvolume().map(Subvolume::byDefault).orElse(false),
                        Mountable::snapshot)
                .containsExactlyInAnyOrder(
                        Tuple.tuple("/dev/sda1", "/dev/sda1", true, false),
                        Tuple.tuple("/dev/sda1", "btrfs:root", false, false),
                        Tuple.tuple("/dev/sda1", "btrfs:home", false, false),
                        Tuple.tuple("/dev/sda1", "btrfs:root/var/lib/machines", false, false),
                        Tuple.tuple("/dev/sda1", "btrfs:before-update", false, true),
                        Tuple.tuple("/dev/sda2", "/dev/sda2", false, false),
                        Tuple.tuple("/dev/sda2", "btrfs:@", false, false),
                        Tuple.tuple("/dev/sda2", "btrfs:@/.snapshots", false, false),
                        Tuple.tuple("/dev/sda2", "btrfs:@/.snapshots/1/snapshot", true, false),
                        Tuple.tuple("/dev/sda2", "btrfs:@/var", false, false),
                        Tuple.tuple("/dev/sda2", "btrfs:@/home", false, false),
                        Tuple.tuple("/dev/sda2", "btrfs:@/.snapshots/2/snapshot", false, true),
                        Tuple.tuple("/dev/sda3", "/dev/sda3", true, false),
                        Tuple.tuple("/dev/sda3", "btrfs:@home", false, false),
                        Tuple.tuple("/dev/sda3", "btrfs:timeshift-btrfs/snapshots/1/@", false, true),
                        Tuple.tuple("/dev/sda3", "btrfs:@", false, true),
                        Tuple.tuple("/dev/sda5", "/dev/sda5", true, false));
    }

    @Test
    void aSubvolumeIsReadWholeAndWithoutThoseBelowIt() throws Exception {
        SortedMap<String, Listed> fedora = new TreeMap<>(expected("fedora"));
        SortedMap<String, Listed> found = listing("/dev/sda1", "btrfs:root");
        // The mount point of the nested subvolume is there, and empty; its parent was changed by its making.
        assertThat(found.keySet()).doesNotContain("/var/lib/machines/file");
        assertThat(found.remove("/var/lib/machines")).extracting(Listed::kind).isEqualTo("dir");
        found.remove("/var/lib");
        fedora.remove("/var/lib");
        assertThat(Listed.differences(fedora, found)).isEmpty();
        assertThat(Listed.differences(expected("old"), listing("/dev/sda1", "btrfs:root/var/lib/machines")))
                .isEmpty();
        assertThat(Listed.differences(expected("home"), listing("/dev/sda1", "btrfs:home")))
                .isEmpty();
        assertThat(listing("/dev/sda1", "/dev/sda1").keySet()).containsExactly("/before-update", "/home", "/root");
    }

    @Test
    void theDefaultSubvolumeIsReadWholeAndSoIsASnapshot() throws Exception {
        assertThat(Listed.differences(expected("opensuse"), listing("/dev/sda2", "btrfs:@/.snapshots/1/snapshot")))
                .isEmpty();
        assertThat(Listed.differences(expected("opensuse"), listing("/dev/sda2", "btrfs:@/.snapshots/2/snapshot")))
                .isEmpty();
        assertThat(listing("/dev/sda2", "btrfs:@/.snapshots").keySet())
                .containsExactly("/1", "/1/snapshot", "/2", "/2/snapshot");
        assertThat(Listed.differences(expected("ubuntu"), listing("/dev/sda3", "btrfs:@")))
                .isEmpty();
    }

    @Test
    void whatWasOnlyInTheLogIsReadAndTheDiskStaysAsItIs() throws Exception {
        for (String device : List.of("/dev/sda4", "/dev/sda5")) {
            try (FileSystemReader reader = volumes.open(mountable(device, device))) {
                GuestFiles files = GuestFiles.of(reader, BUDGET);
                assertThat(files.read(GuestPath.parse("/dir/before"), 100))
                        .as(device)
                        .hasValueSatisfying(
                                bytes -> assertThat(bytes).asString().isEqualTo("written before"));
                assertThat(files.read(GuestPath.parse("/dir/after"), 100))
                        .as(device)
                        .hasValueSatisfying(
                                bytes -> assertThat(bytes).asString().isEqualTo("written after"));
                assertThat(files.read(GuestPath.parse("/new/after"), 100))
                        .as(device)
                        .hasValueSatisfying(
                                bytes -> assertThat(bytes).asString().isEqualTo("and this"));
            }
        }
    }

    /** Three systems on three btrfs, each with snapshots of itself: three systems are found, each with what it mounts. */
    @Test
    void aSnapshotIsNoSystemUnlessTheSystemWasSetBackToIt(Graph graph) throws Exception {
        IngestOutcome outcome = new IngestPipeline(graph, new ManifestStore(work.resolve("manifests")))
                .run(
                        IngestRequest.of(work.resolve("disk").toRealPath(), Level.BASIC, ImageRules.within(work)),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(30)));

        assertThat(outcome.observations()).extracting(Observation::code).containsExactly("snapshots-not-read");
        assertThat(outcome.observations().getFirst().message())
                .contains("3 snapshots", "btrfs:before-update", "btrfs:@/.snapshots/2/snapshot")
                .contains("btrfs:timeshift-btrfs/snapshots/1/@");
        assertThat(graph.read(
                        Statement.of("MATCH (:Inventory)-[:RUNS]->(s) RETURN s.distribution AS name ORDER BY name")))
                .extracting(row -> row.text("name"))
                .containsExactly("fedora", "opensuse", "ubuntu");
        assertThat(graph.read(Statement.of("""
                        MATCH (:Inventory)-[m:MOUNTS]->(:FileSystem)<-[:HOLDS]-(p:Partition {number: m.partition})
                        RETURN m.guest + ' ' + m.path + ' ' + p.type AS mount ORDER BY mount
                        """)))
                .extracting(row -> row.text("mount"))
                .containsExactly(
                        "0 / btrfs:root",
                        "0 /home btrfs:home",
                        "1 / btrfs:@/.snapshots/1/snapshot",
                        "1 /.snapshots btrfs:@/.snapshots",
                        "1 /home btrfs:@/home",
                        "1 /var btrfs:@/var",
                        "2 / btrfs:@",
                        "2 /home btrfs:@home");
    }

    private static SortedMap<String, Listed> expected(String tree) throws Exception {
        Path list = work.resolve(tree + "-list");
        if (!Files.exists(work.resolve(tree + "-list.find"))) {
            Tool.script(FileSystemReaderContract.class, "ext/list-tree.sh", work.resolve(tree), list);
        }
        return TreeListing.read(list);
    }

    private static SortedMap<String, Listed> listing(String device, String name) throws Exception {
        try (FileSystemReader reader = volumes.open(mountable(device, name))) {
            reader.prepareFullWalk();
            SortedMap<String, Listed> listing = Listed.of(reader);
            assertThat(reader.observations()).isEmpty();
            return listing;
        }
    }

    private static Mountable mountable(String device, String name) {
        return volumes.list().stream()
                .filter(one -> one.name().equals(device) && one.shortName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + volumes.list()));
    }
}
