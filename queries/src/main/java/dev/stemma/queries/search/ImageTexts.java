package dev.stemma.queries.search;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The conditions of a query on texts, held against rows of {@code search/images}. */
final class ImageTexts {

    private static final Statement SYSTEMS = Statement.named(ImageTexts.class, "search/systems.cypher");
    private static final Predicate<String> ANYTHING = _ -> true;

    private final Predicate<String> text;
    private final Predicate<String> name;
    private final Predicate<String> description;
    private final Predicate<String> location;
    private final boolean describedOnly;
    private final boolean systemAsked;
    private final Map<String, String> systemTexts = new HashMap<>();
    private final Map<String, Boolean> systemsFit = new HashMap<>();

    /**
     * @throws dev.stemma.queries.problem.QueryProblem {@code INVALID} for a bad pattern
     */
    ImageTexts(Graph graph, ImageQuery query) {
        text = matcher(query.text());
        name = matcher(query.name());
        description = matcher(query.description());
        location = matcher(query.location());
        describedOnly = query.description().isPresent();
        systemAsked = query.os().isPresent()
                || query.osVersion().isPresent()
                || query.architecture().isPresent();
        Predicate<String> os = matcher(query.os());
        Predicate<String> version = matcher(query.osVersion());
        if (!systemAsked && query.text().isEmpty()) {
            return;
        }
        for (Row row : graph.read(SYSTEMS)) {
            String names =
                    row.text("distribution") + "\n" + row.findText("prettyName").orElse("");
            String versions = row.findText("version").orElse("") + "\n"
                    + row.findText("patchLevel").orElse("");
            systemTexts.put(row.text("id"), names + "\n" + versions);
            systemsFit.put(
                    row.text("id"),
                    each(names, os)
                            && each(versions, version)
                            && query.architecture()
                                    .map(row.findText("architecture").orElse("")::equals)
                                    .orElse(true));
        }
    }

    private static Predicate<String> matcher(Optional<TextTerm> term) {
        return term.map(TextMatcher::of).orElse(ANYTHING);
    }

    /** Whether one line or all lines together fit, so that anchors see one text and words may come from several. */
    private static boolean each(String lines, Predicate<String> matcher) {
        return matcher.test(lines) || lines.lines().anyMatch(matcher);
    }

    /** Whether an image fits. */
    boolean fit(Row row) {
        List<String> systems = row.texts("systems");
        Optional<String> described = row.findText("description");
        return name.test(row.text("name"))
                && location.test(row.text("location"))
                && (!describedOnly || described.filter(description).isPresent())
                && (!systemAsked || fitSystem(row, systems))
                && each(all(row, described, systems), text);
    }

    /** An image that was never indexed is let through: it counts as not searched and not as unfit. */
    private boolean fitSystem(Row row, List<String> systems) {
        return row.findText("level").isEmpty() || systems.stream().anyMatch(id -> systemsFit.getOrDefault(id, false));
    }

    private String all(Row row, Optional<String> described, List<String> systems) {
        StringBuilder all = new StringBuilder(row.text("name"))
                .append('\n')
                .append(described.orElse(""))
                .append('\n')
                .append(row.text("location"));
        systems.forEach(id -> all.append('\n').append(systemTexts.getOrDefault(id, "")));
        return all.toString();
    }
}
