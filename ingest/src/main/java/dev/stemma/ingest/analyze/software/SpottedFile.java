package dev.stemma.ingest.analyze.software;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.lang.foreign.MemorySegment;

/**
 * A file that a spotter picked.
 *
 * @param path in its own file system
 * @param place where it lies in the guest, escaped
 * @param bytes its content; each read counts against what the run may read
 */
public record SpottedFile(GuestPath path, String place, ByteSource bytes) {

    /** For messages. */
    public Origin origin() {
        return bytes.origin();
    }

    /** The first bytes, as many as there are up to a limit. */
    public byte[] start(int maxBytes) throws ImageProblem {
        byte[] start = new byte[(int) Math.min(maxBytes, bytes.sizeBytes())];
        bytes.read(0, MemorySegment.ofArray(start));
        return start;
    }

    /**
     * All of it.
     *
     * @throws OverBudget {@code size-limit} when it is longer
     */
    public byte[] whole(int maxBytes) throws ImageProblem {
        if (bytes.sizeBytes() > maxBytes) {
            throw new OverBudget(
                    "size-limit",
                    origin(),
                    "has " + bytes.sizeBytes() + " bytes, at most " + maxBytes + " are read of its kind");
        }
        return start(maxBytes);
    }

    /** A problem of this file's bytes. */
    public Corrupt broken(String reason) {
        return new Corrupt("bad-value", origin(), reason);
    }
}
