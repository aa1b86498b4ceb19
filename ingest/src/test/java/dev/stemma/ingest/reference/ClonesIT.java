package dev.stemma.ingest.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.Budget;
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

/** Clones of one stored disk, copied, shared and standing on one another; cmp and qemu-img say what they are, filefrag whether they share. */
class ClonesIT {

    private static final long SEED = 20_261_131;
    private static final int SIZE = 32 << 20;
    private static final Budget BUDGET = Budget.of(Duration.ofMinutes(5));

    @TempDir
    Path directory;

    private ContentStore store;
    private List<byte[]> contents;
    private Path master;
    private ImageManifest.Disk disk;

    @BeforeEach
    void fill() throws Exception {
        Tool.require("cmp", "qemu-img", "filefrag");
        store = ContentStore.open(directory.resolve("store"));
        contents = MadeDisk.contents(SEED, 100);
        MadeDisk made = MadeDisk.of(contents, 1, SIZE);
        master = made.write(directory.resolve("master.raw"));
        disk = made.checkIn(store, master);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private List<Clones.Clone> make(Path where, Clones.Way way) throws Exception {
        List<Path> targets = List.of(where.resolve("a"), where.resolve("b"), where.resolve("c"));
        List<Clones.Clone> made = new Clones(store, BUDGET, 2).make(disk, targets, way);
        assertThat(made).extracting(Clones.Clone::file).containsExactlyElementsOf(targets);
        return made;
    }

    private static String extents(Path file) {
        return Tool.run(List.of("filefrag", "-s", "-v", file.toString()));
    }

    private static void scribble(Path file) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(5 << 20);
            out.write(new byte[1 << 20]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xfs", "btrfs"})
    void whereFilesCanShareTheyDo(String type) throws Exception {
        try (LoopMount mount = LoopMount.of(directory, type)) {
            List<Clones.Clone> made = make(mount.directory(), Clones.Way.ALONE);
            assertThat(made)
                    .extracting(Clones.Clone::how)
                    .containsExactly(Clones.How.CHECKED_OUT, Clones.How.SHARED, Clones.How.SHARED);
            for (Clones.Clone clone : made) {
                assertThat(extents(clone.file())).contains("shared");
            }
            scribble(made.get(1).file());
            Tool.run(List.of("cmp", master.toString(), made.get(0).file().toString()));
            Tool.run(List.of("cmp", master.toString(), made.get(2).file().toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xfs", "btrfs"})
    void aNextVersionSharesWhatItHasOfTheOldOne(String type) throws Exception {
        List<byte[]> changed = new ArrayList<>(contents);
        byte[] other = contents.get(40).clone();
        other[7] ^= 1;
        changed.set(40, other);
        MadeDisk made = MadeDisk.of(changed, 1, SIZE);
        Path wanted = made.write(directory.resolve("wanted.raw"));
        ImageManifest.Disk next = made.checkIn(store, wanted);
        try (LoopMount mount = LoopMount.of(directory, type)) {
            Path old = mount.directory().resolve("old.raw");
            CheckOut checkOut = new CheckOut(store, BUDGET, 2);
            checkOut.raw(disk, old);
            for (Seed seed : List.of(Seed.of(old, disk), Seed.unknown(old))) {
                Path target = mount.directory().resolve("next.raw");
                DeltaReport report = checkOut.raw(next, target, List.of(seed));
                Tool.run(List.of("cmp", wanted.toString(), target.toString()));
                assertThat(extents(target)).contains("shared");
                assertThat(report.bytesMoved()).isEqualTo(other.length);
                assertThat(report.reflinkedBytes()).isGreaterThan(report.bytesReused() * 9 / 10);
                Files.delete(target);
            }
            scribble(old);
            Path target = mount.directory().resolve("next.raw");
            DeltaReport report = checkOut.raw(next, target, List.of(Seed.of(old, disk)));
            Tool.run(List.of("cmp", wanted.toString(), target.toString()));
            assertThat(report.bytesMoved()).isGreaterThan(other.length);
        }
    }

    @Test
    void whereFilesCannotShareTheyAreCopied() throws Exception {
        Path where = Files.createDirectory(directory.resolve("copies"));
        List<Clones.Clone> made = make(where, Clones.Way.ALONE);
        for (Clones.Clone clone : made) {
            Tool.run(List.of("cmp", master.toString(), clone.file().toString()));
        }
        Clones.How expected =
                List.of("xfs", "btrfs").contains(Files.getFileStore(where).type())
                        ? Clones.How.SHARED
                        : Clones.How.COPIED;
        assertThat(made).extracting(Clones.Clone::how).containsExactly(Clones.How.CHECKED_OUT, expected, expected);
    }

    @Test
    void overlaysStandOnTheFirst() throws Exception {
        Path where = Files.createDirectory(directory.resolve("overlays"));
        List<Clones.Clone> made = make(where, Clones.Way.ON_THE_FIRST);
        Tool.run(List.of("cmp", master.toString(), made.getFirst().file().toString()));
        for (Clones.Clone clone : made.subList(1, made.size())) {
            assertThat(clone.how()).isEqualTo(Clones.How.OVERLAY);
            assertThat(Files.size(clone.file())).isLessThan(1 << 20);
            Tool.run(List.of("qemu-img", "check", "-f", "qcow2", clone.file().toString()));
            Tool.run(List.of(
                    "qemu-img",
                    "compare",
                    "-f",
                    "qcow2",
                    "-F",
                    "raw",
                    clone.file().toString(),
                    master.toString()));
        }
    }

    @Test
    void whenOneFailsNoneIsLeft() throws Exception {
        Path there = Files.writeString(directory.resolve("c"), "mine");
        for (Clones.Way way : Clones.Way.values()) {
            assertThatThrownBy(() -> make(directory, way)).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(directory.resolve("a")).doesNotExist();
            assertThat(directory.resolve("b")).doesNotExist();
            assertThat(there).hasContent("mine");
        }
    }
}
