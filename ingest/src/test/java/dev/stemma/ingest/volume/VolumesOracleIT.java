package dev.stemma.ingest.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.partition.PartitionTable;
import dev.stemma.ingest.partition.Slot;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that Linux, LVM and mdadm made in one appliance, filled from a directory: every file of every volume against that. */
class VolumesOracleIT {

    private static final long SEED = Long.getLong("seed", 1);
    private static final int DAMAGED = 300;

    @TempDir
    static Path work;

    private static FileSource disk;
    private static final List<ByteSource> members = new ArrayList<>();

    @BeforeAll
    static void makeDisk() throws Exception {
        Tool.require("guestfish", "sfdisk", "mke2fs", "mdadm", "pvck");
        Tool.script(VolumesOracleIT.class, "make-disk.sh", work);
        disk = FileSource.open(work.resolve("disk"));
        for (Slot slot : PartitionTable.read(disk).slots()) {
            members.add(slot.bytes());
        }
    }

    @AfterAll
    static void close() {
        disk.close();
    }

    @Test
    void everyVolumeHoldsWhatWasWritten() throws Exception {
        Volumes volumes = Volumes.find(members);

        assertThat(volumes.refused()).isEmpty();
        assertThat(volumes.observations()).isEmpty();
        assertThat(volumes.opened())
                .extracting(one -> one.volume().name())
                .containsExactly(
                        "md:md123",
                        "md:md124",
                        "md:md125",
                        "md:md126",
                        "lvm:on-md/small",
                        "lvm:on-md/the-root",
                        "lvm:vg/across",
                        "lvm:vg/stripes",
                        "lvm:vg/swap");
        for (Volumes.Opened one : volumes.opened()) {
            if (!one.volume().name().matches(".*/(small|swap)")) {
                requireFiles(one.volume());
            }
        }
    }

    @Test
    void lvmAndMdadmSayTheSameOfTheMembers() throws Exception {
        Path first = copy(0);
        PhysicalVolume volume = PhysicalVolume.find(members.get(0)).orElseThrow();
        LvmSection text = volume.metadata(volume.areas().getFirst()).orElseThrow();
        LvmGroup group = LvmGroup.of(text);
        String dumped = Tool.run(List.of("pvck", "--dump", "metadata", first.toString()));
        assertThat(dumped).contains("seqno = " + group.number()).contains("id = \"" + group.id() + "\"");

        for (int i = 2; i < members.size(); i++) {
            MdSuperblock superblock = MdSuperblock.find(members.get(i)).orElseThrow();
            String examined =
                    Tool.run(List.of("mdadm", "--examine", copy(i).toString())).replace(":", "");
            assertThat(examined.replace(" ", "")).contains("Events" + superblock.events());
            assertThat(examined).contains("Raid Devices  " + superblock.disks());
        }
    }

    @Test
    void aVolumeOnAMissingDiskIsIncompleteAndOneOnAnotherDiskIsRead() throws Exception {
        Volumes alone = Volumes.find(members.subList(0, 1));
        assertThat(alone.refused())
                .isNotEmpty()
                .allMatch(one -> one.problem().code().equals("volume-incomplete"));

        try (FileSource other = FileSource.open(copy(1))) {
            Volumes both = Volumes.find(List.of(members.get(0), other));
            assertThat(both.refused()).isEmpty();
            for (Volumes.Opened one : both.opened()) {
                if (!one.volume().name().endsWith("/swap")) {
                    requireFiles(one.volume());
                }
            }
        }
    }

    @Test
    void halfAMirrorIsReadAndNotedAndHalfAStripeIsNot() throws Exception {
        Volumes mirror = Volumes.find(members.subList(9, 10));
        assertThat(mirror.observations()).extracting(one -> one.code()).containsExactly("array-degraded");
        requireFiles(mirror.opened().getFirst().volume());

        assertThat(Volumes.find(members.subList(4, 5)).refused())
                .extracting(one -> one.problem().code())
                .containsExactly("volume-incomplete");
        assertThat(Volumes.find(members.subList(6, 8)).refused())
                .extracting(one -> one.problem().code())
                .containsExactly("unsupported-feature");
    }

    @Test
    void damageCostsAProblemAndNothingElse() {
        long refused = 0;
        for (long seed = SEED; seed < SEED + DAMAGED; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<ByteSource> damaged = new ArrayList<>();
            members.forEach(member -> damaged.add(Damaged.of(member, random)));
            try {
                refused += Volumes.find(damaged).refused().size();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(refused).isPositive();
    }

    private static Path copy(int member) throws Exception {
        Path copy = work.resolve("member" + member);
        if (!Files.exists(copy)) {
            byte[] bytes = new byte[Math.toIntExact(members.get(member).sizeBytes())];
            members.get(member).read(0, java.lang.foreign.MemorySegment.ofArray(bytes));
            Files.write(copy, bytes);
        }
        return copy;
    }

    private static void requireFiles(LogicalVolume volume) throws Exception {
        try (FileSystemReader reader = FileSystems.open(volume.bytes(), Budget.of(Duration.ofMinutes(2)))) {
            int files = 0;
            for (Node node : reader.list(reader.root())) {
                if (node.payload() instanceof Payload.File) {
                    byte[] content = Files.readAllBytes(
                            work.resolve("tree").resolve(node.name().escaped()));
                    assertThat(Listed.digest(reader, node))
                            .as(volume.name() + " " + node.name())
                            .isEqualTo(Digest.sha256(content));
                    files++;
                }
            }
            assertThat(files).as(volume.name()).isEqualTo(24);
        }
    }
}
