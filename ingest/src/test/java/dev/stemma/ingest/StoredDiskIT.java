package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.reference.CheckIn;
import dev.stemma.ingest.reference.StoredDisk;
import dev.stemma.ingest.reference.nbd.NbdExport;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk with a real Debian is read from the store, by our own readers and by libguestfs, and is what find, sha256sum and dpkg-query said. */
class StoredDiskIT {

    @TempDir
    Path directory;

    private final DebianDisks disks = DebianDisks.built();
    private final Budget budget = Budget.of(Duration.ofMinutes(10));
    private ContentStore store;
    private ImageManifest.Disk stored;

    @BeforeEach
    void checkIn() throws Exception {
        store = ContentStore.open(directory.resolve("store"));
        try (CheckIn checkIn = CheckIn.into(store)) {
            Digest image = StoreBenchmark.checkIn(disks.base(), 2, checkIn);
            stored = store.roots().read(image).disks().getFirst();
        }
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private StoredDisk open() throws Exception {
        return StoredDisk.open(store, stored, Origin.of("stored base"));
    }

    @Test
    void ourReadersFindEveryFileWithItsDigest() throws Exception {
        SortedMap<String, Listed> expected = disks.listing();
        expected.remove("/");
        StoredDisk bytes = open();
        try (Disk disk = Disk.probe(bytes, budget, new ObservationLog(bytes.origin()))) {
            FileSystemReader reader = disk.readers().getFirst();
            assertThat(reader.facts().type()).isEqualTo("ext4");
            SortedMap<String, Listed> found = Listed.of(reader);
            found.remove("/lost+found");
            assertThat(Listed.differences(expected, found)).isEmpty();
        }
    }

    @Test
    void everyByteIsThatOfTheFile() throws Exception {
        MessageDigest sha256 = Digest.newSha256();
        byte[] piece = new byte[1 << 20];
        StoredDisk bytes = open();
        for (ByteSource.Extent extent : bytes.extents(0, bytes.sizeBytes())) {
            for (long at = 0; at < extent.lengthBytes(); at += piece.length) {
                int length = (int) Math.min(piece.length, extent.lengthBytes() - at);
                if (extent.hole()) {
                    java.util.Arrays.fill(piece, (byte) 0);
                } else {
                    bytes.read(
                            extent.offsetBytes() + at,
                            MemorySegment.ofArray(piece).asSlice(0, length));
                }
                sha256.update(piece, 0, length);
            }
        }
        String said = Tool.run(List.of("sha256sum", disks.base().toString()));
        assertThat(Digest.of(sha256.digest()).hex()).isEqualTo(said.substring(0, 64));
    }

    private String digest(String path) throws IOException {
        Listed listed = disks.listing().get(path);
        if (listed == null) {
            throw new AssertionError("the tree has no " + path);
        }
        return listed.content();
    }

    /** The appliance reads partitions and ext4 with Linux itself. */
    @Test
    void libguestfsReadsItThroughTheSocket() throws Exception {
        Tool.require("guestfish");
        Path passwd = directory.resolve("passwd");
        try (NbdExport export = NbdExport.open(open(), directory)) {
            String said = Tool.run(List.of(
                    "env",
                    "LIBGUESTFS_BACKEND_SETTINGS=force_tcg",
                    "LIBGUESTFS_BACKEND=direct",
                    "guestfish",
                    "--ro",
                    "--format=raw",
                    "-a",
                    "nbd://?socket=" + export.socket(),
                    "run",
                    ":",
                    "mount-ro",
                    "/dev/sda2",
                    "/",
                    ":",
                    "checksum",
                    "sha256",
                    "/usr/bin/dpkg",
                    ":",
                    "download",
                    "/etc/passwd",
                    passwd.toString()));
            assertThat(said).contains(digest("/usr/bin/dpkg"));
        }
        assertThat(Digest.sha256(Files.readAllBytes(passwd)).hex()).isEqualTo(digest("/etc/passwd"));
    }
}
