package dev.stemma.ingest.reference;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.ByteSourceContract;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.problem.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A disk of many small runs of each kind. */
class StoredDiskContractTest extends ByteSourceContract {

    @TempDir
    Path directory;

    private final List<ContentStore> opened = new ArrayList<>();

    @Override
    protected ByteSource open(byte[] content) throws Exception {
        ContentStore store = ContentStore.open(directory);
        opened.add(store);
        return StoredDisk.open(store, CutDisk.store(store, content, 1), Origin.of("stored disk"));
    }

    @AfterEach
    void closeTheStores() throws Exception {
        for (ContentStore store : opened) {
            store.close();
        }
    }
}
