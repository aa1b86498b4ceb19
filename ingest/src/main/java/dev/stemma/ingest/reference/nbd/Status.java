package dev.stemma.ingest.reference.nbd;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.ByteBuffer;

/**
 * Where an answer of {@code base:allocation} says that there is data and where zeros. A hole is told of in whole blocks: QEMU counts in sectors and
 * rounds the end of a hole up, and so would lose the data of a sector that begins with zeros. Not thread-safe.
 */
final class Status {

    /** A whole number of any sector in use. */
    static final int BLOCK_BYTES = 4_096;

    /** What is asked of the disk at once. */
    private static final long STEP_BYTES = 64 << 20;

    private static final int HOLE_AND_ZERO = 3;

    private final int[] lengths;
    private final int[] states;
    private int count;

    /** @param most stretches that are told */
    Status(int most) {
        this.lengths = new int[most];
        this.states = new int[most];
    }

    /**
     * From the one place to the other, or as far as there is room for stretches. What the client asked for begins and ends where it wants.
     *
     * @param end less than 4 GiB behind the start
     */
    void tell(ByteSource disk, long start, long end) throws ImageProblem {
        for (long at = start; at < end; ) {
            long until = Math.min(end, (at + STEP_BYTES) / BLOCK_BYTES * BLOCK_BYTES);
            for (ByteSource.Extent extent : disk.extents(at, until - at)) {
                long from = extent.offsetBytes();
                long to = from + extent.lengthBytes();
                long holeFrom = from == at ? from : -Math.floorDiv(-from, BLOCK_BYTES) * BLOCK_BYTES;
                long holeTo = to == until ? to : to / BLOCK_BYTES * BLOCK_BYTES;
                boolean room = extent.hole() && holeTo > holeFrom
                        ? add(holeFrom - from, 0) && add(holeTo - holeFrom, HOLE_AND_ZERO) && add(to - holeTo, 0)
                        : add(to - from, 0);
                if (!room) {
                    return;
                }
            }
            at = until;
        }
    }

    private boolean add(long lengthBytes, int state) {
        if (lengthBytes == 0) {
            return true;
        }
        if (count > 0 && states[count - 1] == state) {
            lengths[count - 1] += (int) lengthBytes;
            return true;
        }
        if (count == lengths.length) {
            return false;
        }
        lengths[count] = (int) lengthBytes;
        states[count++] = state;
        return true;
    }

    /** Bytes that {@link #write} needs. */
    int sizeBytes() {
        return 8 * count;
    }

    /** Lengths and states, one behind the other. */
    void write(ByteBuffer target) {
        for (int i = 0; i < count; i++) {
            target.putInt(lengths[i]).putInt(states[i]);
        }
    }
}
