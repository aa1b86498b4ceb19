package dev.stemma.ingest.partition;

import dev.stemma.ingest.fuzz.ImageFuzz;
import dev.stemma.ingest.fuzz.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/** Damaged partition tables; a GPT's checksums are made right again. */
public final class PartitionFuzz extends ImageFuzz {

    private static final int SIZE = 4 << 20;
    private static final int SECTOR = 512;
    private static final int ENTRIES = 128 * 128;

    @Override
    public String name() {
        return "partition";
    }

    @Override
    public void make(Path directory) throws Exception {
        Path work = work(directory);
        String gpt = "label: gpt\nsize=1M\nsize=512K, name=\"root\"\n";
        String mbr = "label: dos\n1 : size=512K\n2 : type=5\n5 : size=256K\n6 : size=256K\n7 : size=256K\n";
        Files.copy(Sfdisk.make(work, "gpt", SIZE, gpt), set(directory, "gpt").resolve("gpt"));
        Files.copy(Sfdisk.make(work, "mbr", SIZE, mbr), set(directory, "mbr").resolve("mbr"));
    }

    @Override
    protected void seal(List<Scratch> images) {
        Scratch disk = images.getFirst();
        if (disk.name().equals("gpt")) {
            seal(disk, SECTOR, 2 * SECTOR);
            seal(disk, SIZE - SECTOR, SIZE - SECTOR - ENTRIES);
        }
    }

    private static void seal(Scratch disk, int header, int entries) {
        disk.putLittle(header + 88, sum(disk.copy(entries, ENTRIES)));
        disk.putLittle(header + 16, 0);
        disk.putLittle(header + 16, sum(disk.copy(header, 92)));
    }

    private static int sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, bytes.length);
        return (int) sum.getValue();
    }

    @Override
    protected void read(String set, List<Scratch> images) throws Exception {
        Scratch disk = images.getFirst();
        PartitionTable table = PartitionTable.read(disk);
        if (table.slots().size() > PartitionTable.MAX_PARTITIONS) {
            throw new AssertionError(table.slots().size() + " partitions");
        }
        for (Slot slot : table.slots()) {
            if (slot.problem().isEmpty()
                    && slot.partition().offsetBytes() + slot.partition().sizeBytes() > disk.sizeBytes()) {
                throw new AssertionError(slot.partition() + " does not lie on the disk");
            }
        }
    }
}
