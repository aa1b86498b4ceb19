package dev.stemma.queries.search;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The texts of configuration files that index runs kept, for the index. Safe for use by several threads. */
public interface TextSource {

    /** Keeps none. */
    TextSource NONE = new TextSource() {
        @Override
        public Map<String, String> all() {
            return Map.of();
        }

        @Override
        public Optional<String> text(String digest) {
            return Optional.empty();
        }
    };

    /** What is kept: for each digest of a content, in hexadecimal, a word that changes when what is kept of it does. */
    Map<String, String> all() throws IOException;

    /**
     * A text, without secrets.
     *
     * @param digest SHA-256 of the content in hexadecimal
     * @return empty for content that is no text or is not kept any more
     */
    Optional<String> text(String digest) throws IOException;
}
