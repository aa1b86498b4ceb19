package dev.stemma.ingest.filesystem.fat;

import dev.stemma.ingest.filesystem.DamagedDisks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a volume, reading it ends in time, in an answer or a problem, with a heap of 256 MiB. */
class FatFuzzTest {

    @TempDir
    Path work;

    @Test
    void everyDamagedVolumeEndsInAnAnswerOrAProblem() {
        Path tree = FatVolumes.tree(work, 1);
        DamagedDisks.readAll(
                new DamagedDisks.Header(0, 512, List.of(0, 1, 0x36, 3, 0x52, 3, 510, 2)),
                1_500,
                List.of(
                        FatVolumes.volume(tree, work.resolve("fat12"), 4_096, "-F 12 -s 8"),
                        FatVolumes.volume(tree, work.resolve("fat16"), 5_000, "-F 16 -s 1"),
                        FatVolumes.volume(tree, work.resolve("fat32"), 34_000, "-F 32 -s 1")));
    }
}
