package dev.stemma.graph.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an image file when it is registered.
 *
 * @param name file name without its ending
 * @param format {@code raw}, {@code qcow2}
 * @param location absolute real path: what makes it this image and no other
 * @param virtualBytes size the guest sees
 * @param allocatedBytes space it takes
 * @param modifiedAt when its file last changed
 * @param repository id of the repository it is stored in, which must exist
 */
public record Registration(
        String name,
        String format,
        String location,
        long virtualBytes,
        long allocatedBytes,
        Instant modifiedAt,
        Optional<String> repository) {

    public Registration {
        if (name.isEmpty() || location.isEmpty()) {
            throw new IllegalArgumentException("an image has a name and a location");
        }
    }
}
