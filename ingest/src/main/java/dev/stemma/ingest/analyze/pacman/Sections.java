package dev.stemma.ingest.analyze.pacman;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file of sections, {@code %NAME%} and the lines below it up to an empty one. Bytes stand as Latin-1 characters. */
record Sections(Map<String, List<String>> byName) {

    private static final int MAX_SECTIONS = 100;

    Sections {
        byName = Map.copyOf(byName);
    }

    static Sections parse(byte[] bytes) {
        Map<String, List<String>> byName = new HashMap<>();
        List<String> current = null;
        for (String line : (Iterable<String>) new String(bytes, StandardCharsets.ISO_8859_1).lines()::iterator) {
            if (line.isEmpty()) {
                current = null;
            } else if (current != null) {
                current.add(line);
            } else if (line.length() > 2
                    && line.startsWith("%")
                    && line.endsWith("%")
                    && byName.size() < MAX_SECTIONS) {
                current = byName.computeIfAbsent(line.substring(1, line.length() - 1), _ -> new ArrayList<>());
            }
        }
        return new Sections(byName);
    }

    /** The lines of a section; none when there is no such. */
    List<String> lines(String name) {
        return byName.getOrDefault(name, List.of());
    }

    Optional<String> first(String name) {
        return lines(name).stream().findFirst();
    }
}
