package dev.stemma.queries.drift;

import dev.stemma.graph.store.Graph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private final Reader<T> reader;
    private final Map<String, T> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /** Reads what inventories hold. */
    @FunctionalInterface
    interface Reader<T> {
        /** @return what each of them holds, by id */
        Map<String, T> read(Graph.Transaction transaction, Set<String> inventoryIds);

        /** Of one that reads a single inventory. */
        static <T> Reader<T> each(BiFunction<Graph.Transaction, String, T> reader) {
            return (transaction, ids) -> {
                Map<String, T> read = new HashMap<>();
                ids.forEach(id -> read.put(id, reader.apply(transaction, id)));
                return read;
            };
        }
    }

    /** @param size heap that one takes, about, the same each time it is asked */
    KeptFacts(long maxBytes, ToLongFunction<T> size, Reader<T> reader) {
        this.maxBytes = maxBytes;
        this.size = size;
        this.reader = reader;
    }

    /** Of some sides, in their order. An inventory that no image has yet may still be being written, and is read each time. */
    List<T> of(Graph.Transaction transaction, List<Side> sides) {
        Map<String, T> known = new HashMap<>();
        Set<String> missing = new LinkedHashSet<>();
        for (Side side : sides) {
            T found = find(side.inventoryId());
            if (found == null) {
                missing.add(side.inventoryId());
            } else {
                known.put(side.inventoryId(), found);
            }
        }
        if (!missing.isEmpty()) {
            known.putAll(reader.read(transaction, missing));
        }
        List<T> facts = new ArrayList<>();
        for (Side side : sides) {
            T one = Objects.requireNonNull(known.get(side.inventoryId()));
            if (side.imageId().isPresent() && missing.contains(side.inventoryId())) {
                keep(side.inventoryId(), one);
            }
            facts.add(one);
        }
        return facts;
    }

    /** Whether nothing is to be read for a side. */
    synchronized boolean has(Side side) {
        return kept.containsKey(side.inventoryId());
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
