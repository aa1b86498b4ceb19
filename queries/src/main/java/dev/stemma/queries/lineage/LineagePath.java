package dev.stemma.queries.lineage;

import java.util.List;

/**
 * How two images are kin.
 *
 * @param images from the first, up to the ancestor that both have, and down to the second
 * @param top index of that ancestor among them
 * @param derivations between each image and the next, of whichever derives from the other
 */
public record LineagePath(List<Relative> images, int top, List<Derivation> derivations) {

    public LineagePath {
        images = List.copyOf(images);
        derivations = List.copyOf(derivations);
    }
}
