package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystemReaderContract;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.filesystem.TreeListing;
import dev.stemma.ingest.filesystem.guestfs.GuestfsVolumes;
import dev.stemma.ingest.filesystem.guestfs.Mountable;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disk formats times layouts times file systems, all of one tree, each read whole and held against what GNU find, stat, getfattr and
 * sha256sum say of the tree. Makes the table of {@code docs/reference/coverage.adoc}, and fails where that differs.
 */
class CoverageIT {

    private static final String UPDATE = "stemma.coverage.update";
    private static final Budget BUDGET = Budget.of(Duration.ofMinutes(30));

    /** What is written in a table for QEMU's word, and the options of qemu-img. */
    private record Format(String shown, String word, String options) {}

    private static final List<Format> FORMATS = List.of(
            new Format("raw", "raw", ""),
            new Format("qcow2", "qcow2", ""),
            new Format("qcow2 zstd", "qcow2", "-c -o compression_type=zstd"),
            new Format("qcow", "qcow", ""),
            new Format("vmdk", "vmdk", "-o subformat=monolithicSparse"),
            new Format("vmdk flat", "vmdk", "-o subformat=twoGbMaxExtentFlat"),
            new Format("vmdk stream", "vmdk", "-o subformat=streamOptimized"),
            new Format("vhd", "vpc", "-o force_size=on"),
            new Format("vhd fixed", "vpc", "-o force_size=on,subformat=fixed"),
            new Format("vhdx", "vhdx", ""),
            new Format("vdi", "vdi", ""),
            new Format("parallels", "parallels", ""),
            new Format("qed", "qed", ""));

    /** A line of the table. */
    private record Row(String layout, String fileSystem, String way, int entries) {}

    @TempDir
    static Path work;

    private static SortedMap<String, Listed> tree = new TreeMap<>();
    private static SortedMap<String, Listed> plain = new TreeMap<>();

    private final Map<Row, List<String>> rows = new LinkedHashMap<>();

    @BeforeAll
    static void makeDisks() throws Exception {
        Tool.require("mke2fs", "setfattr", "getfattr", "guestfish", "sfdisk", "mkfs.vfat", "mcopy", "qemu-img");
        Path lister = Path.of(
                FileSystemReaderContract.class.getResource("ext/list-tree.sh").toURI());
        Tool.script(CoverageIT.class, "coverage-disks.sh", work, lister);
        tree = TreeListing.read(work.resolve("list"));
        plain = plain(work.resolve("plain"));
    }

    @Test
    void everyFileSystemOfEveryLayoutInEveryFormatReadsAsTheTree() throws Exception {
        for (Format format : FORMATS) {
            java(format, "GPT", "gpt");
            java(format, "MBR", "mbr");
            java(format, "no table", "ext4");
        }
        appliance(FORMATS.get(1), "GPT", "second");
        String table = table();
        Path published = published();
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(published, table);
        }
        assertThat(Files.exists(published) ? Files.readString(published) : "")
                .as(
                        "docs/reference/coverage-table.adoc is not what this run made; if it is right, write it anew: bin/mvn -Dit.test=CoverageIT"
                                + " -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dstemma.coverage.update=true"
                                + " -pl ingest -am verify")
                .isEqualTo(table);
    }

    private Path image(Format format, String disk) {
        Path raw = work.resolve(disk + ".img");
        if (format.word.equals("raw")) {
            return raw;
        }
        Path directory = work.resolve("converted");
        Path image = directory.resolve("disk." + format.word);
        List<String> command = new ArrayList<>(List.of("qemu-img", "convert", "-f", "raw", "-O", format.word));
        Stream.of(format.options.split(" ", -1)).filter(word -> !word.isEmpty()).forEach(command::add);
        command.addAll(List.of(raw.toString(), image.toString()));
        Tool.run(List.of("rm", "-rf", directory.toString()));
        Tool.run(List.of("mkdir", directory.toString()));
        Tool.run(command);
        return image;
    }

    private void java(Format format, String layout, String disk) throws Exception {
        try (OpenImage open = ImageOpener.open(image(format, disk), ImageRules.within(work), BUDGET);
                Disk parts = Disk.probe(open.bytes(), BUDGET, new ObservationLog(Origin.of(disk)))) {
            for (FileSystemReader reader : parts.readers()) {
                compare(reader, layout, format);
            }
        }
    }

    private void appliance(Format format, String layout, String disk) throws Exception {
        try (OpenImage open = ImageOpener.open(image(format, disk), ImageRules.within(work), BUDGET);
                GuestfsVolumes volumes = GuestfsVolumes.open(open.bytes(), BUDGET)) {
            for (Mountable mountable : volumes.list()) {
                try (FileSystemReader reader = volumes.open(mountable)) {
                    reader.prepareFullWalk();
                    compare(reader, layout, format);
                }
            }
        }
    }

    private void compare(FileSystemReader reader, String layout, Format format) throws Exception {
        String label = reader.facts().label().orElse("");
        boolean fat = label.equals("FAT");
        SortedMap<String, Listed> found = Listed.of(reader);
        found.remove("/lost+found");
        if (fat) {
            found.replaceAll((_, one) -> contentOnly(one));
        }
        assertThat(Listed.differences(fat ? plain : tree, found))
                .as("%s, %s, %s by %s", format.shown, layout, label, reader.name())
                .isEmpty();
        assertThat(reader.observations()).isEmpty();
        String below =
                switch (label) {
                    case "lvm" -> layout + ", LVM2";
                    case "md" -> layout + ", MD RAID1";
                    default -> layout;
                };
        Row row = new Row(below, reader.facts().type(), way(reader), found.size());
        rows.computeIfAbsent(row, _ -> new ArrayList<>()).add(format.shown);
    }

    private static String way(FileSystemReader reader) {
        return reader.facts().reader().equals("java") ? "Java" : "libguestfs";
    }

    /** FAT keeps no owners, modes, links or attributes. */
    private static Listed contentOnly(Listed one) {
        return new Listed(one.kind(), one.sizeBytes(), "", 0, 0, 0, 0, one.content(), Map.of());
    }

    private static SortedMap<String, Listed> plain(Path directory) throws IOException {
        SortedMap<String, Listed> listing = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(one -> !one.equals(directory)).toList()) {
                boolean isFile = Files.isRegularFile(file);
                byte[] content = isFile ? Files.readAllBytes(file) : new byte[0];
                listing.put(
                        dev.stemma.graph.model.GuestPath.parse("/" + directory.relativize(file))
                                .escaped(),
                        new Listed(
                                isFile ? "file" : "dir",
                                content.length,
                                "",
                                0,
                                0,
                                0,
                                0,
                                isFile ? Digest.sha256(content).hex() : "",
                                Map.of()));
            }
        }
        return listing;
    }

    private String table() {
        StringBuilder text = new StringBuilder("""
                // Made by CoverageIT; do not edit.
                [cols="2,1,1,1,4"]
                |===
                | Layout | File system | Read by | Entries compared | Disk formats

                """);
        rows.forEach((row, formats) -> text.append("| " + row.layout + " | " + row.fileSystem + " | " + row.way + " | "
                + row.entries + " | "
                + (formats.size() == FORMATS.size() ? "all " + formats.size() : String.join(", ", formats)) + "\n"));
        return text.append("|===\n").toString();
    }

    private static Path published() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.isDirectory(here.resolve("docs/reference"))) {
            here = here.getParent();
        }
        return java.util.Objects.requireNonNull(here, "not inside a checkout of Stemma")
                .resolve("docs/reference/coverage-table.adoc");
    }
}
