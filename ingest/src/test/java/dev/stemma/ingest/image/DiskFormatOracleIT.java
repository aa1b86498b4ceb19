package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.bytes.ByteSource.Extent;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every format and variant that qemu-img writes, read whole and compared with the disk that it was made from. */
class DiskFormatOracleIT {

    private static final long SIZE = 50_000_000 - 50_000_000 % 512;

    @TempDir
    Path directory;

    private OpenImage open(Path image) throws Exception {
        return ImageOpener.open(image, ImageRules.within(directory), Budget.of(Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "qcow, ''",
        "qcow, -c",
        "vmdk, -o subformat=monolithicSparse",
        "vmdk, -o subformat=monolithicFlat",
        "vmdk, -o subformat=twoGbMaxExtentSparse",
        "vmdk, -o subformat=twoGbMaxExtentFlat",
        "vmdk, -o subformat=streamOptimized",
        "vmdk, '-o subformat=monolithicSparse,zeroed_grain=on'",
        "vpc, '-o subformat=dynamic,force_size=on'",
        "vpc, '-o subformat=fixed,force_size=on'",
        "vhdx, -o subformat=dynamic",
        "vhdx, -o subformat=fixed",
        "vhdx, '-o block_size=1M'",
        "vdi, ''",
        "vdi, -o static=on",
        "parallels, ''",
        "parallels, -o cluster_size=64k",
        "qed, ''",
        "qed, -o cluster_size=4k",
    })
    void anImageReadsAsTheRawDiskItWasMadeFrom(String format, String options) throws Exception {
        Path raw = Qemu.raw(directory, "disk.raw", 7, SIZE);
        Path image = directory.resolve("disk." + format);
        convert(format, options, raw, image);

        try (OpenImage open = open(image)) {
            assertThat(open.facts().format()).isEqualTo(format);
            assertThat(open.facts().virtualBytes()).isEqualTo(SIZE);
            assertThat(open.facts().allocatedBytes()).isBetween(1_000_000L, SIZE + (4 << 20));
            assertThat(Qemu.digest(open.bytes())).isEqualTo(Qemu.digest(raw));
            assertThat(open.bytes().extents(0, SIZE)).as("holes are known").anyMatch(Extent::hole);
            open.requireUnchanged();
        }
    }

    static void convert(String format, String options, Path raw, Path image) {
        List<String> command = new ArrayList<>(List.of("qemu-img", "convert", "-f", "raw", "-O", format));
        if (!options.isEmpty()) {
            command.addAll(List.of(options.split(" ", -1)));
        }
        command.addAll(List.of(raw.toString(), image.toString()));
        if (format.equals("qcow") && options.equals("-c")) {
            // QEMU 7.2 writes such an image whole, and then ends with 1 and no word.
            command.addAll(0, List.of("sh", "-c", "\"$@\"; [ $? -le 1 ]", "convert"));
        }
        Qemu.run(command.toArray(String[]::new));
    }

    /** More than 2 GB, so that there is more than one extent; nearly all of it a hole. */
    @ParameterizedTest
    @CsvSource({"twoGbMaxExtentSparse", "twoGbMaxExtentFlat"})
    void aSplitDiskIsReadAcrossItsExtents(String subformat) throws Exception {
        Path raw = directory.resolve("big.raw");
        Qemu.run("truncate", "-s", "5G", raw.toString());
        Qemu.run(
                "qemu-io",
                "-f",
                "raw",
                "-c",
                "write -P 7 2147418112 131072",
                "-c",
                "write -P 8 4500M 1M",
                raw.toString());
        Path image = directory.resolve("big.vmdk");
        convert("vmdk", "-o subformat=" + subformat, raw, image);
        try (OpenImage open = open(image)) {
            byte[] read = new byte[262_144];
            open.bytes().read(2_147_418_112 - 65_536, java.lang.foreign.MemorySegment.ofArray(read));
            for (int i = 0; i < read.length; i++) {
                assertThat(read[i]).isEqualTo((byte) (i >= 65_536 && i < 196_608 ? 7 : 0));
            }
            open.bytes().read(4_500L << 20, java.lang.foreign.MemorySegment.ofArray(read));
            assertThat(read).containsOnly(8);
            assertThat(open.facts().virtualBytes()).isEqualTo(5L << 30);
        }
        Files.delete(directory.resolve("big-" + (subformat.endsWith("Flat") ? "f" : "s") + "002.vmdk"));
        Problems.of("extent-missing", image, ImageRules.within(directory));
    }

    @Test
    void aVmdkWithItsDirectoryAtTheEndIsReadByItsFooter() throws Exception {
        Path raw = Qemu.raw(directory, "disk.raw", 8, SIZE);
        Path image = directory.resolve("disk.vmdk");
        convert("vmdk", "-o subformat=streamOptimized", raw, image);
        byte[] plain = Files.readAllBytes(image);
        Files.write(image, CraftedVmdk.withFooter(plain));
        try (OpenImage open = open(image)) {
            assertThat(Qemu.digest(open.bytes())).isEqualTo(Qemu.digest(raw));
        }
        Files.write(image, java.util.Arrays.copyOf(CraftedVmdk.withFooter(plain), plain.length));
        Problems.of("truncated", image, ImageRules.within(directory));
    }

    @ParameterizedTest
    @CsvSource({"qcow2", "qcow", "vmdk", "vpc", "vhdx", "vdi", "parallels", "raw"})
    void anOverlayStandsOnABaseOfAnyFormat(String format) throws Exception {
        Path raw = Qemu.raw(directory, "disk.raw", 9, 8 << 20);
        Path base = directory.resolve("base." + format + ".img");
        convert(format, format.equals("vpc") ? "-o force_size=on" : "", raw, base);
        Path top = directory.resolve("top.qcow2");
        Qemu.run("qemu-img", "create", "-q", "-f", "qcow2", "-b", base.toString(), "-F", format, top.toString());
        Qemu.run("qemu-io", "-f", "qcow2", "-c", "write -P 18 2M 1M", "-c", "write -z 5M 1M", top.toString());
        Path flat = directory.resolve("flat.raw");
        Qemu.run("qemu-img", "convert", "-f", "qcow2", "-O", "raw", top.toString(), flat.toString());
        try (OpenImage open = open(top)) {
            assertThat(open.facts().backing()).singleElement().satisfies(backing -> assertThat(backing.format())
                    .isEqualTo(format));
            assertThat(Qemu.digest(open.bytes())).isEqualTo(Qemu.digest(flat));
        }
    }

    @Test
    void aVmdkDeltaReadsAsQemuReadsItAndRefusesAnotherBase() throws Exception {
        Path raw = Qemu.raw(directory, "disk.raw", 10, 8 << 20);
        Path base = directory.resolve("base.vmdk");
        convert("vmdk", "", raw, base);
        Path top = directory.resolve("top.vmdk");
        Qemu.run("qemu-img", "create", "-q", "-f", "vmdk", "-b", base.toString(), "-F", "vmdk", top.toString());
        Qemu.run("qemu-io", "-f", "vmdk", "-c", "write -P 18 2M 1M", top.toString());
        Path flat = directory.resolve("flat.raw");
        Qemu.run("qemu-img", "convert", "-f", "vmdk", "-O", "raw", top.toString(), flat.toString());
        try (OpenImage open = open(top)) {
            assertThat(open.facts().backing()).hasSize(1);
            assertThat(Qemu.digest(open.bytes())).isEqualTo(Qemu.digest(flat));
        }
        convert("vmdk", "", raw, base); // The same content under another id.
        Problems.of("backing-changed", top, ImageRules.within(directory));
        Files.delete(base);
        Problems.of("backing-missing", top, ImageRules.within(directory));
    }

    /** The same file by both ways. */
    @ParameterizedTest
    @CsvSource({"qcow2, -c", "vmdk, -o subformat=streamOptimized", "vhdx, ''", "vdi, ''", "vpc, ''", "parallels, ''"})
    void javaAndQemuReadTheSame(String format, String options) throws Exception {
        Path raw = Qemu.raw(directory, "disk.raw", 11, 8 << 20);
        Path image = directory.resolve("disk." + format);
        convert(format, options, raw, image);
        DiskFormat known = DiskFormat.find(format).orElseThrow();
        Budget budget = Budget.of(Duration.ofMinutes(1));
        try (OpenImage open = open(image);
                var file = dev.stemma.ingest.bytes.HostFile.open(
                        image, dev.stemma.ingest.problem.Origin.of("disk"), _ -> {});
                var qemu = QemuDisk.open(file, known, open.facts().virtualBytes(), budget)) {
            assertThat(Qemu.digest(open.bytes())).isEqualTo(Qemu.digest(qemu));
        }
    }
}
