package dev.stemma.ingest.image.nbd;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The blocks used last, at most 64 MiB of them. A block never changes once it is in. Safe for use by several threads. */
final class BlockCache {

    static final int BLOCK_BYTES = 256 << 10;
    private static final int MAX_BLOCKS = 256;

    private final Map<Long, MemorySegment> blocks = new LinkedHashMap<>(2 * MAX_BLOCKS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, MemorySegment> eldest) {
            return size() > MAX_BLOCKS;
        }
    };

    synchronized @Nullable MemorySegment find(long start) {
        return blocks.get(start);
    }

    synchronized void put(long start, MemorySegment block) {
        blocks.put(start, block);
    }
}
