package dev.stemma.ingest.image.layer;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The blocks unpacked last, at most 32 MiB of them, so that a block is not unpacked again for each of its inodes. Safe for
 * use by several threads; a block never changes once it is in.
 */
final class UnpackedBlocks {

    private static final long MAX_BYTES = 32L << 20;

    private final LinkedHashMap<Run.PackedBlock, MemorySegment> blocks = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    synchronized @Nullable MemorySegment find(Run.PackedBlock block) {
        return blocks.get(block);
    }

    synchronized void put(Run.PackedBlock block, MemorySegment unpacked) {
        if (blocks.put(block, unpacked) != null) {
            return;
        }
        bytes += unpacked.byteSize();
        while (bytes > MAX_BYTES) {
            Map.Entry<Run.PackedBlock, MemorySegment> eldest = blocks.pollFirstEntry();
            bytes -= eldest.getValue().byteSize();
        }
    }
}
