package dev.stemma.queries.search;

import dev.stemma.queries.page.Page;
import java.util.List;

/**
 * What a search found, and what it could not look into.
 *
 * @param hits by name, then id
 * @param unindexed images that were never indexed and so could not be searched by content; 0 when the query did not ask for content
 * @param withoutFiles images of the basic level, whose files could not be searched; 0 when the query did not ask for files
 * @param notes the same and more in sentences: unknown packages, a search index that lags behind, bounds that were met
 */
public record ImageAnswer(Page<ImageHit> hits, long unindexed, long withoutFiles, List<String> notes) {

    public ImageAnswer {
        notes = List.copyOf(notes);
    }
}
