package dev.stemma.ingest.content;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, or another part of this one, has the store open. */
public final class StoreInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    StoreInUseException(Path directory) {
        super("the store " + directory + " is in use by another process");
    }

    /**
     * @param where the store
     * @param who has it, and what to do about it
     */
    public StoreInUseException(String where, String who) {
        super("the store " + where + " is in use: " + who);
    }
}
