package dev.stemma.ingest.content;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which objects of which packs were met: a bit for each. Not thread-safe. */
final class Marks {

    private final Map<Integer, BitSet> packs = new HashMap<>();

    /** @return whether it was not marked before */
    boolean mark(ContentStore.Located located) {
        BitSet bits = packs.computeIfAbsent(located.packNumber(), _ -> new BitSet());
        if (bits.get(located.number())) {
            return false;
        }
        bits.set(located.number());
        return true;
    }

    /** Numbers of the marked objects of a pack. */
    BitSet of(int packNumber) {
        return packs.getOrDefault(packNumber, new BitSet());
    }
}
