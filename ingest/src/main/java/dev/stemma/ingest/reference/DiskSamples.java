package dev.stemma.ingest.reference;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.content.SpaceEstimate;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Samples of what disks hold, evenly spread over it, for who wants to know whether they fit the store. */
final class DiskSamples {

    private static final int SAMPLES = 160;
    private static final int SAMPLE_BYTES = 64 << 10;

    /** So much is asked about at once: of a large disk in many pieces there are many extents. */
    private static final long STRETCH_BYTES = 1L << 30;

    private final List<ByteSource> disks;

    DiskSamples(List<ByteSource> disks) {
        this.disks = disks;
    }

    /** Takes stretches of data. */
    private interface Taker {
        void take(ByteSource disk, ByteSource.Extent extent) throws ImageProblem;
    }

    /**
     * Asks whether they fit.
     *
     * @throws dev.stemma.ingest.content.StoreFullException when they plainly do not
     */
    void require(SpaceEstimate estimate) throws ImageProblem, IOException {
        long[] data = new long[1];
        each((_, extent) -> data[0] += extent.lengthBytes());
        if (!estimate.wantsSamples(data[0])) {
            return;
        }
        long step = Math.max(SAMPLE_BYTES, data[0] / SAMPLES);
        byte[] sample = new byte[SAMPLE_BYTES];
        long[] passed = new long[1];
        each((disk, extent) -> {
            long next = (passed[0] + step - 1) / step * step - passed[0];
            for (; next < extent.lengthBytes(); next += step) {
                int length = (int) Math.min(SAMPLE_BYTES, extent.lengthBytes() - next);
                disk.read(
                        extent.offsetBytes() + next,
                        MemorySegment.ofArray(sample).asSlice(0, length));
                estimate.sample(sample, length);
            }
            passed[0] += extent.lengthBytes();
        });
        estimate.require(data[0]);
    }

    private void each(Taker taker) throws ImageProblem {
        for (ByteSource disk : disks) {
            for (long at = 0; at < disk.sizeBytes(); at += STRETCH_BYTES) {
                for (ByteSource.Extent extent : disk.extents(at, Math.min(STRETCH_BYTES, disk.sizeBytes() - at))) {
                    if (!extent.hole()) {
                        taker.take(disk, extent);
                    }
                }
            }
        }
    }
}
