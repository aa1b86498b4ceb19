package dev.stemma.ingest.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.filesystem.MemorySource;
import dev.stemma.ingest.problem.Corrupt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of damaged tables. The seed of a failure is in its message; {@code -Dseed=N} begins there. */
class PartitionTableFuzzTest {

    private static final int SIZE = 4 << 20;
    private static final int COUNT = 4_000;
    private static final long FIRST = Long.getLong("seed", 1);
    private static final Set<String> HONEST = Set.of("gpt-backup-used", "gpt-backup-damaged", "hybrid-mbr");

    @TempDir
    Path directory;

    private byte[] disk(String name, String script) throws Exception {
        return Files.readAllBytes(Sfdisk.make(directory, name, SIZE, script));
    }

    private static byte[] damaged(byte[] original, SplittableRandom random, int tableBytes) {
        byte[] disk = original.clone();
        switch (random.nextInt(4)) {
            case 0 -> disk = Arrays.copyOf(disk, random.nextInt(disk.length));
            case 1 -> {
                int start = random.nextInt(tableBytes);
                Arrays.fill(disk, start, start + random.nextInt(1, 600), (byte) 0);
            }
            case 2 -> {
                for (int i = random.nextInt(1, 30); i > 0; i--) {
                    disk[random.nextInt(tableBytes)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            default -> {
                for (int i = random.nextInt(1, 6); i > 0; i--) {
                    Arrays.fill(disk, 446 + random.nextInt(60), 446 + 64, (byte) random.nextInt(256));
                }
            }
        }
        return disk;
    }

    @Test
    @Timeout(600)
    void aGptIsReadRightOrRefused() throws Exception {
        byte[] original = disk("gpt.img", "label: gpt\nsize=1M\nsize=512K, name=\"root\"\n");
        List<Partition> right = partitions(PartitionTable.read(new MemorySource(original)));
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            byte[] disk = damaged(original, new SplittableRandom(seed), 1024 + 128 * 128);
            try {
                PartitionTable table = PartitionTable.read(new MemorySource(disk));
                if (table.kind().equals("gpt")) {
                    // Both copies carry checksums, so what is read is what was written.
                    assertThat(partitions(table)).as("seed " + seed).isEqualTo(right);
                    assertThat(table.observations())
                            .as("seed " + seed)
                            .allMatch(observation -> HONEST.contains(observation.code()));
                }
                requireBounded(table, disk.length, seed);
            } catch (Corrupt e) {
                assertThat(e.getMessage()).as("seed " + seed).contains("memory › ");
            }
        }
    }

    @Test
    @Timeout(600)
    void anMbrIsReadWithinTheDiskOrRefused() throws Exception {
        byte[] original =
                disk("mbr.img", "label: dos\n1 : size=512K\n2 : type=5\n5 : size=256K\n6 : size=256K\n7 : size=256K\n");
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] disk = damaged(original, random, 512);
            for (int at = 0; at + 512 <= disk.length; at += 512) {
                if (disk[at + 510] == 0x55 && random.nextInt(3) == 0) {
                    disk[at + 446 + random.nextInt(64)] = (byte) random.nextInt(256);
                }
            }
            try {
                requireBounded(PartitionTable.read(new MemorySource(disk)), disk.length, seed);
            } catch (Corrupt e) {
                assertThat(e.getMessage()).as("seed " + seed).contains("memory › ");
            }
        }
    }

    private static void requireBounded(PartitionTable table, long size, long seed) throws Exception {
        assertThat(table.slots()).as("seed " + seed).hasSizeLessThanOrEqualTo(PartitionTable.MAX_PARTITIONS);
        for (Slot slot : table.slots()) {
            if (slot.problem().isEmpty()) {
                Partition partition = slot.partition();
                assertThat(slot.bytes().sizeBytes()).as("seed " + seed).isEqualTo(partition.sizeBytes());
                assertThat(partition.offsetBytes() + partition.sizeBytes())
                        .as("seed " + seed)
                        .isLessThanOrEqualTo(size);
            }
        }
    }

    private static List<Partition> partitions(PartitionTable table) {
        return table.slots().stream().map(Slot::partition).toList();
    }
}
