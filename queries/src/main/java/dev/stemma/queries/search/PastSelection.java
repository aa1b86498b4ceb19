package dev.stemma.queries.search;

import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.PageRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Takes a page, and the counts, out of what was found as of a moment. */
final class PastSelection {

    private PastSelection() {}

    static ImageSearch.Selected of(
            PastSearch.Found found, PageRequest page, Function<List<String>, List<ImageHit>> shows) {
        List<ImageFacts> hits = found.images().stream()
                .filter(image -> image.truth() == PastSearch.Truth.YES)
                .map(PastSearch.Judged::facts)
                .toList();
        Optional<List<String>> after = page.after().map(cursor -> cursor.require(2));
        List<ImageFacts> rest = hits.stream()
                .filter(image -> after.map(key -> isAfter(image, key)).orElse(true))
                .toList();
        List<ImageFacts> shown = rest.subList(0, Math.min(rest.size(), page.limit()));
        Optional<String> next = rest.size() > shown.size()
                ? Optional.of(
                        Cursor.of(shown.getLast().name(), shown.getLast().id()).text())
                : Optional.empty();
        return new ImageSearch.Selected(
                shows.apply(shown.stream().map(ImageFacts::id).toList()),
                next,
                hits.size(),
                unsure(found, ImageFacts.NEVER_INDEXED),
                unsure(found, ImageFacts.BASIC),
                found.indexed(),
                facets(hits));
    }

    private static boolean isAfter(ImageFacts image, List<String> key) {
        int order = image.name().compareTo(key.getFirst());
        return order > 0 || (order == 0 && image.id().compareTo(key.getLast()) > 0);
    }

    private static long unsure(PastSearch.Found found, String level) {
        return found.images().stream()
                .filter(image -> image.truth() == PastSearch.Truth.UNKNOWN)
                .filter(image ->
                        image.facts().level().equals(level) && !image.facts().machine())
                .count();
    }

    private static Map<String, List<ImageAnswer.Facet>> facets(List<ImageFacts> hits) {
        Map<String, List<ImageAnswer.Facet>> facets = new LinkedHashMap<>();
        for (KeywordField field : KeywordField.values()) {
            Map<String, Long> counts = new HashMap<>();
            for (ImageFacts image : hits) {
                image.words(field).forEach(word -> counts.merge(word, 1L, Long::sum));
            }
            facets.put(field.word(), Facets.best(counts));
        }
        return facets;
    }
}
