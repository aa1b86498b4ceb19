package dev.stemma.ingest.verify;

import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.ingest.filesystem.FileSystemReader.ContentSink;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Digests one content after another by an algorithm that a package chose. For one thread. */
final class ContentDigest implements ContentSink {

    private static final int PIECE_BYTES = 1 << 16;
    private static final byte[] ZEROS = new byte[PIECE_BYTES];

    private final Budget budget;
    private final Origin origin;
    private final BooleanSupplier stopped;
    private final Map<Algorithm, MessageDigest> digests = new EnumMap<>(Algorithm.class);
    private final byte[] piece = new byte[PIECE_BYTES];
    private MessageDigest digest = Algorithm.MD5.newDigest();

    ContentDigest(Budget budget, Origin origin, BooleanSupplier stopped) {
        this.budget = budget;
        this.origin = origin;
        this.stopped = stopped;
    }

    void begin(Algorithm algorithm) throws ImageProblem {
        requireRunning();
        digest = digests.computeIfAbsent(algorithm, Algorithm::newDigest);
        digest.reset();
    }

    String end() {
        return HexFormat.of().formatHex(digest.digest());
    }

    void requireRunning() throws OverBudget {
        if (stopped.getAsBoolean()) {
            throw new OverBudget("cancelled", origin, "the run has ended");
        }
        budget.check(origin);
    }

    @Override
    public void data(MemorySegment segment) throws ImageProblem {
        requireRunning();
        long size = segment.byteSize();
        for (long at = 0; at < size; at += PIECE_BYTES) {
            int length = (int) Math.min(PIECE_BYTES, size - at);
            MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, piece, 0, length);
            digest.update(piece, 0, length);
        }
    }

    @Override
    public void hole(long lengthBytes) throws ImageProblem {
        for (long left = lengthBytes; left > 0; left -= PIECE_BYTES) {
            if ((left & (PIECE_BYTES * 256L - 1)) < PIECE_BYTES) {
                requireRunning();
            }
            digest.update(ZEROS, 0, (int) Math.min(PIECE_BYTES, left));
        }
    }
}
