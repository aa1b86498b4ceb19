package dev.stemma.queries.similarity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sketches of all inventories that images had at some moment. Immutable.
 *
 * @param entries sorted by inventory
 * @param byId the same, by inventory
 * @param images current images altogether, indexed or not; deleted and missing ones do not count
 * @param bare how many of them have no sketch at all
 * @param known whether sketches are held; not when there are too many inventories, and then there are no entries
 */
record Sketches(List<Entry> entries, Map<String, Entry> byId, long images, long bare, boolean known) {

    /**
     * The sketches of an inventory.
     *
     * @param images how many have it now
     * @param packages of its packages
     * @param files of its contents, null at the basic level
     * @param bytes of its contents by bytes, null at the basic level
     */
    record Entry(
            String inventoryId,
            long images,
            Sketch packages,
            @Nullable Sketch files,
            @Nullable Sketch bytes) {

        Optional<Sketch> sketch(Trait trait) {
            return switch (trait) {
                case PACKAGES -> Optional.of(packages);
                case FILES -> Optional.ofNullable(files);
                case BYTES -> Optional.ofNullable(bytes);
            };
        }

        Entry with(long count) {
            return count == images ? this : new Entry(inventoryId, count, packages, files, bytes);
        }
    }

    /** Current images that have no sketch of a trait; where sketches are not held, of any. */
    long unsketched(Trait trait) {
        return !known
                ? bare
                : images
                        - entries.stream()
                                .filter(entry -> entry.sketch(trait).isPresent())
                                .mapToLong(Entry::images)
                                .sum();
    }
}
