package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystemReaderContract;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtReaderIT extends FileSystemReaderContract {

    private final FileSource source;
    private final FileSystemReader reader;

    ExtReaderIT(@TempDir Path work) throws Exception {
        Tool.require("mke2fs", "setfattr", "perl");
        Tool.script(ExtOracleIT.class, "odd-tree.sh", work.resolve("tree"));
        Tool.script(
                ExtOracleIT.class, "make-image.sh", work.resolve("tree"), work.resolve("image"), "100M", "-t", "ext4");
        source = FileSource.open(work.resolve("image"));
        reader = FileSystems.open(source, Budget.of(Duration.ofMinutes(2)));
    }

    @Override
    protected FileSystemReader reader() {
        return reader;
    }

    @AfterAll
    void close() throws Exception {
        reader.close();
        source.close();
    }
}
