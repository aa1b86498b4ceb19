package dev.stemma.ingest.filesystem.guestfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.filesystem.FileSystemReaderContract;
import dev.stemma.ingest.filesystem.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Held against what ntfs-3g says of the same volumes. */
class NtfsStateIT {

    @TempDir
    Path work;

    private Path image = Path.of("/");

    @BeforeEach
    void makeVolume() {
        Tool.require("mkfs.ntfs", "ntfsfix", "ntfscluster", "ntfsinfo", "ntfs-3g.probe", "perl");
        image = work.resolve("ntfs");
        Tool.run(List.of("truncate", "-s", "32M", image.toString()));
        Tool.run(List.of("mkfs.ntfs", "-q", "-F", image.toString()));
    }

    private Optional<String> complaint() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
            return NtfsState.complaint((offset, count) -> {
                byte[] bytes = new byte[count];
                try {
                    file.seek(offset);
                    file.readFully(bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return bytes;
            });
        }
    }

    /** As ntfs-3g would mount it to write: 15 says that the journal must be replayed by Windows first. */
    private boolean isCleanToOthers() throws Exception {
        return new ProcessBuilder("ntfs-3g.probe", "--readwrite", image.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void aNewVolumeIsClean() throws Exception {
        assertThat(complaint()).isEmpty();
        assertThat(isCleanToOthers()).isTrue();
    }

    @Test
    void anOpenJournalIsSaidAndAClosedOneIsNot() throws Exception {
        Tool.script(FileSystemReaderContract.class, "guestfs/open-ntfs-log.sh", image, "open");
        assertThat(isCleanToOthers()).isFalse();
        assertThat(complaint()).hasValueSatisfying(text -> assertThat(text).contains("did not unmount it"));

        Tool.script(FileSystemReaderContract.class, "guestfs/open-ntfs-log.sh", image, "closed");
        assertThat(isCleanToOthers()).isTrue();
        assertThat(complaint()).isEmpty();
    }

    @Test
    void theMarkThatAsksForACheckIsSaid() throws Exception {
        Tool.run(List.of("ntfsfix", image.toString()));
        assertThat(Tool.run(List.of("sh", "-c", "ntfsinfo -m \"$1\" 2>&1 || true", "sh", image.toString())))
                .contains("scheduled for check");
        assertThat(complaint()).hasValueSatisfying(text -> assertThat(text).contains("to be checked"));
    }

    @Test
    void tablesOfNonsenseEndInAComplaintAndNeverInAnError() throws Exception {
        long seed = Long.getLong("seed", 20_261_128L);
        Random random = new Random(seed);
        byte[] whole = java.nio.file.Files.readAllBytes(image);
        for (int round = 0; round < 2_000; round++) {
            byte[] broken = whole.clone();
            for (int i = 0; i < 3; i++) {
                // Boot sector, and the records of the file table that are looked at.
                int at = random.nextInt(4) == 0 ? random.nextInt(512) : 4 * 4_096 + random.nextInt(4 * 1_024);
                broken[at] = (byte) random.nextInt();
            }
            assertThat(NtfsState.complaint((offset, count) -> part(broken, offset, count)))
                    .as("seed %d, round %d", seed, round)
                    .isNotNull();
        }
    }

    private static byte[] part(byte[] bytes, long offset, int count) {
        if (offset < 0 || count < 0 || offset > bytes.length - count) {
            throw new IndexOutOfBoundsException("at " + offset);
        }
        return java.util.Arrays.copyOfRange(bytes, (int) offset, (int) offset + count);
    }
}
