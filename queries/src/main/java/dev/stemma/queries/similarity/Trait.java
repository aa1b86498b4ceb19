package dev.stemma.queries.similarity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is compared. */
public enum Trait {
    /** The set of installed package versions, by purl. */
    PACKAGES,
    /** The set of distinct file contents, by digest; empty files left out. */
    FILES,
    /** The same set, each content counted by its bytes. */
    BYTES;

    /** The word in the graph, in the API and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The trait of a word. */
    public static Optional<Trait> find(String word) {
        return Arrays.stream(values())
                .filter(trait -> trait.word().equals(word))
                .findFirst();
    }

    /** Whether the elements are contents of files. */
    public boolean ofFiles() {
        return this != PACKAGES;
    }
}
