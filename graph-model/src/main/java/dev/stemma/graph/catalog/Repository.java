package dev.stemma.graph.catalog;

/**
 * A place that images are stored in.
 *
 * @param id unique
 * @param name for people
 * @param kind whether Stemma keeps it, or finds it
 * @param connector how it is reached: {@code directory}
 * @param uri where it is
 */
public record Repository(String id, String name, Kind kind, String connector, String uri) {

    /** Whether Stemma keeps a repository, or finds it. */
    public enum Kind {
        /** Stemma's own. */
        REFERENCE,
        /** Where others keep what they run. */
        OPERATIONAL
    }
}
