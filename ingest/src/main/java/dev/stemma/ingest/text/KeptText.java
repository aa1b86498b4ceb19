package dev.stemma.ingest.text;

import dev.stemma.graph.id.Digest;

/**
 * What is kept of one file's content.
 *
 * @param content digest of the whole content, under which this is found
 * @param sizeBytes of the whole content
 */
public sealed interface KeptText {

    Digest content();

    long sizeBytes();

    /**
     * The text, line feeds as they were.
     *
     * @param rules that took the secrets out, with their version: {@code secrets/1}
     * @param redacted how many places they found
     */
    record Text(Digest content, long sizeBytes, String rules, int redacted, String text) implements KeptText {}

    /** It is no text: bytes that no text has are among it. */
    record Binary(Digest content, long sizeBytes) implements KeptText {}
}
