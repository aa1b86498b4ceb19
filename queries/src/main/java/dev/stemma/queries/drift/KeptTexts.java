package dev.stemma.queries.drift;

import java.io.IOException;
import java.util.Optional;

/** Gives the texts of configuration files that index runs kept. Safe for use by several threads. */
@FunctionalInterface
public interface KeptTexts {

    /** Knows none. */
    KeptTexts NONE = _ -> Optional.empty();

    /**
     * What was kept of a content.
     *
     * @param digest SHA-256 of the content in hexadecimal
     * @return empty when nothing was
     */
    Optional<Kept> find(String digest) throws IOException;

    /**
     * @param text without secrets; empty for content that is no text
     * @param redacted how many secrets were taken out
     */
    record Kept(Optional<String> text, int redacted) {}
}
