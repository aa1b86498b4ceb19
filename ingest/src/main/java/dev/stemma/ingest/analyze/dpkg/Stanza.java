package dev.stemma.ingest.analyze.dpkg;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One paragraph of a control file, deb822(5): fields by lower-case name. Bytes stand as Latin-1 characters, so that none is
 * lost; only the fields that Stemma uses are kept.
 */
record Stanza(Map<String, String> fields) {

    private static final List<String> WANTED =
            List.of("package", "status", "version", "architecture", "source", "conffiles");

    Stanza {
        fields = Map.copyOf(fields);
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    /** Hands out paragraph by paragraph; continuation lines keep their line breaks. */
    static void parse(byte[] bytes, Consumer<Stanza> sink) {
        Map<String, String> fields = new HashMap<>();
        List<String> current = new ArrayList<>();
        String name = "";
        for (int start = 0; start < bytes.length; ) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String line = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
            start = end + 1;
            if (line.isBlank()) {
                finish(fields, name, current);
                name = "";
                if (!fields.isEmpty()) {
                    sink.accept(new Stanza(fields));
                    fields = new HashMap<>();
                }
            } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                if (WANTED.contains(name)) {
                    current.add(line);
                }
            } else {
                finish(fields, name, current);
                int colon = line.indexOf(':');
                name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
                if (WANTED.contains(name)) {
                    current.add(line.substring(colon + 1).strip());
                }
            }
        }
        finish(fields, name, current);
        if (!fields.isEmpty()) {
            sink.accept(new Stanza(fields));
        }
    }

    private static void finish(Map<String, String> fields, String name, List<String> lines) {
        if (!lines.isEmpty()) {
            fields.put(name, String.join("\n", lines));
            lines.clear();
        }
    }
}
