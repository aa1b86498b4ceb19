package dev.stemma.queries.inventory;

import java.util.Optional;

/**
 * Which packages of an image to list; the empty filter lists all that are present.
 *
 * @param nameContains part of the name, without regard to case
 * @param architecture as the package manager prints it
 * @param ecosystem type of the package URLs: {@code deb}, {@code npm}
 * @param withRemoved whether to list also those of which only configuration is left
 */
public record PackageFilter(
        Optional<String> nameContains, Optional<String> architecture, Optional<String> ecosystem, boolean withRemoved) {

    /** All that are present. */
    public static final PackageFilter ALL =
            new PackageFilter(Optional.empty(), Optional.empty(), Optional.empty(), false);
}
