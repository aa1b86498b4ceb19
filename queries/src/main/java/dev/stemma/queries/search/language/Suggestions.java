package dev.stemma.queries.search.language;

import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.search.ImageAnswer;
import dev.stemma.queries.search.ImageQuery;
import dev.stemma.queries.search.ImageSearch;
import dev.stemma.queries.search.KnownPackage;
import dev.stemma.queries.search.SoftwareList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What may come next while a search is typed: fields, the words of a field, software out of all that is known. Safe for use by several threads. */
public final class Suggestions {

    private static final int MAX_SUGGESTIONS = 50;

    private final ImageSearch images;
    private final SoftwareList software;

    public Suggestions(ImageSearch images, SoftwareList software) {
        this.images = images;
        this.software = software;
    }

    /**
     * One way to go on.
     *
     * @param query the whole search, gone on with
     * @param word what was put in, {@code software:nginx}
     * @param meaning of a field what it is, of a value how many images have it
     */
    public record Suggestion(String query, String word, String meaning) {}

    /**
     * Ways to go on from the end of what was typed; none where the end is inside quotes or of no known kind.
     *
     * @param limit 1 to {@value #MAX_SUGGESTIONS}; what is outside counts as the nearest
     */
    public List<Suggestion> suggest(String typed, int limit) {
        int start = lastTerm(typed);
        if (typed.length() > SearchLanguage.MAX_LENGTH || start < 0) {
            return List.of();
        }
        String before = typed.substring(0, start);
        String term = typed.substring(start);
        int colon = term.indexOf(':');
        Stream<Suggestion> found = colon < 0
                ? Stream.concat(fields(before, term), software(before, term))
                : SearchField.of(term.substring(0, colon)).stream()
                        .flatMap(field -> values(before, field, term.substring(colon + 1)));
        return found.limit(Math.clamp(limit, 1, MAX_SUGGESTIONS)).toList();
    }

    /** Where the last term starts; less than 0 inside quotes. */
    private static int lastTerm(String typed) {
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
                start = i + 1;
            } else if (!quoted && (Character.isWhitespace(c) || c == '(' || c == ')')) {
                start = i + 1;
            }
        }
        return quoted ? -1 : typed.startsWith("-", start) ? start + 1 : start;
    }

    private static Stream<Suggestion> fields(String before, String term) {
        String lower = term.toLowerCase(Locale.ROOT);
        return Stream.of(SearchField.values())
                .filter(field -> field.word().startsWith(lower))
                .map(field -> suggestion(before, field.word() + ":", field.meaning()));
    }

    private Stream<Suggestion> values(String before, SearchField field, String start) {
        return switch (field.use()) {
            case SearchField.Use.Software _ -> software(before, start);
            case SearchField.Use.Is is -> words(before, field, is, start.toLowerCase(Locale.ROOT));
            case SearchField.Use.Of _,
                    SearchField.Use.File _,
                    SearchField.Use.Digest _,
                    SearchField.Use.Configuration _,
                    SearchField.Use.Modified _,
                    SearchField.Use.Moment _ -> Stream.of();
        };
    }

    /** Words that images have, the most frequent first; then those that there may be. */
    private Stream<Suggestion> words(String before, SearchField field, SearchField.Use.Is is, String start) {
        ImageAnswer all = images.search(ImageQuery.where().build(), PageRequest.first(1));
        List<ImageAnswer.Facet> facets = all.facets().getOrDefault(is.field().word(), List.of());
        List<Suggestion> found = new ArrayList<>();
        for (ImageAnswer.Facet facet : facets) {
            if (facet.word().toLowerCase(Locale.ROOT).startsWith(start)) {
                found.add(suggestion(before, field.word() + ":" + written(facet.word()), images(facet.images())));
            }
        }
        for (String value : is.values()) {
            if (value.startsWith(start)
                    && facets.stream().noneMatch(facet -> facet.word().equals(value))) {
                found.add(suggestion(before, field.word() + ":" + value, images(0)));
            }
        }
        return found.stream();
    }

    private Stream<Suggestion> software(String before, String start) {
        return start.isBlank()
                ? Stream.of()
                : software.complete(start, MAX_SUGGESTIONS).stream().map(one -> software(before, one));
    }

    private static Suggestion software(String before, KnownPackage known) {
        return suggestion(before, SearchField.SOFTWARE.word() + ":" + written(known.name()), images(known.images()));
    }

    private static String images(long count) {
        return count == 1 ? "1 image" : count + " images";
    }

    private static Suggestion suggestion(String before, String word, String meaning) {
        return new Suggestion(before + word, word, meaning);
    }

    /** As the language has a value. */
    private static String written(String value) {
        boolean plain = value.chars().noneMatch(c -> Character.isWhitespace(c) || c == '(' || c == ')' || c == '"');
        return plain ? value : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
