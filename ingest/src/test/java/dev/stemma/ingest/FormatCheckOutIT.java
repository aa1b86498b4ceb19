package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unreadable;
import dev.stemma.ingest.reference.CheckIn;
import dev.stemma.ingest.reference.CutDisk;
import dev.stemma.ingest.reference.DiskImageFormat;
import dev.stemma.ingest.reference.FormatCheckOut;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk with a real Debian goes out in each format; QEMU says whether it is the same and whether the file is sound. */
class FormatCheckOutIT {

    @TempDir
    Path directory;

    private final DebianDisks disks = DebianDisks.built();
    private ContentStore store;
    private Path out;

    @BeforeEach
    void open() throws Exception {
        Tool.require("qemu-img");
        store = ContentStore.open(directory.resolve("store"));
        out = Files.createDirectory(directory.resolve("out"));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private ImageManifest.Disk debian() throws Exception {
        try (CheckIn checkIn = CheckIn.into(store)) {
            Digest image = StoreBenchmark.checkIn(disks.base(), 2, checkIn);
            return store.roots().read(image).disks().getFirst();
        }
    }

    private FormatCheckOut checkOut(Budget budget) {
        return new FormatCheckOut(store, directory, budget);
    }

    private static Budget minutes() {
        return Budget.of(Duration.ofMinutes(10));
    }

    private static void requireSame(Path raw, DiskImageFormat format, Path target) {
        String qemus = format.word().replaceAll("-.*", "");
        assertThat(Tool.run(
                        List.of("qemu-img", "compare", "-f", "raw", "-F", qemus, raw.toString(), target.toString())))
                .contains("identical")
                .doesNotContain("size mismatch");
        if (format != DiskImageFormat.VPC) {
            Tool.run(List.of("qemu-img", "check", "-f", qemus, target.toString()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatHoldsTheSameDisk(DiskImageFormat format) throws Exception {
        Path target = out.resolve("disk." + format.word());
        List<Long> done = new ArrayList<>();
        List<Long> all = new ArrayList<>();
        long size = checkOut(minutes()).to(debian(), format, target, (some, of) -> {
            done.add(some);
            all.add(of);
        });
        requireSame(disks.base(), format, target);
        assertThat(size).isEqualTo(Files.size(target));
        assertThat(done).isSorted();
        assertThat(done.getLast()).isEqualTo(all.getFirst()).isPositive().isLessThan(Files.size(disks.base()));
        assertThat(all).containsOnly(all.getFirst());
        assertThat(out).isDirectoryContaining(target::equals);
        try (var files = Files.list(out)) {
            assertThat(files).hasSize(1);
        }
        if (format == DiskImageFormat.QCOW2_ZSTD || format == DiskImageFormat.VMDK_STREAM) {
            assertThat(size).isLessThan(all.getFirst() * 6 / 10);
        }
    }

    /** 10 MB and some: whole cylinders would be more, and it is no whole number of sectors. */
    @ParameterizedTest
    @EnumSource
    void aStrangeSizeIsKeptUpToTheSector(DiskImageFormat format) throws Exception {
        byte[] bytes = new byte[10_000_123];
        new SplittableRandom(1).nextBytes(bytes);
        java.util.Arrays.fill(bytes, 1_000_000, 7_000_000, (byte) 0);
        Path raw = Files.write(directory.resolve("raw"), java.util.Arrays.copyOf(bytes, 10_000_384));
        Path target = out.resolve("disk");
        checkOut(minutes()).to(CutDisk.store(store, bytes, 1), format, target, (_, _) -> {});
        requireSame(raw, format, target);
    }

    @Test
    void whatIsThereIsNotOverwritten() throws Exception {
        ImageManifest.Disk disk = CutDisk.store(store, new byte[] {1, 2, 3}, 1);
        Path there = Files.writeString(out.resolve("there"), "mine");
        assertThatThrownBy(() -> checkOut(minutes()).to(disk, DiskImageFormat.QCOW2, there, (_, _) -> {}))
                .isInstanceOf(FileAlreadyExistsException.class);
        Path later = out.resolve("later");
        assertThatThrownBy(() -> checkOut(minutes()).to(disk, DiskImageFormat.QCOW2, later, (_, _) -> {
                    if (!Files.exists(later)) {
                        write(later, "mine too");
                    }
                }))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).hasContent("mine");
        assertThat(later).hasContent("mine too");
        requireOnly(there, later);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void requireOnly(Path... files) throws IOException {
        try (var found = Files.list(out)) {
            assertThat(found).containsExactlyInAnyOrder(files);
        }
    }

    @Test
    void oneThatIsCancelledLeavesNothing() throws Exception {
        Budget budget = minutes();
        ImageManifest.Disk disk = debian();
        assertThatThrownBy(() -> checkOut(budget)
                        .to(disk, DiskImageFormat.QCOW2_ZSTD, out.resolve("disk"), (_, _) -> budget.cancel()))
                .isInstanceOf(OverBudget.class)
                .hasMessageContaining("cancelled");
        requireOnly();
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactlyInAnyOrder(out, directory.resolve("store"));
        }
    }

    @Test
    void aStoreThatIsDamagedIsToldOfAndLeavesNothing() throws Exception {
        ImageManifest.Disk disk = debian();
        store.close();
        List<Path> packs;
        try (var files = Files.walk(directory.resolve("store").resolve("packs"))) {
            packs = files.filter(Files::isRegularFile)
                    .sorted(java.util.Comparator.comparing(file -> file.toFile().length()))
                    .toList();
        }
        byte[] pack = Files.readAllBytes(packs.getLast());
        pack[pack.length / 2] ^= 1;
        Files.write(packs.getLast(), pack);
        store = ContentStore.open(directory.resolve("store"));
        assertThatThrownBy(() -> checkOut(minutes()).to(disk, DiskImageFormat.QCOW2, out.resolve("disk"), (_, _) -> {}))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining(packs.getLast().getFileName().toString());
        requireOnly();
    }

    @Test
    void aDiskThatAFormatCannotHoldIsRefusedInQemusWords() throws Exception {
        ImageManifest.Disk disk = CutDisk.ofRuns(store, List.of(new dev.stemma.ingest.content.DiskRun.Zeros(3L << 40)));
        assertThatThrownBy(() -> checkOut(minutes()).to(disk, DiskImageFormat.VPC, out.resolve("disk"), (_, _) -> {}))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("qemu-img convert ended with");
        requireOnly();
    }
}
