package dev.stemma.queries.lineage;

import java.time.Instant;
import java.util.Optional;

/**
 * An image of a family tree.
 *
 * @param distance fewest derivations from the image asked about: negative for ancestors, positive for descendants, 0 for itself
 */
public record Relative(
        String imageId,
        String name,
        String location,
        Optional<String> format,
        String state,
        Optional<Instant> modifiedAt,
        Optional<String> inventoryId,
        int distance) {

    /** Whether it has an inventory. */
    public boolean indexed() {
        return inventoryId.isPresent();
    }
}
