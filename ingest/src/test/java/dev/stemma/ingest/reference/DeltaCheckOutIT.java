package dev.stemma.ingest.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Check-out from seeds that are right, old, moved, lying, cut off and changing: what is written is the stored disk, as cmp says. */
class DeltaCheckOutIT {

    private static final long SEED = 20_261_129;
    private static final int SIZE = 32 << 20;

    @TempDir
    Path directory;

    private ContentStore store;
    private List<byte[]> contents;
    private Path old;
    private ImageManifest.Disk oldDisk;
    private Path wanted;
    private ImageManifest.Disk wantedDisk;
    private long changedBytes;

    /** The wanted disk is the old one with a few files of other bytes. */
    @BeforeEach
    void fill() throws Exception {
        Tool.require("cmp", "sha256sum", "python3");
        store = ContentStore.open(directory.resolve("store"));
        contents = MadeDisk.contents(SEED, 150);
        MadeDisk made = MadeDisk.of(contents, 1, SIZE);
        old = made.write(directory.resolve("old.raw"));
        oldDisk = made.checkIn(store, old);
        List<byte[]> changed = new ArrayList<>(contents);
        for (int i : new int[] {1, 12, 33, 50}) {
            byte[] other = contents.get(i).clone();
            other[other.length / 2] ^= 1;
            changed.set(i, other);
            changedBytes += other.length;
        }
        MadeDisk next = MadeDisk.of(changed, 1, SIZE);
        wanted = next.write(directory.resolve("wanted.raw"));
        wantedDisk = next.checkIn(store, wanted);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    /** Checks out, and holds what was written against the original. */
    private DeltaReport out(Seed... seeds) throws Exception {
        Path target = directory.resolve("out.raw");
        Files.deleteIfExists(target);
        DeltaReport report =
                new CheckOut(store, Budget.of(Duration.ofMinutes(5)), 2).raw(wantedDisk, target, List.of(seeds));
        Tool.run(List.of("cmp", wanted.toString(), target.toString()));
        assertThat(report.bytesReused() + report.bytesMoved() + report.bytesZero())
                .isEqualTo(SIZE);
        return report;
    }

    private static String digest(Path file) {
        return Tool.run(List.of("sha256sum", file.toString()));
    }

    @Test
    void onlyWhatTheOldVersionLacksIsMoved() throws Exception {
        String before = digest(old);
        DeltaReport report = out(Seed.of(old, oldDisk));
        assertThat(report.bytesMoved()).isEqualTo(changedBytes);
        assertThat(digest(old)).isEqualTo(before);
        long all = out().bytesMoved();
        assertThat(report.bytesReused()).isEqualTo(all - changedBytes);
    }

    @Test
    void whatACrashLeftIsKnownForWhatItIs() throws Exception {
        CheckOut checkOut = new CheckOut(store, Budget.of(Duration.ofMinutes(5)), 2);
        ImageRules raw = ImageRules.within(directory.toRealPath()).withFormat("raw");
        Path file = wanted.toRealPath();
        assertThat(checkOut.holds(wantedDisk, file, raw)).isTrue();
        assertThat(checkOut.holds(wantedDisk, old.toRealPath(), raw)).isFalse();

        Path target = directory.resolve("out.raw");
        Path partial = Files.writeString(TargetFile.partial(target), "half done");
        out();
        assertThat(partial).doesNotExist();
    }

    @Test
    void aFileThatSomebodyIsMakingIsLeftToThem() throws Exception {
        Path target = directory.resolve("out.raw");
        Path partial = Files.writeString(TargetFile.partial(target), "half done");
        // Another process, as its lock is not one of ours; it holds the byte that TargetFile does until its input ends.
        Process other = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import fcntl, sys; f = open(sys.argv[1], 'r+'); fcntl.lockf(f, fcntl.LOCK_EX, 1, 1 << 62); print('held', flush=True); sys.stdin.read()",
                        partial.toString())
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThatThrownBy(() -> out()).isInstanceOf(IOException.class).hasMessageContaining("another process");
            assertThat(partial).hasContent("half done");
        } finally {
            other.outputWriter().close();
            other.waitFor();
        }
        out();
    }

    @Test
    void anUnknownDiskGivesWhatLiesAtTheSamePlace() throws Exception {
        assertThat(out(Seed.unknown(old)).bytesMoved()).isEqualTo(changedBytes);
    }

    @Test
    void filesThatLieElsewhereAreFoundByTheManifest() throws Exception {
        MadeDisk moved = MadeDisk.of(contents, 2, SIZE);
        Path file = moved.write(directory.resolve("moved.raw"));
        ImageManifest.Disk movedDisk = moved.checkIn(store, file);
        long known = out(Seed.of(file, movedDisk)).bytesMoved();
        long unknown = out(Seed.unknown(file)).bytesMoved();
        // Of what no file owns, each chunk that is cut at the edge of a piece of reading may be another.
        assertThat(known).isBetween(changedBytes, changedBytes + (1 << 20));
        assertThat(unknown).isGreaterThan(10 * known);
    }

    @Test
    void aSecondSeedGivesWhatTheFirstLacks() throws Exception {
        Path first = directory.resolve("first.raw");
        Files.copy(old, first);
        scribble(first, 0, SIZE / 2, 400);
        Path second = directory.resolve("second.raw");
        Files.copy(old, second);
        scribble(second, SIZE / 2, SIZE, 400);
        DeltaReport one = out(Seed.of(first, oldDisk));
        DeltaReport both = out(Seed.of(first, oldDisk), Seed.of(second, oldDisk));
        assertThat(one.bytesMoved()).isGreaterThan(2 * changedBytes);
        assertThat(both.bytesMoved()).isEqualTo(changedBytes);
    }

    private static void scribble(Path file, long from, long to, int writes) throws IOException {
        Random random = new Random(SEED);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] piece = new byte[300];
            for (int i = 0; i < writes; i++) {
                random.nextBytes(piece);
                channel.write(ByteBuffer.wrap(piece), random.nextLong(from, to - piece.length));
            }
        }
    }

    @Test
    void aSeedThatIsNotWhatItIsSaidToBeDoesNoHarm() throws Exception {
        Path noise = directory.resolve("noise.raw");
        byte[] bytes = new byte[SIZE];
        new Random(SEED).nextBytes(bytes);
        Files.write(noise, bytes);
        for (Seed seed : List.of(Seed.of(noise, oldDisk), Seed.of(noise, wantedDisk), Seed.unknown(noise))) {
            DeltaReport report = out(seed);
            assertThat(report.bytesReused()).isZero();
            assertThat(report.reflinkedBytes()).isZero();
        }
        assertThat(Files.readAllBytes(noise)).isEqualTo(bytes);
    }

    @Test
    void aSeedThatIsCutOffOrEmptyGivesWhatItHas() throws Exception {
        Path cut = directory.resolve("cut.raw");
        long last = Long.MAX_VALUE;
        for (long length : new long[] {SIZE, SIZE / 6 + 77, 3 << 20, 0}) {
            Files.copy(old, cut, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
                channel.truncate(length);
            }
            long reused = out(Seed.of(cut, oldDisk)).bytesReused();
            assertThat(reused).isLessThan(last);
            assertThat(out(Seed.unknown(cut)).bytesReused()).isLessThan(last);
            last = reused;
        }
        assertThat(last).isZero();
    }

    @Test
    void aSeedMayChangeAtAnyMoment() throws Exception {
        Path restless = directory.resolve("restless.raw");
        Files.copy(old, restless);
        AtomicBoolean ended = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            Random random = new Random(SEED);
            byte[] piece = new byte[5_000];
            try (FileChannel channel = FileChannel.open(restless, StandardOpenOption.WRITE)) {
                while (!ended.get()) {
                    random.nextBytes(piece);
                    long at = random.nextLong(SIZE - 1);
                    channel.write(ByteBuffer.wrap(piece), at);
                    if (random.nextInt(1_000) == 0) {
                        channel.truncate(at);
                        channel.write(ByteBuffer.wrap(piece), SIZE + at);
                    }
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try {
            for (int round = 0; round < 10; round++) {
                out(Seed.of(restless, oldDisk), Seed.unknown(restless));
            }
        } finally {
            ended.set(true);
            writer.join();
        }
    }

    @Test
    void aSeedThatIsNotThereIsSaid() {
        Path target = directory.resolve("out.raw");
        CheckOut checkOut = new CheckOut(store, Budget.of(Duration.ofMinutes(5)), 2);
        assertThatThrownBy(
                        () -> checkOut.raw(wantedDisk, target, List.of(Seed.unknown(directory.resolve("nothing.raw")))))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("nothing.raw does not exist");
        assertThat(target).doesNotExist();
    }

    @Test
    void theTargetIsNoSeed() throws Exception {
        String before = digest(old);
        CheckOut checkOut = new CheckOut(store, Budget.of(Duration.ofMinutes(5)), 2);
        assertThatThrownBy(() -> checkOut.raw(wantedDisk, old, List.of(Seed.of(old, oldDisk))))
                .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
        assertThat(digest(old)).isEqualTo(before);
    }
}
