package dev.stemma.queries.inventory;

import java.util.Optional;

/**
 * What a reference means: an image and one of its inventories, or a machine.
 *
 * @param imageId id of the image, {@code img-…}; where machines were asked for too it may be one, {@code mac-…}
 * @param inventoryId the current one, or the one that the reference names; empty when the image was never indexed
 */
public record Reference(String imageId, String imageName, Optional<String> inventoryId) {

    private static final String MACHINE = "mac-";

    /** Whether it is a machine. */
    public boolean machine() {
        return imageId.startsWith(MACHINE);
    }
}
