package dev.stemma.queries.lineage;

import java.util.List;
import java.util.Optional;

/**
 * A page of the history of an image.
 *
 * @param imageId the image asked about
 * @param images how many images it is the history of: itself and, for a version, what was made of it outside of the repository
 * @param complete false when there are more such images than were followed
 * @param items newest first
 * @param next cursor to go on with; empty on the last page
 * @param total activities on all pages
 */
public record HistoryView(
        String imageId, int images, boolean complete, List<Activity> items, Optional<String> next, long total) {

    public HistoryView {
        items = List.copyOf(items);
    }
}
