package dev.stemma.ingest.content;

import java.io.IOException;

/** What the store holds is not what it promised. Says which file, or which object, and what may help. */
public class DamagedStoreException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param where the file or object, and what is wrong with it */
    public DamagedStoreException(String where) {
        super(where);
    }

    /** @param cause what it was found by */
    public DamagedStoreException(String where, Throwable cause) {
        super(where, cause);
    }
}
