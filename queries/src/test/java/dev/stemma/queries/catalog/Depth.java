package dev.stemma.queries.catalog;

/** How much of an image a catalog's graph holds. */
public enum Depth {
    /** Its packages, as an index at the basic level. */
    PACKAGES,
    /** Also its configuration, its programs and what is its own: some 400 files. */
    PROGRAMS,
    /** All files of its packages too: some 6,500 of 500 packages. */
    FILES
}
