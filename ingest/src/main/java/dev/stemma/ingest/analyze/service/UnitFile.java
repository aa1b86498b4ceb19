package dev.stemma.ingest.analyze.service;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of sections and assignments as systemd.syntax(7) has it. Also fits NetworkManager's keyfiles.
 *
 * @param values by {@code Section.Key}, in order; an empty assignment takes back the ones before it
 */
public record UnitFile(Map<String, List<String>> values) {

    public UnitFile {
        values = Map.copyOf(values);
    }

    /** Reads a file; one that is not there has no values. */
    public static UnitFile read(GuestFiles files, GuestPath path) throws ImageProblem {
        Map<String, List<String>> values = new HashMap<>();
        String section = "";
        StringBuilder joined = new StringBuilder();
        for (String line : GuestText.telling(files, path)) {
            if (line.endsWith("\\")) {
                joined.append(line, 0, line.length() - 1).append(' ');
                continue;
            }
            String whole = joined + line;
            joined.setLength(0);
            int equals = whole.indexOf('=');
            if (whole.startsWith("[") && whole.endsWith("]")) {
                section = whole.substring(1, whole.length() - 1);
            } else if (equals > 0) {
                String key = section + "." + whole.substring(0, equals).strip();
                String value = whole.substring(equals + 1).strip();
                List<String> all = values.computeIfAbsent(key, _ -> new ArrayList<>());
                if (value.isEmpty()) {
                    all.clear();
                } else {
                    all.add(value);
                }
            }
        }
        return new UnitFile(values);
    }

    /** All values of a key, in order. */
    public List<String> all(String section, String key) {
        return List.copyOf(values.getOrDefault(section + "." + key, List.of()));
    }

    /** The last value of a key. */
    public Optional<String> last(String section, String key) {
        List<String> all = all(section, key);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** The words of all values of a key. */
    List<String> words(String section, String key) {
        return all(section, key).stream()
                .flatMap(value -> List.of(value.split("\\s+")).stream())
                .toList();
    }
}
