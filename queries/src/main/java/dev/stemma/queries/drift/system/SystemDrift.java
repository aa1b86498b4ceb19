package dev.stemma.queries.drift.system;

import java.util.List;

/**
 * What differs in what the machine is.
 *
 * @param changes by area and name
 * @param unchanged how many facts are the same on both sides
 */
public record SystemDrift(List<SystemChange> changes, long unchanged) {

    public SystemDrift {
        changes = List.copyOf(changes);
    }
}
