package dev.stemma.ingest.reference;

/** Which chain a new version goes on. */
public sealed interface ChainChoice {

    /** The image's own: that of the version it was checked in as before, or that it derives from. */
    record Own() implements ChainChoice {}

    /** A new one. */
    record New(ChainName name) implements ChainChoice {}

    /**
     * The end of any other.
     *
     * @param last ordinal of its last version when that was asked for; another since is a conflict
     */
    record End(ChainName name, long last) implements ChainChoice {}
}
