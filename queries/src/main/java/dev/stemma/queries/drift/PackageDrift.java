package dev.stemma.queries.drift;

import java.util.List;

/**
 * The packages that differ.
 *
 * @param changes all of them, by name and architecture
 * @param unchanged how many are the same on both sides
 */
public record PackageDrift(List<PackageChange> changes, long unchanged) {

    public PackageDrift {
        changes = List.copyOf(changes);
    }

    /** How many changes are of a kind. */
    public long count(PackageChange.Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }
}
