package dev.stemma.ingest.analyze.boot;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Entries of the Boot Loader Specification, type 1: {@code loader/entries/*.conf} with {@code linux} and {@code options}. The default is what
 * {@code loader.conf} names, a pattern; without one the last by name, which is the newest as a rule.
 */
final class LoaderEntries {

    private static final int MAX_ENTRIES = 200;

    private LoaderEntries() {}

    static BootChoice parse(GuestFiles files, GuestPath loader) throws ImageProblem {
        TreeMap<String, Map<String, String>> entries = new TreeMap<>();
        for (GuestFiles.Found found : files.list(loader.child(GuestName.ofText("entries")))) {
            String name = GuestText.name(found.path());
            if (name.endsWith(".conf") && entries.size() < MAX_ENTRIES) {
                entries.put(name.substring(0, name.length() - 5), fields(files, found.path()));
            }
        }
        entries.values().removeIf(entry -> !entry.containsKey("linux"));
        if (entries.isEmpty()) {
            return BootChoice.NONE;
        }
        String wanted =
                fields(files, loader.child(GuestName.ofText("loader.conf"))).getOrDefault("default", "");
        Pattern pattern = pattern(wanted.endsWith(".conf") ? wanted.substring(0, wanted.length() - 5) : wanted);
        Map<String, String> chosen = entries.descendingMap().entrySet().stream()
                .filter(entry -> pattern.matcher(entry.getKey()).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(entries.lastEntry().getValue());
        return BootChoice.of(chosen.getOrDefault("linux", ""), chosen.getOrDefault("options", ""));
    }

    /** Keys and values; those of repeated options are joined. */
    private static Map<String, String> fields(GuestFiles files, GuestPath path) throws ImageProblem {
        Map<String, String> fields = new TreeMap<>();
        for (String line : GuestText.telling(files, path)) {
            String[] words = line.split("\\s+", 2);
            if (words.length == 2) {
                fields.merge(words[0], words[1], (a, b) -> words[0].equals("options") ? a + " " + b : a);
            }
        }
        return fields;
    }

    /** A shell pattern; only the star means something. Possessive pieces, so that no pattern of a guest's takes long. */
    private static Pattern pattern(String glob) {
        if (glob.length() > 200 || glob.chars().filter(c -> c == '*').count() > 2) {
            return Pattern.compile("");
        }
        List<String> pieces = List.of(glob.split("\\*", -1));
        return Pattern.compile(
                String.join(".*", pieces.stream().map(Pattern::quote).toList()));
    }
}
