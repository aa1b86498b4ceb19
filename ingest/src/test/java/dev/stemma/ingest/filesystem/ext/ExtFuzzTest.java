package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.filesystem.DamagedDisks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to a disk, reading it ends in time, in an answer or a problem, with a heap of 256 MiB. Replay one with
 * {@code -Dstemma.fuzz.seed=SEED -Dstemma.fuzz.count=1}.
 */
class ExtFuzzTest {

    @TempDir
    Path work;

    @Test
    void everyDamagedDiskEndsInAnAnswerOrAProblem() throws Exception {
        List<Path> images = ExtImages.make(work);
        // The magic number and the state after it.
        DamagedDisks.readAll(new DamagedDisks.Header(1024, 0x280, List.of(1024 + 0x38, 4)), 2_500, images);
    }
}
