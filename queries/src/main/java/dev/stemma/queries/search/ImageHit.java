package dev.stemma.queries.search;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An image or machine that was found.
 *
 * @param imageId id of the image, or of the machine
 * @param location where the image lies; empty for a machine
 * @param kind {@code image}, {@code version} or {@code machine}
 * @param inventoryId its current inventory; of a machine the one that it was captured or deployed with last
 * @param level {@code basic} or {@code full}
 * @param operatingSystems their pretty names
 * @param packages the package versions that the query's terms met, as purls, at most {@value #MAX_PACKAGES}
 * @param excerpts lines of configuration files that a condition on configuration was met by, at most 5
 * @param roles what the machine is: {@code web-server}
 */
public record ImageHit(
        String imageId,
        String name,
        String location,
        Optional<String> format,
        String kind,
        Optional<Instant> modifiedAt,
        Optional<String> repository,
        Optional<String> inventoryId,
        Optional<String> level,
        List<String> operatingSystems,
        List<String> packages,
        List<String> roles,
        List<Excerpt> excerpts) {

    /** See {@link #packages}. */
    public static final int MAX_PACKAGES = 50;

    public ImageHit {
        operatingSystems = List.copyOf(operatingSystems);
        packages = List.copyOf(packages);
        roles = List.copyOf(roles);
        excerpts = List.copyOf(excerpts);
    }

    /**
     * A line of a configuration file, without secrets.
     *
     * @param path escaped form
     * @param line from 1, of what was kept of the file
     * @param text the line, or 300 characters of it
     * @param start where in the text the words begin, in UTF-16 units
     * @param end where they end
     */
    public record Excerpt(String path, int line, String text, int start, int end) {}
}
