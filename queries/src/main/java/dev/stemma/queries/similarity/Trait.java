package dev.stemma.queries.similarity;

import java.util.Locale;

/** What is compared. */
public enum Trait {
    /** The set of installed package versions, by purl. */
    PACKAGES,
    /** The set of distinct file contents, by digest; empty files left out. */
    FILES;

    /** The word in the graph, in the API and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
