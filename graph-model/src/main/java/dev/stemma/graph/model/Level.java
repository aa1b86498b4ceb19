package dev.stemma.graph.model;

import java.util.Locale;

/** How deep an image was indexed (rows V2 and V3). */
public enum Level {
    /** Disks, partitions, file systems, operating system and installed packages. */
    BASIC,
    /** All of basic, and every file with its content's digest. */
    FULL;

    /** The word used in the graph, in the API and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #word()}.
     *
     * @throws IllegalArgumentException for any other word
     */
    public static Level parse(String word) {
        for (Level level : values()) {
            if (level.word().equals(word)) {
                return level;
            }
        }
        throw new IllegalArgumentException("a level is basic or full, not: " + word);
    }
}
