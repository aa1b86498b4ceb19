package dev.stemma.queries.search;

import java.util.List;
import java.util.Optional;

/**
 * An image that holds what was looked for, and where.
 *
 * @param places shortest path first, at most {@value #MAX_PLACES}
 * @param more whether there are, or may be, more places than these
 */
public record FileHit(String imageId, String imageName, String inventoryId, List<Place> places, boolean more) {

    /** See {@link #places}. */
    public static final int MAX_PLACES = 20;

    public FileHit {
        places = List.copyOf(places);
    }

    /**
     * One place.
     *
     * @param fileSystem selector {@code volume:partition}
     * @param path escaped form, as the system on the image shows it; in its file system where that is not mounted
     * @param kind {@code file}, {@code dir}, {@code link}, …
     * @param digest SHA-256 of a file that was read
     * @param sizeBytes of a file
     */
    public record Place(
            String fileSystem, String path, String kind, Optional<String> digest, Optional<Long> sizeBytes) {}
}
