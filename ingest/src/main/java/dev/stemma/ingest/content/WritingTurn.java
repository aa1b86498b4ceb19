package dev.stemma.ingest.content;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A place among those who write to a store, kept from before anything is written until what names it is durable elsewhere: as long as it is open, no garbage is removed, and no
 * image manifest. Close it. Safe for use by several threads.
 */
public final class WritingTurn implements AutoCloseable {

    private final ContentStore store;
    private final long ticket;
    private final AtomicBoolean closed = new AtomicBoolean();

    WritingTurn(ContentStore store, long ticket) {
        this.store = store;
        this.ticket = ticket;
    }

    /** Of {@link StoreTurns#beginWriting}. */
    long ticket() {
        return ticket;
    }

    /** The store that it is of. */
    public ContentStore store() {
        return store;
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            store.turns().endWriting();
        }
    }
}
