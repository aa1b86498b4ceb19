package dev.stemma.ingest.bytes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A slice of a file with other bytes before and after it. */
class SliceContractTest extends ByteSourceContract {

    @TempDir
    Path directory;

    private final List<FileSource> opened = new ArrayList<>();

    @Override
    protected ByteSource open(byte[] content) throws Exception {
        Path file = Files.writeString(directory.resolve("content"), "before".repeat(999));
        Files.write(file, content, StandardOpenOption.APPEND);
        Files.writeString(file, "after".repeat(999), StandardOpenOption.APPEND);
        FileSource source = FileSource.open(file);
        opened.add(source);
        return source.slice("middle", 6 * 999, content.length);
    }

    @AfterEach
    void closeTheFiles() {
        opened.forEach(FileSource::close);
    }
}
