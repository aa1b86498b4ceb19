package dev.stemma.ingest.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.filesystem.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Stretches of files in the order of the disk. */
class FileRunsTest {

    private static final Digest A = Digest.sha256(new byte[] {1});
    private static final Digest B = Digest.sha256(new byte[] {2});

    private static List<FileRuns.Run> runs(FileRuns files) {
        List<FileRuns.Run> runs = new ArrayList<>();
        files.inOrder().forEachRemaining(runs::add);
        return runs;
    }

    @Test
    void theTailOfALastBlockIsNotTheFiles() {
        FileRuns files = new FileRuns();
        files.add(new Places(5_000, List.of(new Places.Piece(0, 8_192, 4_096), new Places.Piece(4_096, 0, 4_096))), A);
        assertThat(runs(files))
                .containsExactly(new FileRuns.Run(0, 904, A, 4_096), new FileRuns.Run(8_192, 4_096, A, 0));
    }

    @Test
    void sharedStretchesAreOneFiles() {
        FileRuns files = new FileRuns();
        files.add(new Places(8_192, List.of(new Places.Piece(0, 4_096, 8_192))), A);
        files.add(new Places(12_288, List.of(new Places.Piece(0, 8_192, 12_288))), B);
        files.add(new Places(8_192, List.of(new Places.Piece(0, 4_096, 8_192))), A);
        assertThat(runs(files))
                .containsExactly(new FileRuns.Run(4_096, 8_192, A, 0), new FileRuns.Run(12_288, 8_192, B, 4_096));
    }

    @Test
    void noneLiesOverAnotherHoweverTheyLie() {
        long seed = 11;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            FileRuns files = new FileRuns();
            boolean[] covered = new boolean[300];
            for (int i = 0; i < 20; i++) {
                int at = random.nextInt(250);
                int length = 1 + random.nextInt(50);
                files.add(new Places(length, List.of(new Places.Piece(0, at, length))), i % 2 == 0 ? A : B);
                java.util.Arrays.fill(covered, at, at + length, true);
            }
            long end = 0;
            long bytes = 0;
            for (FileRuns.Run run : runs(files)) {
                assertThat(run.diskBytes()).as("seed %d, round %d", seed, round).isGreaterThanOrEqualTo(end);
                end = run.endBytes();
                bytes += run.lengthBytes();
            }
            int expected = 0;
            for (boolean one : covered) {
                expected += one ? 1 : 0;
            }
            assertThat(bytes).as("seed %d, round %d", seed, round).isEqualTo(expected);
        }
    }
}
