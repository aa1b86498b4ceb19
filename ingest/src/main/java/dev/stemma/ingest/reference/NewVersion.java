package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import java.time.Instant;

/**
 * A version that is about to be.
 *
 * @param id what makes it this one: to append it again does nothing
 * @param sourceId id of the image that was read
 * @param sourceLocation where that lies
 * @param content digest of its image manifest, durable in the store
 * @param inventory digest of the inventory that was read with it
 * @param format {@code raw}, {@code qcow2}, … of the file that was read
 * @param virtualBytes size that a guest sees
 * @param storedBytes that it brought to the store, compressed
 * @param modifiedAt of the file that was read
 * @param author who asks for it
 * @param message why, in the author's words
 */
public record NewVersion(
        VersionId id,
        String sourceId,
        String sourceLocation,
        Digest content,
        Digest inventory,
        String format,
        long virtualBytes,
        long storedBytes,
        Instant modifiedAt,
        String author,
        String message,
        Instant startedAt) {

    /** The longest message, in characters. */
    public static final int MAX_MESSAGE = 10_000;

    public NewVersion {
        requireMessage(message);
        if (author.isBlank()) {
            throw new IllegalArgumentException("a version has an author");
        }
    }

    /**
     * What a person may say of something, and need not.
     *
     * @throws IllegalArgumentException when that is too much
     */
    public static void requireBounded(String message) {
        if (message.length() > MAX_MESSAGE) {
            throw new IllegalArgumentException("a message has at most " + MAX_MESSAGE + " characters");
        }
    }

    /**
     * What a person has to say of a change.
     *
     * @throws IllegalArgumentException when that is nothing, or too much
     */
    public static void requireMessage(String message) {
        if (message.isBlank() || message.length() > MAX_MESSAGE) {
            throw new IllegalArgumentException("a message has 1 to " + MAX_MESSAGE + " characters");
        }
    }
}
