package dev.stemma.ingest.filesystem.xfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.filesystem.DamagedDisks;
import dev.stemma.ingest.filesystem.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to a disk, reading it ends in time, in an answer or a problem, with a heap of 256 MiB. Replay one with
 * {@code -Dstemma.fuzz.seed=SEED -Dstemma.fuzz.count=1}.
 */
class XfsFuzzTest {

    @TempDir
    Path work;

    @Test
    void everyDamagedDiskEndsInAnAnswerOrAProblem() throws Exception {
        Tool.require("mkfs.xfs");
        Tool.script(XfsFuzzTest.class, "small-images.sh", work);
        List<Path> images = List.of("old", "older", "new").stream()
                .map(name -> work.resolve(name))
                .toList();
        images.forEach(image -> assertThat(Files.exists(image)).isTrue());

        DamagedDisks.readAll(new DamagedDisks.Header(0, 0x100, List.of(0, 4)), 1_500, images);
    }
}
