package dev.stemma.ingest;

/** The steps of an index run, in order. Walking, hashing and writing go on together, as reading. */
public enum Stage {
    /** The file, its format and its backing chain. */
    OPENING("opening"),
    /** Partition tables and what file systems say of themselves. */
    PROBING("probing"),
    /** Operating system, packages and what they own, which the walk then meets. */
    ANALYZING("analyzing"),
    /** Every entry listed, every file hashed, manifest, Merkle tree and owned paths written; then the files that tell of other software. */
    READING("reading"),
    /** What no file owns goes into the store, disk by disk; at check-in only. */
    STORING("storing"),
    /** What is left to write, then the one transaction that makes the inventory visible. */
    COMMITTING("committing"),
    /** The inventory is visible; owned files are verified, programs summarized, texts of configuration kept. */
    DERIVING("deriving");

    private final String word;

    Stage(String word) {
        this.word = word;
    }

    /** The word on screens. */
    public String word() {
        return word;
    }
}
