package dev.stemma.queries.drift;

import dev.stemma.graph.store.Graph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What some inventories hold, read lately. An inventory is named by what it holds and never changes, so what is here is always right. Bounded in bytes, since a guest chooses how
 * much that is; the least recently used go first. Safe for several threads.
 *
 * @param <T> something that does not change either
 */
final class KeptFacts<T> {

    private final long maxBytes;
    private final ToLongFunction<T> size;
    private final BiFunction<Graph.Transaction, String, T> reader;
    private final Map<String, T> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /**
     * @param size heap that one takes, about, the same each time it is asked
     * @param reader of one, by the inventory's id
     */
    KeptFacts(long maxBytes, ToLongFunction<T> size, BiFunction<Graph.Transaction, String, T> reader) {
        this.maxBytes = maxBytes;
        this.size = size;
        this.reader = reader;
    }

    /** Of a side. An inventory that no image has yet may still be being written, and is read each time. */
    T of(Graph.Transaction transaction, Side side) {
        T found = find(side.inventoryId());
        if (found == null) {
            found = reader.apply(transaction, side.inventoryId());
            if (side.imageId().isPresent()) {
                keep(side.inventoryId(), found);
            }
        }
        return found;
    }

    private synchronized @Nullable T find(String inventoryId) {
        return kept.get(inventoryId);
    }

    private synchronized void keep(String inventoryId, T facts) {
        if (kept.put(inventoryId, facts) == null) {
            bytes += size.applyAsLong(facts);
        }
        var eldest = kept.values().iterator();
        while (bytes > maxBytes) {
            bytes -= size.applyAsLong(eldest.next());
            eldest.remove();
        }
    }

    /** How many inventories are here. */
    synchronized int size() {
        return kept.size();
    }
}
