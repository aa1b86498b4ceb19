package dev.stemma.ingest.filesystem.fat;

import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystemReaderContract;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FatReaderIT extends FileSystemReaderContract {

    private final FileSource source;
    private final FileSystemReader reader;

    FatReaderIT(@TempDir Path work) throws Exception {
        Path image = FatVolumes.volume(FatVolumes.tree(work, 3), work.resolve("image"), 65_536, "-F 32 -s 1");
        source = FileSource.open(image);
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
