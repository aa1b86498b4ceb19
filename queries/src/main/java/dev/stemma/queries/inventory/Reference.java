package dev.stemma.queries.inventory;

import java.util.Optional;

/**
 * What a reference means: an image and one of its inventories.
 *
 * @param inventoryId the current one, or the one that the reference names; empty when the image was never indexed
 */
public record Reference(String imageId, String imageName, Optional<String> inventoryId) {}
