package dev.stemma.api.wiring;

import dev.stemma.api.problem.ProblemException;
import dev.stemma.api.problem.ReferenceProblems;
import dev.stemma.ingest.content.ContentStore;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The content store of the reference repository, opened when it is first needed: a service that has none starts as fast, and one whose store is damaged
 * answers all other questions. Safe for use by several threads; closed with the service.
 */
public final class ReferenceStore implements AutoCloseable {

    private final Path directory;
    private @Nullable ContentStore opened;
    private boolean closed;

    ReferenceStore(Path directory) {
        this.directory = directory;
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
                store = ContentStore.open(directory);
                opened = store;
            } catch (IOException e) {
                throw new ProblemException(ReferenceProblems.problem(e));
            }
        }
        return store;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (opened != null) {
            opened.close();
        }
    }
}
