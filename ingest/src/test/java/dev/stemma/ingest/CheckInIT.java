package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.reference.CheckIn;
import dev.stemma.ingest.reference.CheckOut;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks with a real Debian go into the store and come out of it; cmp and qemu-img say whether they are the same. */
class CheckInIT {

    private static final int THREADS = 2;

    @TempDir
    Path directory;

    private final DebianDisks disks = DebianDisks.built();

    private ContentStore open() throws IOException {
        return ContentStore.open(directory.resolve("store"));
    }

    private record Brought(Digest image, CheckIn.Added added) {}

    private static Brought in(ContentStore store, Path image) throws Exception {
        try (CheckIn checkIn = CheckIn.into(store)) {
            Digest name = StoreBenchmark.checkIn(image, THREADS, checkIn);
            return new Brought(name, checkIn.added());
        }
    }

    private Path out(ContentStore store, Digest image) throws Exception {
        Path target = directory.resolve("out.raw");
        Files.deleteIfExists(target);
        ImageManifest manifest = store.roots().read(image);
        new CheckOut(store, Budget.of(Duration.ofMinutes(5)), THREADS)
                .raw(manifest.disks().getFirst(), target);
        return target;
    }

    @Test
    void everyByteComesBackAndAFileIsKeptOnceWhereverItLies() throws Exception {
        Digest base;
        try (ContentStore store = open()) {
            Brought first = in(store, disks.base());
            base = first.image();
            assertThat(first.added().bytes()).isGreaterThan(50L << 20);
            assertThat(first.added().storedBytes()).isLessThan(first.added().bytes() / 2);

            Brought again = in(store, disks.base());
            assertThat(again.image()).isEqualTo(base);
            assertThat(again.added().objects()).isZero();

            assertThat(in(store, disks.overlay()).image())
                    .as("what the guest sees makes an image, and the overlay changes nothing")
                    .isEqualTo(base);

            Brought changed = in(store, disks.changed());
            assertThat(changed.added().bytes())
                    .as("laid out anew, with 1 % changed")
                    .isLessThan(first.added().bytes() / 8);
            Tool.run(List.of(
                    "cmp",
                    disks.changed().toString(),
                    out(store, changed.image()).toString()));
        }
        try (ContentStore store = open()) {
            Path out = out(store, base);
            Tool.run(List.of("cmp", disks.base().toString(), out.toString()));
            assertThat(allocated(out)).as("zeros are holes").isLessThanOrEqualTo(allocated(disks.base()));
        }
    }

    private static long allocated(Path file) throws IOException {
        return Long.parseLong(
                Tool.run(List.of("stat", "-c", "%b", file.toString())).strip());
    }

    @Test
    void aTargetThatIsThereIsLeftAlone() throws Exception {
        try (ContentStore store = open()) {
            Digest image = in(store, disks.overlay()).image();
            Path target = Files.writeString(directory.resolve("there"), "mine");
            ImageManifest manifest = store.roots().read(image);
            CheckOut checkOut = new CheckOut(store, Budget.of(Duration.ofMinutes(5)), THREADS);
            assertThatThrownBy(() -> checkOut.raw(manifest.disks().getFirst(), target))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThat(target).hasContent("mine");
        }
    }

    @Test
    void aDamagedStoreGivesNoDisk() throws Exception {
        Digest image;
        try (ContentStore store = open()) {
            image = in(store, disks.overlay()).image();
        }
        List<Path> packs;
        try (var files = Files.walk(directory.resolve("store").resolve("packs"))) {
            packs = files.filter(Files::isRegularFile).toList();
        }
        byte[] pack = Files.readAllBytes(packs.getFirst());
        pack[pack.length / 2] ^= 1;
        Files.write(packs.getFirst(), pack);
        try (ContentStore store = open()) {
            assertThatThrownBy(() -> out(store, image))
                    .isInstanceOf(DamagedStoreException.class)
                    .hasMessageContaining(packs.getFirst().getFileName().toString());
            assertThat(directory.resolve("out.raw")).doesNotExist();
        }
    }
}
