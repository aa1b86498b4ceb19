package dev.stemma.queries.search;

import dev.stemma.queries.page.Page;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a search found, and what it could not look into.
 *
 * @param hits by name, then id
 * @param unindexed images that were never indexed and so may or may not be what was asked for; they are no hits
 * @param withoutFiles images of the basic level of which the same is true, since their files are not known; no hits either
 * @param indexed how many images the search was over, by how deep they were indexed
 * @param facets for each keyword field its words, with how many of all hits have them; the most frequent first, at most {@value #MAX_FACETS}
 * @param notes the same and more in sentences: unknown packages, a search index that lags behind, bounds that were met
 */
public record ImageAnswer(
        Page<ImageHit> hits,
        long unindexed,
        long withoutFiles,
        Indexed indexed,
        Map<String, List<Facet>> facets,
        List<String> notes) {

    /** See {@link #facets}. */
    public static final int MAX_FACETS = 50;

    public ImageAnswer {
        facets = Collections.unmodifiableMap(new LinkedHashMap<>(facets));
        notes = List.copyOf(notes);
    }

    /**
     * How deep images were indexed.
     *
     * @param full with all files
     * @param basic without files
     * @param none never
     */
    public record Indexed(long full, long basic, long none) {

        /** All images there are. */
        public long total() {
            return full + basic + none;
        }
    }

    /** How many hits have a word. */
    public record Facet(String word, long images) {}
}
