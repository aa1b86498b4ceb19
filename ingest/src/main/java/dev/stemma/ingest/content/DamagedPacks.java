package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Packs of a store that cannot be read at all, and why. Safe for use by several threads. */
final class DamagedPacks {

    private final SortedMap<Digest, String> packs = new ConcurrentSkipListMap<>();

    /** @param what where it lies, and what is wrong with it */
    void add(Digest name, String what) {
        packs.put(name, what);
    }

    void remove(Digest name) {
        packs.remove(name);
    }

    /** Their names, sorted. */
    List<Digest> names() {
        return List.copyOf(packs.keySet());
    }

    /** One line each: where it lies, and what is wrong with it. */
    List<String> lines() {
        return List.copyOf(packs.values());
    }
}
