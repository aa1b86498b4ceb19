package dev.stemma.ingest.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.filesystem.MemorySource;
import dev.stemma.ingest.problem.Corrupt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are damaged, contradict themselves, or claim too much. */
class PartitionTableTest {

    private static final int SIZE = 8 << 20;
    private static final String GPT = "label: gpt\nsize=1M\nsize=2M, name=\"root\"\nsize=1M\n";

    @TempDir
    Path directory;

    private ByteBuffer disk(String script) throws Exception {
        Path image = Sfdisk.make(directory, "disk" + System.nanoTime() + ".img", SIZE, script);
        return ByteBuffer.wrap(Files.readAllBytes(image)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static PartitionTable read(ByteBuffer disk) throws Exception {
        return PartitionTable.read(new MemorySource(disk.array()));
    }

    private static List<Long> starts(PartitionTable table) {
        return table.slots().stream()
                .map(slot -> slot.partition().offsetBytes())
                .toList();
    }

    /** An MBR with these entries: type, first sector, sectors. */
    private static ByteBuffer mbr(long... entries) {
        ByteBuffer disk = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        record(disk, 0, entries);
        return disk;
    }

    private static void record(ByteBuffer disk, int sector, long... entries) {
        for (int i = 0; i < entries.length / 3; i++) {
            int at = sector * 512 + 446 + 16 * i;
            disk.put(at + 4, (byte) entries[3 * i]);
            disk.putInt(at + 8, (int) entries[3 * i + 1]).putInt(at + 12, (int) entries[3 * i + 2]);
        }
        disk.putShort(sector * 512 + 510, (short) 0xaa55);
    }

    private static void sign(ByteBuffer disk) {
        CRC32 entries = new CRC32();
        entries.update(disk.array(), 1024, (int) (disk.getInt(512 + 80) * (long) disk.getInt(512 + 84)));
        disk.putInt(512 + 88, (int) entries.getValue());
        signHeader(disk);
    }

    private static void signHeader(ByteBuffer disk) {
        disk.putInt(512 + 16, 0);
        CRC32 header = new CRC32();
        header.update(disk.array(), 512, 92);
        disk.putInt(512 + 16, (int) header.getValue());
    }

    @Test
    void aDamagedPrimaryTableIsReadFromItsCopyAndSaysSo() throws Exception {
        List<Long> whole = starts(read(disk(GPT)));
        for (int at : new int[] {512, 512 + 40, 1024 + 33}) {
            ByteBuffer disk = disk(GPT);
            disk.put(at, (byte) ~disk.get(at));
            PartitionTable table = read(disk);
            assertThat(starts(table)).isEqualTo(whole);
            assertThat(table.observations()).extracting(Observation::code).containsExactly("gpt-backup-used");
        }
    }

    @Test
    void aDamagedCopyIsNoted() throws Exception {
        ByteBuffer disk = disk(GPT);
        disk.put(SIZE - 500, (byte) ~disk.get(SIZE - 500));
        assertThat(read(disk).observations()).extracting(Observation::code).containsExactly("gpt-backup-damaged");
        assertThat(read(disk).slots()).hasSize(3);
    }

    @Test
    void whenBothTablesAreGoneTheDiskIsCorruptAndNotEmpty() throws Exception {
        ByteBuffer disk = disk(GPT);
        Arrays.fill(disk.array(), 512, 1024, (byte) 0);
        Arrays.fill(disk.array(), SIZE - 512, SIZE, (byte) 0);
        Corrupt problem = catchThrowableOfType(Corrupt.class, () -> read(disk));
        assertThat(problem.code()).isEqualTo("bad-magic");
        assertThat(problem.getMessage()).contains("memory › GPT header").contains("copy at the end");
    }

    @Test
    void aTruncatedDiskKeepsThePartitionsThatAreThere() throws Exception {
        ByteBuffer disk = ByteBuffer.wrap(Arrays.copyOf(disk(GPT).array(), 3 << 20));
        PartitionTable table = read(disk);
        assertThat(table.observations()).extracting(Observation::code).containsExactly("gpt-backup-damaged");
        assertThat(table.slots().get(0).bytes().sizeBytes()).isEqualTo(1 << 20);
        assertThatThrownBy(() -> table.slots().get(1).bytes())
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("memory › partition 2");
        assertThat(table.slots().get(1).problem().orElseThrow().code()).isEqualTo("partition-out-of-bounds");
    }

    @Test
    void partitionsThatOverlapCostTheOneThatStartsLater() throws Exception {
        ByteBuffer disk = disk(GPT);
        disk.putLong(1024 + 128 + 32, disk.getLong(1024 + 128 + 32) - 1);
        sign(disk);
        PartitionTable table = read(disk);
        assertThat(table.slots().get(0).problem()).isEmpty();
        assertThat(table.slots().get(1).problem().orElseThrow().code()).isEqualTo("partition-overlap");
        assertThat(table.slots().get(2).problem()).isEmpty();
    }

    @Test
    void aTableThatClaimsBillionsOfEntriesIsRefused() throws Exception {
        for (int[] claim : new int[][] {{-1, 128}, {1 << 20, 1 << 20}, {128, 0}, {128, -1}, {2_000, 128}}) {
            ByteBuffer disk = disk(GPT);
            Arrays.fill(disk.array(), SIZE - 512, SIZE, (byte) 0);
            disk.putInt(512 + 80, claim[0]).putInt(512 + 84, claim[1]);
            signHeader(disk);
            assertThatThrownBy(() -> read(disk)).isInstanceOf(Corrupt.class);
        }
    }

    @Test
    void aPartitionOfImpossibleSizeIsOutOfBounds() throws Exception {
        ByteBuffer disk = disk(GPT);
        disk.putLong(1024 + 40, Long.MAX_VALUE);
        disk.putLong(1024 + 128 + 32, -1);
        disk.putLong(1024 + 256 + 40, 1); // ends before it starts
        sign(disk);
        PartitionTable table = read(disk);
        assertThat(table.slots())
                .allSatisfy(
                        slot -> assertThat(slot.problem().orElseThrow().code()).isEqualTo("partition-out-of-bounds"));
    }

    @Test
    void aHybridTableIsReadAsGptAndNoted() throws Exception {
        ByteBuffer disk = disk(GPT);
        record(disk, 0, 0xee, 1, 2_047, 0x83, 2_048, 2_048);
        PartitionTable table = read(disk);
        assertThat(table.kind()).isEqualTo("gpt");
        assertThat(table.slots()).hasSize(3);
        assertThat(table.observations()).extracting(Observation::code).containsExactly("hybrid-mbr");
    }

    @Test
    void aTableOfSectorsOf4096BytesIsRead() throws Exception {
        ByteBuffer small = disk("label: gpt\nsize=1M\n");
        ByteBuffer disk = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        disk.put(0, small.array(), 0, 512);
        disk.put(4096, small.array(), 512, 92);
        disk.put(2 * 4096, small.array(), 1024, 128 * 128);
        disk.putLong(2 * 4096 + 32, 256).putLong(2 * 4096 + 40, 511);
        disk.putLong(4096 + 24, 1).putLong(4096 + 72, 2);
        CRC32 entries = new CRC32();
        entries.update(disk.array(), 2 * 4096, 128 * 128);
        disk.putInt(4096 + 88, (int) entries.getValue()).putInt(4096 + 16, 0);
        CRC32 header = new CRC32();
        header.update(disk.array(), 4096, 92);
        disk.putInt(4096 + 16, (int) header.getValue());
        PartitionTable table = read(disk);
        assertThat(starts(table)).containsExactly(1L << 20);
        assertThat(table.slots().getFirst().partition().sizeBytes()).isEqualTo(1 << 20);
    }

    @Test
    void logicalPartitionsThatLoopEndAndAreNoted() throws Exception {
        ByteBuffer disk = mbr(0x05, 64, 4_096);
        record(disk, 64, 0x83, 1, 10, 0x05, 100, 50);
        record(disk, 164, 0x83, 1, 10, 0x05, 0, 50);
        PartitionTable table = read(disk);
        assertThat(table.slots()).extracting(slot -> slot.partition().number()).containsExactly(1, 5, 6);
        assertThat(table.slots().getFirst().container()).isTrue();
        assertThat(table.observations()).extracting(Observation::code).containsExactly("loop");
    }

    @Test
    void aChainOfLogicalPartitionsThatLeavesTheDiskIsNoted() throws Exception {
        ByteBuffer disk = mbr(0x05, 64, 4_096, 0x83, 8_000, 100);
        record(disk, 64, 0x83, 1, 10, 0x05, 0xffffffffL, 50);
        PartitionTable table = read(disk);
        assertThat(table.slots()).hasSize(3);
        assertThat(table.slots().get(1).problem()).isEmpty();
        assertThat(table.observations()).extracting(Observation::code).containsExactly("out-of-bounds");
    }

    @Test
    void bytesThatAreNoTableAreOneWholePart() throws Exception {
        for (byte[] bytes : List.of(new byte[0], new byte[100], new byte[SIZE])) {
            PartitionTable table = PartitionTable.read(new MemorySource(bytes));
            assertThat(table.kind()).isEqualTo("none");
            assertThat(table.slots()).hasSize(1);
            assertThat(table.slots().getFirst().bytes().sizeBytes()).isEqualTo(bytes.length);
        }
    }

    @Test
    void aGuestsPartitionNameIsShownEscaped() throws Exception {
        ByteBuffer disk = disk(GPT);
        disk.putShort(1024 + 128 + 56, (short) 0x1b).putShort(1024 + 128 + 58, (short) 0x202e);
        sign(disk);
        assertThat(read(disk).slots().get(1).partition().name()).hasValue("\\x1b\\xe2\\x80\\xaeot");
    }
}
