package dev.stemma.queries.drift;

import dev.stemma.graph.model.Level;
import java.time.Instant;
import java.util.Optional;

/**
 * One of the two inventories that are compared.
 *
 * @param imageId an image that has it; empty when none has it any more or only the inventory was named
 * @param imageName that image's name
 * @param observedAt when the image was seen to hold it
 */
public record Side(
        String inventoryId,
        Level level,
        Optional<String> imageId,
        Optional<String> imageName,
        Optional<Instant> observedAt) {}
