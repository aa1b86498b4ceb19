package dev.stemma.queries.search;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Texts that a test has at hand.
 *
 * @param texts by the SHA-256 of each in hexadecimal
 */
record GivenTexts(Map<String, String> texts) implements TextSource {

    @Override
    public Map<String, String> all() {
        Map<String, String> all = new HashMap<>();
        texts.keySet().forEach(digest -> all.put(digest, "1"));
        return all;
    }

    @Override
    public Optional<String> text(String digest) {
        return Optional.ofNullable(texts.get(digest));
    }
}
