package dev.stemma.queries.search;

import dev.stemma.graph.store.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be told of an image without looking into its packages and files, as lines of text and words; the index and the past are
 * asked over the same.
 *
 * @param level {@code full}, {@code basic}, {@code none}
 */
record ImageFacts(
        String id,
        String name,
        Optional<String> inventoryId,
        String level,
        Optional<Instant> modified,
        Map<TextField, List<String>> lines,
        Map<KeywordField, List<String>> words) {

    static final String NEVER_INDEXED = "none";
    static final String BASIC = "basic";
    static final String FULL = "full";
    static final String MACHINE = "machine";

    /** More of one text is not searched. */
    private static final int MAX_LINES = 1_000;

    private static final int MAX_LINE = 8_000;

    ImageFacts {
        lines = Map.copyOf(lines);
        words = Map.copyOf(words);
    }

    /** An operating system's texts. */
    record System(
            String distribution,
            Optional<String> version,
            Optional<String> patchLevel,
            Optional<String> prettyName,
            Optional<String> architecture) {

        static System of(Row row) {
            return new System(
                    row.text("distribution"),
                    row.findText("version"),
                    row.findText("patchLevel"),
                    row.findText("prettyName"),
                    row.findText("architecture"));
        }

        /** As hits show it. */
        String shown() {
            return prettyName.orElse(word());
        }

        private String word() {
            return version.map(number -> distribution + " " + number).orElse(distribution);
        }
    }

    /** Whether it is a machine and no image. */
    boolean machine() {
        return Optional.ofNullable(words.get(KeywordField.KIND)).orElseThrow().contains(MACHINE);
    }

    /** Of a row of {@code search/catalog} or {@code search/images-at}, with the systems known by id. */
    static ImageFacts of(Row row, Map<String, System> known) {
        List<System> systems = row.texts("systems").stream()
                .flatMap(id -> Optional.ofNullable(known.get(id)).stream())
                .toList();
        String level = row.findText("level").orElse(NEVER_INDEXED);
        Map<TextField, List<String>> lines = Map.of(
                TextField.NAME, lines(List.of(row.text("name"))),
                TextField.DESCRIPTION,
                        lines(row.findText("description").stream().toList()),
                TextField.LOCATION, lines(List.of(row.text("location"))),
                TextField.OS,
                        lines(systems.stream()
                                .flatMap(os -> Stream.concat(Stream.of(os.distribution()), os.prettyName().stream()))
                                .toList()),
                TextField.OS_VERSION,
                        lines(systems.stream()
                                .flatMap(os -> Stream.concat(os.version().stream(), os.patchLevel().stream()))
                                .toList()));
        Map<KeywordField, List<String>> words = Map.of(
                KeywordField.SYSTEM,
                        systems.stream().map(System::word).distinct().toList(),
                KeywordField.ARCHITECTURE,
                        systems.stream()
                                .flatMap(os -> os.architecture().stream())
                                .distinct()
                                .toList(),
                KeywordField.ROLE, row.texts("roles"),
                KeywordField.REPOSITORY, row.texts("repositories"),
                KeywordField.LEVEL, List.of(level),
                KeywordField.STATE,
                        row.findText("state").stream()
                                .map(state -> state.toLowerCase(Locale.ROOT))
                                .toList(),
                KeywordField.KIND, List.of(row.text("kind")));
        return new ImageFacts(
                row.text("id"),
                row.text("name"),
                row.findText("inventoryId"),
                level,
                row.findInstant("modifiedAt"),
                lines,
                words);
    }

    private static List<String> lines(Collection<String> texts) {
        List<String> lines = new ArrayList<>();
        for (String text : texts) {
            text.lines()
                    .limit(MAX_LINES)
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.substring(0, Math.min(line.length(), MAX_LINE)))
                    .forEach(lines::add);
        }
        return lines.stream().distinct().toList();
    }

    List<String> lines(TextField field) {
        return field == TextField.ANYWHERE
                ? lines.values().stream().flatMap(List::stream).distinct().toList()
                : lines.getOrDefault(field, List.of());
    }

    List<String> words(KeywordField field) {
        return words.getOrDefault(field, List.of());
    }
}
