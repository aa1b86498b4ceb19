package dev.stemma.ingest.reference.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.reference.CutDisk;
import dev.stemma.ingest.reference.StoredDisk;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stored disk as QEMU's programs see it through the socket. */
@Timeout(600)
class NbdExportIT {

    private static final int SIZE = 40 << 20;

    @TempDir
    Path directory;

    private Path raw;
    private ContentStore store;
    private ByteSource disk;

    @BeforeEach
    void storeADisk() throws Exception {
        Tool.require("qemu-img", "qemu-io", "cmp");
        byte[] bytes = new byte[SIZE];
        SplittableRandom random = new SplittableRandom(3);
        for (int at = 0; at < SIZE; at += random.nextInt(1, 2_000_000)) {
            byte[] noise = new byte[Math.min(SIZE - at, random.nextInt(1, 600_000))];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, bytes, at, noise.length);
        }
        raw = Files.write(directory.resolve("disk.raw"), bytes);
        store = ContentStore.open(directory.resolve("store"));
        ImageManifest.Disk stored = CutDisk.store(store, bytes, 3);
        disk = StoredDisk.open(store, stored, Origin.of("disk"));
    }

    @AfterEach
    void closeTheStore() throws Exception {
        store.close();
    }

    @Test
    void qemuReadsWhatWasStoredAndIsSentNoHoles() throws Exception {
        try (NbdExport export = NbdExport.open(disk, directory)) {
            assertThat(Files.getPosixFilePermissions(export.socket().getParent()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            compare(export);
            Path copy = directory.resolve("copy.raw");
            Tool.run(List.of("qemu-img", "convert", "-f", "raw", "-O", "raw", export.uri(), copy.toString()));
            Tool.run(List.of("cmp", raw.toString(), copy.toString()));

            String map = Tool.run(List.of("qemu-img", "map", "-f", "raw", "--output=json", export.uri()));
            assertThat(holes(map)).isEqualTo(expectedHoles());
            assertThat(expectedHoles()).hasSizeGreaterThan(10);
        }
    }

    private void compare(NbdExport export) {
        assertThat(Tool.run(List.of("qemu-img", "compare", "-f", "raw", "-F", "raw", raw.toString(), export.uri())))
                .contains("identical");
    }

    private static List<String> holes(String map) {
        List<String> holes = new ArrayList<>();
        var stretch = java.util.regex.Pattern.compile("\"start\": (\\d+), \"length\": (\\d+),[^}]*\"zero\": true")
                .matcher(map);
        while (stretch.find()) {
            holes.add(stretch.group(1) + "+" + stretch.group(2));
        }
        return holes;
    }

    /** Whole blocks of the disk's own holes, which end anywhere. */
    private List<String> expectedHoles() throws Exception {
        List<String> holes = new ArrayList<>();
        int unaligned = 0;
        for (ByteSource.Extent extent : disk.extents(0, SIZE)) {
            long from = (extent.offsetBytes() + 4_095) & -4_096;
            long to = (extent.offsetBytes() + extent.lengthBytes()) & -4_096;
            if (extent.hole() && to > from) {
                holes.add(from + "+" + (to - from));
                unaligned += to < extent.offsetBytes() + extent.lengthBytes() ? 1 : 0;
            }
        }
        assertThat(unaligned).isGreaterThan(5);
        return holes;
    }

    @Test
    void writesToAReadOnlyExportAreRefused() throws Exception {
        try (NbdExport export = NbdExport.open(disk, directory)) {
            String said = Tool.run(List.of("qemu-io", "-f", "raw", "-c", "write 0 4k", export.uri()), 0, 1);
            assertThat(said).containsAnyOf("read-only", "Permission denied", "not permitted");
            compare(export);
        }
    }

    /** The same commands to a copy of the disk and to the export; both must be the same then, and the stored disk as before. */
    @Test
    void whatIsWrittenIsReadAgainUntilTheExportIsClosed() throws Exception {
        Path copy = Files.copy(raw, directory.resolve("copy.raw"));
        List<String> commands = commands();
        Path parent = Files.createDirectory(directory.resolve("exports"));
        try (NbdExport export = NbdExport.openWritable(disk, parent, SIZE)) {
            qemuIo(commands, copy.toString());
            qemuIo(commands, export.uri());
            assertThat(Tool.run(
                            List.of("qemu-img", "compare", "-f", "raw", "-F", "raw", copy.toString(), export.uri())))
                    .contains("identical");
            assertThat(Tool.run(
                            List.of("qemu-img", "compare", "-f", "raw", "-F", "raw", raw.toString(), export.uri()), 1))
                    .contains("mismatch");
        }
        assertThat(parent).isEmptyDirectory();
        try (NbdExport export = NbdExport.openWritable(disk, parent, SIZE)) {
            compare(export);
        }
    }

    private static List<String> commands() {
        SplittableRandom random = new SplittableRandom(11);
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            int at = random.nextInt(SIZE - 400_000);
            int length = random.nextInt(1, 400_000);
            switch (random.nextInt(4)) {
                case 0 -> commands.add("write -P " + random.nextInt(1, 256) + " " + at + " " + length);
                case 1 ->
                    commands.add("write -f -P " + random.nextInt(1, 256) + " " + at + " " + random.nextInt(1, 700));
                case 2 -> commands.add("write -z " + at + " " + length);
                // QEMU takes whole sectors alone for discards, and lets a raw file read as zeros there.
                case 3 -> commands.add("write -z -u " + (at & -4_096) + " " + 8_192);
                default -> throw new AssertionError();
            }
            if (i % 20 == 0) {
                commands.add("flush");
            }
        }
        return commands;
    }

    private static void qemuIo(List<String> commands, String disk) {
        List<String> command = new ArrayList<>(List.of("qemu-io", "-f", "raw", "-d", "unmap"));
        for (String one : commands) {
            command.add("-c");
            command.add(one);
        }
        command.add(disk);
        assertThat(Tool.run(command)).doesNotContain("failed");
    }

    @Test
    void aTrimmedStretchIsZeros() throws Exception {
        try (NbdExport export = NbdExport.openWritable(disk, directory, SIZE)) {
            qemuIo(List.of("write -P 7 1M 1M", "discard 1M 1M", "read -P 0 1M 1M"), export.uri());
        }
    }

    @Test
    void anOverlayThatIsFullSaysSo() throws Exception {
        try (NbdExport export = NbdExport.openWritable(disk, directory, 1 << 20)) {
            String said = Tool.run(
                    List.of("qemu-io", "-f", "raw", "-c", "write 0 1M", "-c", "write 2M 4k", export.uri()), 0, 1);
            assertThat(said).contains("wrote 1048576/1048576").contains("No space left");
        }
    }

    @Test
    void closingEndsConnectionsAndLeavesNothing() throws Exception {
        Path parent = Files.createDirectory(directory.resolve("exports"));
        NbdExport export = NbdExport.open(disk, parent);
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(export.socket()))) {
            export.close();
            export.close();
            assertThat(parent).isEmptyDirectory();
            assertThat(NbdClient.drained(client)).isTrue();
        }
        assertThatThrownBy(() -> SocketChannel.open(UnixDomainSocketAddress.of(export.socket())))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aPathThatIsTooLongForASocketIsRefusedAndNothingIsLeft() throws Exception {
        Path parent = Files.createDirectories(directory.resolve("long".repeat(30)));
        assertThatThrownBy(() -> NbdExport.open(disk, parent))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("choose a directory with a shorter path");
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void theUriOfAStrangeDirectoryIsUnderstood() throws Exception {
        Path parent = Files.createDirectory(directory.resolve("a b&c=%ä"));
        try (NbdExport export = NbdExport.open(disk, parent)) {
            compare(export);
        }
    }

    @Test
    void anyBytesCanBeServedThoseOfAFileToo() throws Exception {
        try (FileSource file = FileSource.open(raw);
                NbdExport export = NbdExport.open(file, directory)) {
            compare(export);
        }
    }
}
