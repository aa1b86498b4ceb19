package dev.stemma.api.wiring;

import dev.stemma.api.home.Home;
import dev.stemma.api.problem.ProblemException;
import dev.stemma.api.problem.ReferenceProblems;
import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.content.StoreCache;
import dev.stemma.ingest.content.StoreLocation;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content store of the reference repository, opened when it is first needed: a service that has none starts as fast, and one whose store is damaged
 * answers all other questions. Safe for use by several threads; closed with the service.
 */
public final class ReferenceStore implements AutoCloseable {

    /** Frames of a bucket that are kept in the data directory. */
    private static final long CACHE_BYTES = 2L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(ReferenceStore.class);

    private final StoreLocation location;
    private final StoreCache cache;
    private @Nullable ContentStore opened;
    private boolean closed;

    private ReferenceStore(StoreLocation location, StoreCache cache) {
        this.location = location;
        this.cache = cache;
    }

    /**
     * The store that {@code STEMMA_STORE} names, else the one in the data directory.
     *
     * @throws IllegalArgumentException when the variable names no place of a store
     */
    static ReferenceStore of(Home home, Map<String, String> environment) {
        String stated = environment.getOrDefault("STEMMA_STORE", "");
        return new ReferenceStore(
                stated.isBlank() ? new StoreLocation.Directory(home.store()) : StoreLocation.parse(stated.strip()),
                new StoreCache(home.storeCache(), CACHE_BYTES));
    }

    /**
     * The open store.
     *
     * @throws ProblemException when it cannot be opened
     */
    public synchronized ContentStore get() {
        ContentStore store = opened;
        if (closed) {
            throw new IllegalStateException("the service has ended");
        }
        if (store == null) {
            try {
                store = ContentStore.open(location, cache);
                opened = store;
                store.unreadable()
                        .forEach(line -> LOG.error("the content store has a pack that cannot be read: {}", line));
            } catch (IOException e) {
                throw new ProblemException(ReferenceProblems.problem(e));
            }
        }
        return store;
    }

    /** Packs that are known to be gone or unreadable, one line each; none are known of a store that was not needed so far. */
    public synchronized List<String> unreadable() {
        return opened == null ? List.of() : opened.unreadable();
    }

    /**
     * The disks of an image of the store.
     *
     * @throws DamagedStoreException when the store lacks it
     */
    List<ImageManifest.Disk> disks(Digest content) throws IOException {
        try {
            return get().roots().read(content).disks();
        } catch (NoSuchFileException e) {
            throw new DamagedStoreException("the image manifest " + content + " is missing", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (opened != null) {
            opened.close();
        }
    }
}
