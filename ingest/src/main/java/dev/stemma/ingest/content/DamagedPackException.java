package dev.stemma.ingest.content;

import java.util.List;
import java.util.stream.Collectors;

/** A pack is cut off, or its directory is damaged, so that nothing of it can be read. */
public final class DamagedPackException extends DamagedStoreException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 3;

    /**
     * @param what cannot be done for it
     * @param packs one line each: where the pack lies, and what is wrong with it; at least one
     */
    DamagedPackException(String what, List<String> packs) {
        super(what + ": "
                + packs.stream().limit(SHOWN).collect(Collectors.joining("; "))
                + (packs.size() > SHOWN ? "; and " + (packs.size() - SHOWN) + " more packs" : ""));
    }
}
