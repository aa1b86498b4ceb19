package dev.stemma.queries.inventory;

import java.util.List;
import java.util.Optional;

/**
 * A package installed in an image.
 *
 * @param purl package URL
 * @param ecosystem {@code deb}, {@code rpm}, {@code pypi}
 * @param state the package manager's own word
 * @param held whether it is held at its version
 * @param present whether its files are there
 * @param source name of the source package, where it differs
 * @param locations where it was found, sorted; empty for what a package manager lists for the whole guest
 */
public record PackageFacts(
        String purl,
        String ecosystem,
        String name,
        String version,
        String architecture,
        String state,
        boolean held,
        boolean present,
        Optional<String> source,
        List<String> locations) {

    public PackageFacts {
        locations = List.copyOf(locations);
    }
}
