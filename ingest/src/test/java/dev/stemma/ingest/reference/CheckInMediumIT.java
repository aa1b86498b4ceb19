package dev.stemma.ingest.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.SmallMedium;
import dev.stemma.ingest.content.StoreFullException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check-in onto a medium that has no place for it: told before anything is read where that is plain, else with the first byte that finds none. */
class CheckInMediumIT {

    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private Path directory;

    private final Random random = new Random(20_261_129);

    @Test
    void theFirstByteThatFindsNoPlaceEndsIt() throws Exception {
        try (SmallMedium medium = SmallMedium.of(directory, 100);
                ContentStore store = ContentStore.open(medium.directory().resolve("store"))) {
            long free = Files.getFileStore(medium.directory()).getUsableSpace();
            AtomicInteger told = new AtomicInteger();
            try (CheckIn checkIn = CheckIn.into(store)) {
                checkIn.whenFailed(told::incrementAndGet);
                int given = 0;
                try (CheckIn.Lane lane = checkIn.disk().lane()) {
                    lane.begin();
                    for (byte[] piece = new byte[MEGABYTE]; told.get() == 0; given++) {
                        assertThat(given).as("megabytes").isLessThan(110);
                        checkIn.requireNoFailure();
                        random.nextBytes(piece);
                        lane.data(piece, piece.length);
                    }
                }
                assertThat(given).isGreaterThan(80);
                assertThatThrownBy(checkIn::requireNoFailure).hasMessageContaining("No space left");
                assertThatThrownBy(checkIn::finish).hasMessageContaining("No space left");
            }
            assertThat(store.size().packs()).isZero();
            assertThat(Files.getFileStore(medium.directory()).getUsableSpace()).isGreaterThan(free - 200_000);
            try (Stream<Path> left = Files.list(medium.directory().resolve("store/tmp"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void whatPlainlyDoesNotFitIsRefusedAndWhatMayFitIsTried() throws Exception {
        Path noise = directory.resolve("noise.raw");
        Path zeros = directory.resolve("zeros.raw");
        try (RandomAccessFile file = new RandomAccessFile(noise.toFile(), "rw")) {
            byte[] piece = new byte[MEGABYTE];
            for (int i = 0; i < 64; i++) {
                random.nextBytes(piece);
                file.write(piece);
            }
            // A hole takes nothing, however long it is.
            file.setLength(4L << 30);
        }
        Files.write(zeros, new byte[64 * MEGABYTE]);
        try (SmallMedium medium = SmallMedium.of(directory, 48);
                ContentStore store = ContentStore.open(medium.directory().resolve("store"));
                ByteSource full = FileSource.open(noise);
                ByteSource empty = FileSource.open(zeros)) {
            medium.fill(20 * MEGABYTE);
            try (CheckIn checkIn = CheckIn.into(store)) {
                assertThatThrownBy(() -> checkIn.requireSpace(List.of(empty, full)))
                        .isInstanceOf(StoreFullException.class)
                        .hasMessageContaining("free");
                checkIn.requireSpace(List.of(empty));
                medium.fill(40 * MEGABYTE);
                checkIn.requireSpace(List.of(full));
            }
        }
    }
}
