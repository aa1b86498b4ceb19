package dev.stemma.ingest.verify;

import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.ingest.digest.ContentDigests;
import dev.stemma.ingest.filesystem.FileSystemReader.ContentSink;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Digests one content after another by an algorithm that a package chose. For one thread. */
final class ContentDigest implements ContentSink {

    private static final int PIECE_BYTES = 1 << 16;
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(PIECE_BYTES).asReadOnlyBuffer();

    private final Budget budget;
    private final Origin origin;
    private final BooleanSupplier stopped;
    private final Map<Algorithm, MessageDigest> digests = new EnumMap<>(Algorithm.class);
    private MessageDigest digest = ContentDigests.of(Algorithm.MD5);

    ContentDigest(Budget budget, Origin origin, BooleanSupplier stopped) {
        this.budget = budget;
        this.origin = origin;
        this.stopped = stopped;
    }

    void begin(Algorithm algorithm) throws ImageProblem {
        requireRunning();
        digest = digests.computeIfAbsent(algorithm, ContentDigests::of);
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
            digest.update(segment.asSlice(at, length).asByteBuffer());
        }
    }

    @Override
    public void hole(long lengthBytes) throws ImageProblem {
        for (long left = lengthBytes; left > 0; left -= PIECE_BYTES) {
            if ((left & (PIECE_BYTES * 256L - 1)) < PIECE_BYTES) {
                requireRunning();
            }
            digest.update(ZEROS.duplicate().limit((int) Math.min(PIECE_BYTES, left)));
        }
    }
}
