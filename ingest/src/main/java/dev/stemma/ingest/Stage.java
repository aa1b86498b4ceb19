package dev.stemma.ingest;

/** The steps of an index run, in order. Walking, hashing and writing the tree go on together, as reading. */
public enum Stage {
    /** The file, its format and its backing chain. */
    OPENING("opening"),
    /** Partition tables and what file systems say of themselves. */
    PROBING("probing"),
    /** Every entry listed, every file hashed, manifest and Merkle tree written. */
    READING("reading"),
    /** Operating system, packages and who owns which file. */
    ANALYZING("analyzing"),
    /** Packages into the graph, then the one transaction that makes the inventory visible. */
    COMMITTING("committing");

    private final String word;

    Stage(String word) {
        this.word = word;
    }

    /** The word on screens. */
    public String word() {
        return word;
    }
}
