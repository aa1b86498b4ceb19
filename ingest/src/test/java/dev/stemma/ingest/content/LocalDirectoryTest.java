package dev.stemma.ingest.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A store in a directory. */
class LocalDirectoryTest extends StoreContract {

    @TempDir
    Path directory;

    @Override
    protected ContentStore open() throws IOException {
        return ContentStore.open(StoreLocation.parse(blobs().toString()));
    }

    @Override
    protected ContentStore openUnreachable() throws IOException {
        Files.writeString(directory.resolve("file"), "no directory");
        return ContentStore.open(directory.resolve("file").resolve("store"));
    }

    @Override
    protected String unreachable() {
        return directory.resolve("file").toString();
    }

    @Override
    protected Path blobs() {
        return directory.resolve("store");
    }

    @Override
    protected Path temporary() {
        return blobs().resolve("tmp");
    }
}
