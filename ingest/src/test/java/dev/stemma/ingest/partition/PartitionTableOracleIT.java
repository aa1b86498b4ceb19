package dev.stemma.ingest.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.bytes.FileSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our reading of partition tables against sfdisk's. */
class PartitionTableOracleIT {

    private static final long SIZE = 200L << 20;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "label: gpt\nsize=1M, type=21686148-6449-6E6F-744E-656564454649, attrs=LegacyBIOSBootable\n"
                        + "size=64M, type=U, name=\"EFI System\"\ntype=L, name=\"root größer\"\n",
                "label: gpt\nfirst-lba: 34\n1 : start=2048, size=8192\n5 : start=20480, size=100\n128 : size=30M\n",
                "label: gpt\ntable-length: 8\nsize=10M\n",
                "label: dos\nlabel-id: 0x12ab34cd\nsize=50M, type=83, bootable\nsize=20M, type=82\n",
                "label: dos\nsize=20M, type=83\nsize=100M, type=5\nsize=10M, type=83\nsize=20M, type=82, bootable\n"
                        + "size=20M, type=8e\n",
                "label: dos\n1 : size=20M, type=f\n5 : size=3M\n6 : size=4M\n7 : size=5M\n2 : size=60M, type=c\n",
            })
    void everyPartitionIsAsSfdiskListsIt(String script) throws Exception {
        Path image = Sfdisk.make(directory, "disk7.img", SIZE, script);
        try (FileSource disk = FileSource.open(image)) {
            PartitionTable table = PartitionTable.read(disk);
            assertThat(table.kind()).isEqualTo(script.contains("gpt") ? "gpt" : "mbr");
            assertThat(table.observations()).isEmpty();
            assertThat(lines(table)).isNotEmpty().containsExactlyElementsOf(Sfdisk.list(image));
            for (Slot slot : table.slots()) {
                assertThat(slot.bytes().sizeBytes()).isEqualTo(slot.partition().sizeBytes());
            }
        }
    }

    @Test
    void aBareFileSystemIsOnePartWithoutATable() throws Exception {
        for (String mkfs : List.of("mkfs.ext4 -q -F", "mkfs.vfat", "mkswap -q")) {
            Path image = directory.resolve(mkfs.split(" ", 2)[0] + ".img");
            Sfdisk.run("", "truncate", "-s", "40M", image.toString());
            Sfdisk.run("", "sh", "-c", mkfs + " \"$1\"", "sh", image.toString());
            try (FileSource disk = FileSource.open(image)) {
                PartitionTable table = PartitionTable.read(disk);
                assertThat(table.kind()).as(mkfs).isEqualTo("none");
                assertThat(table.slots()).hasSize(1);
                assertThat(table.slots().getFirst().partition().number()).isZero();
                assertThat(table.slots().getFirst().bytes()).isSameAs(disk);
            }
        }
    }

    private static List<String> lines(PartitionTable table) {
        return table.slots().stream()
                .map(Slot::partition)
                .map(p -> String.join(
                        " ",
                        String.valueOf(p.number()),
                        String.valueOf(p.offsetBytes()),
                        String.valueOf(p.sizeBytes()),
                        p.type().orElse(""),
                        partUuid(p),
                        p.name().orElse(""),
                        String.valueOf(p.bootable())))
                .toList();
    }

    /** sfdisk lists a UUID for GPT alone. */
    private static String partUuid(Partition partition) {
        return partition.uuid().filter(uuid -> uuid.length() > 12).orElse("");
    }
}
