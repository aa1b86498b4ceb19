package dev.stemma.graph.catalog;

import java.util.Optional;

/**
 * Which images to list; all that is stated must hold.
 *
 * @param nameContains a part of the name, case counts
 * @param format {@code raw}, {@code qcow2}
 * @param state whether it is there
 * @param repository id of the repository it is stored in
 */
public record ImageFilter(
        Optional<String> nameContains,
        Optional<String> format,
        Optional<Image.State> state,
        Optional<String> repository) {

    /** All images. */
    public static final ImageFilter ALL =
            new ImageFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
