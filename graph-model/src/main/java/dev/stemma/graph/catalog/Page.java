package dev.stemma.graph.catalog;

import java.util.List;
import java.util.Optional;

/**
 * Some of a long list.
 *
 * @param items in order
 * @param next where the following page starts; empty on the last one
 */
public record Page<T>(List<T> items, Optional<Cursor> next) {
    public Page {
        items = List.copyOf(items);
    }
}
