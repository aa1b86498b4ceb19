package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.StoredContent;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Reads what runs of a disk are from the store. For any thread. */
final class StoreRuns {

    private final ContentStore store;

    StoreRuns(ContentStore store) {
        this.store = store;
    }

    /**
     * Hands out a slice's bytes, in order.
     *
     * @throws DamagedStoreException when the store does not hold what it promised
     */
    void read(RunSlice slice, StoredContent.Sink sink) throws IOException {
        switch (slice.run()) {
            case DiskRun.Zeros _ -> sink.zeros(slice.lengthBytes());
            case DiskRun.Part part -> {
                StoredContent content = content(part.content());
                if (part.offsetBytes() > content.sizeBytes() - part.lengthBytes()) {
                    throw new DamagedStoreException(
                            "a disk manifest wants more of a content than there is of it: " + part.content());
                }
                content.read(part.offsetBytes() + slice.skipBytes(), slice.lengthBytes(), sink);
            }
            case DiskRun.Data data -> {
                StoredContent chunk = content(data.chunk());
                if (chunk.sizeBytes() != data.lengthBytes()) {
                    throw new DamagedStoreException(
                            "a disk manifest wants all of a chunk that is longer: " + data.chunk());
                }
                chunk.read(slice.skipBytes(), slice.lengthBytes(), sink);
            }
        }
    }

    /** Bytes of a content. */
    long sizeBytes(Digest content) throws IOException {
        return content(content).sizeBytes();
    }

    private StoredContent content(Digest digest) throws IOException {
        try {
            return store.content(digest);
        } catch (NoSuchFileException e) {
            throw store.lacking("the store lacks " + digest + ", which a disk manifest names", e);
        }
    }
}
