package dev.stemma.ingest.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.ByteSource.Extent;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ContentWriter;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.content.StoreWriter;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks of the store that are large, empty, or not what they promise. */
class StoredDiskTest {

    private static final Origin ORIGIN = Origin.of("disk");

    @TempDir
    Path directory;

    private ContentStore store;

    @BeforeEach
    void open() throws Exception {
        store = ContentStore.open(directory);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private Digest content(byte[] bytes) throws Exception {
        try (StoreWriter writer = store.writer();
                ContentWriter content = writer.content()) {
            content.data(bytes, 0, bytes.length);
            Digest digest = content.end();
            content.finish();
            writer.commit();
            return digest;
        }
    }

    private StoredDisk disk(List<DiskRun> runs) throws Exception {
        return StoredDisk.open(store, CutDisk.ofRuns(store, runs), ORIGIN);
    }

    private static byte[] read(StoredDisk disk, long at, int length) throws Exception {
        byte[] bytes = new byte[length];
        disk.read(at, MemorySegment.ofArray(bytes));
        return bytes;
    }

    @Test
    void aTerabyteThatIsEmptyCostsNothing() throws Exception {
        byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
        Digest digest = content(hello);
        StoredDisk disk = disk(
                List.of(new DiskRun.Zeros(1L << 40), new DiskRun.Data(5, digest), new DiskRun.Zeros((1L << 40) - 5)));
        assertThat(read(disk, (1L << 40) - 1, 7)).isEqualTo(new byte[] {0, 'h', 'e', 'l', 'l', 'o', 0});
        assertThat(disk.extents(1, disk.sizeBytes() - 1))
                .containsExactly(
                        new Extent(1, (1L << 40) - 1, true),
                        new Extent(1L << 40, 5, false),
                        new Extent((1L << 40) + 5, (1L << 40) - 5, true));
        assertThat(disk.dataBytes()).isEqualTo(5);
    }

    @Test
    void ofManyRunsTheIndexKeepsAQuarterOfAByteEach() throws Exception {
        int count = 400_000;
        byte[] alphabet = new byte[4_096];
        new SplittableRandom(7).nextBytes(alphabet);
        Digest digest = content(alphabet);
        List<DiskRun> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(i % 2 == 0 ? new DiskRun.Part(16, digest, i % 4_000) : new DiskRun.Zeros(16));
        }
        ImageManifest.Disk stored = CutDisk.ofRuns(store, runs);
        DiskRunIndex index = new DiskRunIndex(store.content(stored.manifest()), stored.manifest());
        index.block(0);
        assertThat(index.markBytes()).as("no further than was asked for").isLessThan(1_000);
        assertThat(index.dataBytes()).isEqualTo(count * 8L);
        // The arrays double, so up to twice the quarter.
        assertThat(index.markBytes()).isLessThanOrEqualTo(count / 2);

        StoredDisk disk = StoredDisk.open(store, stored, ORIGIN);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            int run = random.nextInt(count);
            byte[] expected = run % 2 == 0 ? Arrays.copyOfRange(alphabet, run % 4_000, run % 4_000 + 16) : new byte[16];
            assertThat(read(disk, run * 16L, 16)).as("run " + run).isEqualTo(expected);
        }
    }

    @Test
    void anEmptyDiskHasNothing() throws Exception {
        StoredDisk disk = disk(List.of());
        assertThat(disk.sizeBytes()).isZero();
        assertThat(disk.extents(0, 0)).isEmpty();
        assertThat(disk.dataBytes()).isZero();
    }

    @Test
    void whatTheStoreLacksIsToldWithThePlaceAndTheRestIsRead() throws Exception {
        Digest there = content(new byte[] {1, 2, 3});
        Digest lost = Digest.sha256(new byte[] {9});
        StoredDisk disk =
                disk(List.of(new DiskRun.Data(3, there), new DiskRun.Data(1, lost), new DiskRun.Part(4, there, 0)));
        assertThat(read(disk, 0, 3)).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> read(disk, 0, 4))
                .isInstanceOf(Unreadable.class)
                .hasMessageStartingWith("disk: the store does not give byte 3 of the disk")
                .hasMessageContaining(lost.hex());
        assertThatThrownBy(() -> read(disk, 4, 1))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("wants more of " + there);
    }

    @Test
    void aManifestThatIsNoneOrOfAnotherSizeIsRefused() throws Exception {
        Digest text = content("no manifest at all, whatever it may be".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> StoredDisk.open(store, new ImageManifest.Disk(1, text), ORIGIN))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("no disk manifest of version 1");
        ImageManifest.Disk good = CutDisk.ofRuns(store, List.of(new DiskRun.Zeros(10)));
        assertThatThrownBy(() -> StoredDisk.open(store, new ImageManifest.Disk(11, good.manifest()), ORIGIN))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("of a disk of 10 bytes, not 11");
        assertThatThrownBy(() -> StoredDisk.open(store, new ImageManifest.Disk(10, Digest.sha256(new byte[9])), ORIGIN))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void aManifestThatBreaksOffIsRefusedWhereItDoes() throws Exception {
        byte[] cut = {'s', 't', 'e', 'm', 'm', 'a', '-', 'd', 'i', 's', 'k', '/', '1', '\n', 10, 'z', 4};
        byte[] early = Arrays.copyOf(cut, cut.length + 1);
        early[cut.length] = 'e';
        byte[] strange = Arrays.copyOf(cut, cut.length + 2);
        strange[cut.length] = 'q';
        strange[cut.length + 1] = 1;
        byte[] beyond = Arrays.copyOf(cut, cut.length + 2);
        beyond[cut.length] = 'z';
        beyond[cut.length + 1] = 7;
        for (byte[] manifest : List.of(cut, early, strange, beyond)) {
            // Opened without being gone through, so what is whole can be read.
            StoredDisk disk = StoredDisk.open(store, new ImageManifest.Disk(10, content(manifest)), ORIGIN);
            assertThatThrownBy(() -> read(disk, 8, 1))
                    .isInstanceOf(Unreadable.class)
                    .hasMessageContaining("the disk manifest");
        }
    }
}
