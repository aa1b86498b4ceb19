package dev.stemma.ingest.content;

import java.io.IOException;

/** Where the store lies cannot be asked, or refuses. Nothing is known to be damaged. Says where, and what may help. */
public final class StoreUnreachableException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param where the store or blob
     * @param why what is wrong, and what to do about it
     * @param cause what it was found by
     */
    public StoreUnreachableException(String where, String why, Throwable cause) {
        super(where + ": " + why, cause);
    }
}
