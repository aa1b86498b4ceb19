package dev.stemma.queries.search;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An image that was found.
 *
 * @param inventoryId its current inventory
 * @param level {@code basic} or {@code full}
 * @param operatingSystems their pretty names
 * @param packages the package versions that the query's terms met, as purls, at most {@value #MAX_PACKAGES}
 * @param roles what the machine is: {@code web-server}
 */
public record ImageHit(
        String imageId,
        String name,
        String location,
        Optional<String> format,
        Optional<Instant> modifiedAt,
        Optional<String> repository,
        Optional<String> inventoryId,
        Optional<String> level,
        List<String> operatingSystems,
        List<String> packages,
        List<String> roles) {

    /** See {@link #packages}. */
    public static final int MAX_PACKAGES = 50;

    public ImageHit {
        operatingSystems = List.copyOf(operatingSystems);
        packages = List.copyOf(packages);
        roles = List.copyOf(roles);
    }
}
