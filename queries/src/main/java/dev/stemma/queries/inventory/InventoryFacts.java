package dev.stemma.queries.inventory;

import dev.stemma.graph.model.Inventory;
import dev.stemma.graph.model.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An inventory of an image and when it was the current one.
 *
 * @param id digest, 64 hexadecimal digits
 * @param sequence in the order of first commit, from 1
 * @param manifest digest of the full record; empty at the basic level
 * @param packages how many are installed
 * @param analyzers readers and analyzers with their versions
 * @param committedAt when this content was first seen, in whichever image
 * @param observedAt when this image was seen to hold it
 * @param until when it was found to hold something else; empty for the current inventory
 */
public record InventoryFacts(
        String id,
        Level level,
        long sequence,
        Optional<String> manifest,
        Inventory.Counts counts,
        long packages,
        List<String> analyzers,
        Optional<Instant> committedAt,
        Optional<Instant> observedAt,
        Optional<Instant> until) {

    public InventoryFacts {
        analyzers = List.copyOf(analyzers);
    }
}
