package dev.stemma.queries.search;

import dev.stemma.queries.page.Page;
import java.util.List;

/**
 * Which images hold a file.
 *
 * @param hits by image name, then id
 * @param withoutFiles images that were never indexed, or at the basic level only, and so could not be searched
 * @param notes what to know about the answer: bounds that were met, an index that lags behind
 */
public record FileAnswer(Page<FileHit> hits, long withoutFiles, List<String> notes) {

    public FileAnswer {
        notes = List.copyOf(notes);
    }
}
