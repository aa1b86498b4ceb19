package dev.stemma.ingest.analyze.software;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code Key: value} lines up to the first empty one, as mail headers have them and Python's METADATA and Java's manifests
 * took them over. A line that begins with a blank goes on with the value before it. The first of several values counts.
 */
public final class HeaderLines {

    private static final int MAX_LINES = 4_096;

    private final Map<String, String> values = new HashMap<>();

    private HeaderLines() {}

    /**
     * Reads what there is; lines that are no headers are passed over.
     *
     * @param joint what stands for the line break of a value that goes on
     */
    public static HeaderLines parse(byte[] bytes, String joint) {
        HeaderLines headers = new HeaderLines();
        String key = "";
        StringBuilder value = new StringBuilder();
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (String line : (Iterable<String>) text.lines().limit(MAX_LINES)::iterator) {
            if (line.isEmpty()) {
                break;
            }
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                value.append(joint).append(line, 1, line.length());
                continue;
            }
            headers.put(key, value);
            int colon = line.indexOf(':');
            key = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
            value = new StringBuilder(colon < 0 ? "" : line.substring(colon + 1));
        }
        headers.put(key, value);
        return headers;
    }

    private void put(String key, StringBuilder value) {
        if (!key.isEmpty()) {
            values.putIfAbsent(key, value.toString().strip());
        }
    }

    /** A value that is not empty. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key.toLowerCase(Locale.ROOT))).filter(value -> !value.isEmpty());
    }
}
