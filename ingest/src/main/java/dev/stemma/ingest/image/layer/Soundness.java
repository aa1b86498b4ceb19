package dev.stemma.ingest.image.layer;

import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.util.Arrays;

/**
 * What must hold of a layer before anything is read through it: each stretch lies in its file, and the tables name no more
 * than the file can hold. So a truncated image is a problem and not zeros, and a small file cannot demand endless hashing by
 * naming one block a million times. Costs one look at each entry of the tables.
 */
public final class Soundness {

    private static final int CHECK_EVERY = 1 << 16;
    private static final int SECTOR_BYTES = 512;

    /** A block that sticks out of the file, and no more. */
    private static final long SLACK_BYTES = 2L << 20;

    /** Packed blocks of qcow2 share sectors: 2 MiB of zeros shrink to less than 100 bytes. */
    private static final int PACKED_IN_A_SECTOR = 16;

    private Soundness() {}

    /**
     * Walks the whole disk.
     *
     * @param fileBytes length of the file that the layer's blocks lie in
     * @param lastMayStickOut whether the format's writers end a file within its last block
     * @throws Corrupt {@code truncated} when a block lies past the end of the file, {@code bad-value} when more blocks are named
     *     than the file can hold
     */
    public static void require(Layer layer, long fileBytes, boolean lastMayStickOut, Origin origin, Budget budget)
            throws ImageProblem {
        long stored = 0;
        long packed = 0;
        long steps = 0;
        long end = layer.virtualBytes();
        for (long at = 0; at < end; ) {
            if (steps++ % CHECK_EVERY == 0) {
                budget.check(origin);
            }
            Run run = layer.run(at);
            switch (run) {
                case Run.Stored piece -> {
                    requireWithin(piece.offsetBytes(), lastMayStickOut ? 1 : piece.lengthBytes(), fileBytes, origin);
                    stored += piece.lengthBytes();
                }
                case Run.Packed piece -> {
                    requireWithin(piece.block().offsetBytes(), 1, fileBytes, origin);
                    packed += SECTOR_BYTES;
                }
                case Run.Zeros _, Run.Below _ -> {}
            }
            if (stored > fileBytes + SLACK_BYTES || packed / PACKED_IN_A_SECTOR > fileBytes + SECTOR_BYTES) {
                throw new Corrupt(
                        "bad-value", origin, "names far more blocks than its file of " + fileBytes + " bytes can hold");
            }
            at += run.lengthBytes();
        }
    }

    private static void requireWithin(long offset, long length, long fileBytes, Origin origin) throws Corrupt {
        if (offset < 0 || offset > fileBytes - length) {
            throw new Corrupt(
                    "truncated",
                    origin,
                    "a block of " + length + " bytes lies at byte " + offset + ", the file ends at " + fileBytes,
                    "Copy the image again from its source.");
        }
    }

    /**
     * Refuses tables that are named twice, for they could make a small file look like an endless one.
     *
     * @param positions of the tables, 0 for none; sorted by this
     * @throws Corrupt {@code loop}
     */
    public static void requireDistinct(long[] positions, Origin origin) throws Corrupt {
        Arrays.sort(positions);
        for (int i = 1; i < positions.length; i++) {
            if (positions[i] != 0 && positions[i] == positions[i - 1]) {
                throw new Corrupt("loop", origin, "two entries name the same table at byte " + positions[i]);
            }
        }
    }
}
