package dev.stemma.ingest.content;

import java.io.IOException;

/** What was to be stored plainly does not fit where the store lies. Nothing was written. */
public final class StoreFullException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param what does not fit: how much there is of it, and how much is free */
    StoreFullException(String what) {
        super(what);
    }
}
