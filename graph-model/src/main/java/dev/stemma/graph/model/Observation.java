package dev.stemma.graph.model;

import java.util.Optional;

/**
 * Something an index run noticed that a person must know: a file system that could not be read, a file that was not
 * hashed, an analyzer that gave up. What Stemma does not know is said here and never left out.
 *
 * @param code stable, in kebab case: {@code journal-not-replayed}
 * @param severity how much of the answer it touches
 * @param where the place, from the outside in: {@code web.qcow2 › partition 2 › ext4 › inode 4711}
 * @param message one sentence for a person, guest bytes escaped
 * @param remedy what to do about it
 * @param by the reader or analyzer with its version: {@code ext/1}
 */
public record Observation(
        String code, Severity severity, String where, String message, Optional<String> remedy, String by) {

    /** How much of the answer an observation touches. */
    public enum Severity {
        /** Nothing is missing. */
        NOTE,
        /** Some entries or facts are missing. */
        PARTIAL,
        /** A whole file system or volume is missing. */
        MISSING
    }
}
