package dev.stemma.ingest.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.NotAllowed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Overlays on a version that is there; qemu-img says that they are sound and that a guest sees the stored disk. */
class OverlayIT {

    private static final long SEED = 20_261_130;
    private static final int SIZE = 32 << 20;
    private static final int FILES = 120;

    @TempDir
    Path directory;

    private ContentStore store;
    private List<byte[]> contents;
    private Path base;
    private ImageManifest.Disk baseDisk;
    private Overlay overlays;

    @BeforeEach
    void fill() throws Exception {
        Tool.require("qemu-img", "qemu-io");
        store = ContentStore.open(directory.resolve("store"));
        contents = MadeDisk.contents(SEED, FILES);
        MadeDisk made = MadeDisk.of(contents, 1, SIZE);
        base = made.write(directory.resolve("base.raw"));
        baseDisk = made.checkIn(store, base);
        overlays = new Overlay(store, ImageRules.within(directory), Budget.of(Duration.ofMinutes(5)), 2);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    /** A disk of which some files changed. */
    private record Version(Path file, ImageManifest.Disk disk) {}

    private Version version(String name, long sizeBytes, int... changed) throws Exception {
        List<byte[]> next = new ArrayList<>(contents);
        for (int i : changed) {
            byte[] other = contents.get(i).clone();
            other[other.length / 2] ^= 1;
            next.set(i, other);
        }
        MadeDisk made = MadeDisk.of(next, 1, sizeBytes);
        Path file = made.write(directory.resolve(name));
        return new Version(file, made.checkIn(store, file));
    }

    private Overlay.Backing onBase() {
        return new Overlay.Backing(base, "raw", baseDisk);
    }

    private static void same(Path overlay, Path raw) {
        Tool.run(List.of("qemu-img", "check", "-f", "qcow2", overlay.toString()));
        assertThat(Tool.run(
                        List.of("qemu-img", "compare", "-f", "qcow2", "-F", "raw", overlay.toString(), raw.toString())))
                .contains("Images are identical")
                .doesNotContain("size mismatch");
    }

    @Test
    void onlyDifferingClustersAreHeld() throws Exception {
        Version next = version("next.raw", SIZE, 4, 21, 40);
        Path target = directory.resolve("next.qcow2");
        Overlay.Report report = overlays.write(next.disk(), onBase(), target);
        same(target, next.file());
        long changed = 0;
        for (int i : new int[] {4, 21, 40}) {
            // A file in pieces with gaps of a block between them lies on a third more.
            changed += contents.get(i).length * 4L / 3 + 2 * Qcow2Plan.CLUSTER_BYTES;
        }
        assertThat(report.dataBytes()).isPositive().isLessThanOrEqualTo(changed);
        assertThat(report.fileBytes())
                .isEqualTo(Files.size(target))
                .isLessThanOrEqualTo(report.dataBytes() + 6L * Qcow2Plan.CLUSTER_BYTES);
        assertThat(Tool.run(List.of("qemu-img", "info", target.toString())))
                .contains("backing file: base.raw (actual path: " + base + ")")
                .contains("backing file format: raw");
    }

    @Test
    void anEqualVersionIsTablesAlone() throws Exception {
        Path target = directory.resolve("equal.qcow2");
        Overlay.Report report = overlays.write(baseDisk, onBase(), target);
        same(target, base);
        assertThat(report.dataBytes()).isZero();
        assertThat(report.zeroBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {SIZE - (3 << 20), SIZE + (5L << 20), SIZE + (1L << 30) + 512, SIZE - 70_001})
    void sizesMayDiffer(long sizeBytes) throws Exception {
        Version next = version("next.raw", sizeBytes, 7);
        Path target = directory.resolve("next.qcow2");
        overlays.write(next.disk(), onBase(), target);
        // QEMU rounds a raw disk up to whole sectors, and so does an overlay.
        same(target, next.file());
    }

    @Test
    void aBaseOfNoWholeSectorsIsOne() throws Exception {
        Version odd = version("odd.raw", SIZE - 70_001);
        Path target = directory.resolve("next.qcow2");
        overlays.write(baseDisk, new Overlay.Backing(odd.file(), "raw", odd.disk()), target);
        same(target, base);
    }

    @Test
    void whatIsGoneIsZerosAndWhatMovedIsThere() throws Exception {
        MadeDisk moved = MadeDisk.of(contents.subList(0, FILES / 2), 2, SIZE);
        Path file = moved.write(directory.resolve("moved.raw"));
        Path target = directory.resolve("moved.qcow2");
        Overlay.Report report = overlays.write(moved.checkIn(store, file), onBase(), target);
        same(target, file);
        assertThat(report.zeroBytes()).isPositive();
        assertThat(report.dataBytes()).isPositive();
    }

    @Test
    void overlaysStandOnOverlays() throws Exception {
        Version second = version("second.raw", SIZE, 3);
        Version third = version("third.raw", SIZE, 3, 9);
        Path first = directory.resolve("second.qcow2");
        Path last = directory.resolve("third.qcow2");
        overlays.write(second.disk(), onBase(), first);
        Overlay.Report report = overlays.write(third.disk(), new Overlay.Backing(first, "qcow2", second.disk()), last);
        same(last, third.file());
        assertThat(report.dataBytes()).isLessThan(contents.get(9).length * 4L / 3 + 3 * Qcow2Plan.CLUSTER_BYTES);
    }

    @Test
    void aGuestWritesToTheOverlayAlone() throws Exception {
        Path target = directory.resolve("equal.qcow2");
        overlays.write(baseDisk, onBase(), target);
        String before = Tool.run(List.of("sha256sum", base.toString()));
        Tool.run(List.of("qemu-io", "-f", "qcow2", "-c", "write -P 7 1000k 3M", target.toString()));
        Tool.run(List.of("qemu-img", "check", "-f", "qcow2", target.toString()));
        assertThat(Tool.run(List.of("qemu-io", "-f", "qcow2", "-c", "read -P 7 1000k 3M", target.toString())))
                .doesNotContain("verification failed");
        assertThat(Tool.run(List.of("sha256sum", base.toString()))).isEqualTo(before);
    }

    @Test
    void namesAreWholePathsOrNamesBesideIt() throws Exception {
        Path colon = Files.move(base, directory.resolve("nbd:base.raw"));
        Version next = version("next.raw", SIZE, 5);
        Overlay.Backing backing = new Overlay.Backing(colon, "raw", baseDisk);
        Path beside = directory.resolve("beside.qcow2");
        overlays.write(next.disk(), backing, beside);
        same(beside, next.file());
        Path away = Files.createDirectory(directory.resolve("away")).resolve("away.qcow2");
        overlays.write(next.disk(), backing, away);
        same(away, next.file());
        assertThat(Tool.run(List.of("qemu-img", "info", away.toString()))).contains("backing file: " + colon);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, (2 << 20) + 17, SIZE - 1})
    void aBackingFileThatChangedIsFound(long at) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(base.toFile(), "rw")) {
            file.seek(at);
            int before = file.read();
            file.seek(at);
            file.write(before ^ 1);
        }
        Path target = directory.resolve("next.qcow2");
        assertThatThrownBy(() -> overlays.write(baseDisk, onBase(), target))
                .isInstanceOfSatisfying(
                        Corrupt.class, problem -> assertThat(problem.code()).isEqualTo("backing-changed"))
                .hasMessageContaining("at byte " + at)
                .hasMessageContaining("base.raw");
        assertThat(target).doesNotExist();
    }

    @Test
    void aBackingFileOfAnotherSizeIsRefused() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(base.toFile(), "rw")) {
            file.setLength(SIZE - 512);
        }
        assertThatThrownBy(() -> overlays.write(baseDisk, onBase(), directory.resolve("next.qcow2")))
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("has " + (SIZE - 512) + " bytes");
    }

    @Test
    void aBackingFileMustLieWhereItMay() throws Exception {
        Overlay strict = new Overlay(
                store,
                ImageRules.within(Files.createDirectory(directory.resolve("other"))),
                Budget.of(Duration.ofMinutes(5)),
                2);
        assertThatThrownBy(() -> strict.write(baseDisk, onBase(), directory.resolve("next.qcow2")))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void aTargetThatIsThereIsLeftAlone() throws Exception {
        Path there = Files.writeString(directory.resolve("there.qcow2"), "mine");
        assertThatThrownBy(() -> overlays.write(baseDisk, onBase(), there))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).hasContent("mine");
    }
}
