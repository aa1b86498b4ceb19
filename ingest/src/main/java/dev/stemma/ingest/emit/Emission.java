package dev.stemma.ingest.emit;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.HeldRole;
import dev.stemma.graph.model.Inventory;
import dev.stemma.graph.model.Volume;
import dev.stemma.ingest.image.ImageFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that one index run has to say, beside the trees that were written before.
 *
 * @param image whose content it is
 * @param inventory with its id
 * @param parts of each volume, in order, with the attributes of their roots
 * @param agent who asked
 * @param startedAt when the run began
 * @param parameters of the run, as JSON
 * @param roles derived from the inventory, and no part of it
 */
public record Emission(
        ImageFacts image,
        Inventory inventory,
        List<List<RootedPart>> parts,
        Optional<String> agent,
        Instant startedAt,
        String parameters,
        List<HeldRole> roles) {

    public Emission {
        parts = parts.stream().map(List::copyOf).toList();
        roles = List.copyOf(roles);
    }

    /**
     * Names an inventory: gives it the id that its content has. Its lists are sorted and freed of doubles first, so that
     * the order of work does not show.
     *
     * @param unnamed whatever id it carries is ignored
     */
    public static Inventory named(Inventory unnamed, List<List<RootedPart>> parts) {
        Inventory sorted = new Inventory(
                Digest.EMPTY,
                unnamed.level(),
                unnamed.volumes(),
                unnamed.operatingSystems().stream().distinct().toList(),
                unnamed.packages().stream()
                        .sorted(Comparator.comparing(dev.stemma.graph.model.InstalledPackage::purl))
                        .toList(),
                unnamed.observations().stream()
                        .distinct()
                        .sorted(Comparator.comparing(InventoryDigests::of))
                        .toList(),
                unnamed.manifest(),
                unnamed.counts(),
                unnamed.analyzers().stream().distinct().sorted().toList(),
                unnamed.facts().stream()
                        .distinct()
                        .sorted(Comparator.comparing(FactForm::of))
                        .toList(),
                unnamed.mounts());
        List<Digest> volumes = new ArrayList<>();
        List<Volume> all = sorted.volumes();
        for (int i = 0; i < all.size(); i++) {
            volumes.add(InventoryDigests.of(all.get(i), parts.get(i)));
        }
        return new Inventory(
                InventoryDigests.of(sorted, volumes),
                sorted.level(),
                sorted.volumes(),
                sorted.operatingSystems(),
                sorted.packages(),
                sorted.observations(),
                sorted.manifest(),
                sorted.counts(),
                sorted.analyzers(),
                sorted.facts(),
                sorted.mounts());
    }
}
