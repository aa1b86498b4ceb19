package dev.stemma.queries.search;

/** A property whose values are words out of a list; each is counted as a facet. */
public enum KeywordField {
    /** Distribution and version of the systems found inside: {@code debian 12}. */
    SYSTEM("system"),
    ARCHITECTURE("architecture"),
    ROLE("role"),
    /** Name of the repository that it is stored in. */
    REPOSITORY("repository"),
    /** {@code full}, {@code basic}, or {@code none} for what was never indexed. */
    LEVEL("level"),
    /** {@code active}, {@code missing}, {@code deprecated}, {@code revoked}, {@code deleted}. */
    STATE("state"),
    /** {@code image}, {@code version}, {@code machine}. */
    KIND("kind");

    private final String word;

    KeywordField(String word) {
        this.word = word;
    }

    /** As answers name it. */
    public String word() {
        return word;
    }

    /** Whether it is told by what lies inside. */
    boolean inside() {
        return this == SYSTEM || this == ARCHITECTURE || this == ROLE;
    }
}
