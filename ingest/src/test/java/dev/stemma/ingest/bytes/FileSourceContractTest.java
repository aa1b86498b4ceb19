package dev.stemma.ingest.bytes;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileSourceContractTest extends ByteSourceContract {

    @TempDir
    Path directory;

    @Override
    protected ByteSource open(byte[] content) throws Exception {
        return FileSource.open(Files.write(directory.resolve("content"), content));
    }
}
