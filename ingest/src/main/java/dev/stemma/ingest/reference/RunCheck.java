package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.ingest.digest.ContentDigests;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Says whether bytes that lie somewhere are those of a stored disk, by digest and without reading the store. Not thread-safe. */
final class RunCheck {

    private static final int PIECE_BYTES = 256 << 10;

    /** What a file has in holes is digested; more is left to the store, which knows it. */
    private static final long MAX_HOLES_BYTES = 64L << 20;

    private static final byte[] ZEROS = new byte[PIECE_BYTES];

    private final StoreRuns store;
    private final Bytes bytes;
    private final byte[] piece = new byte[PIECE_BYTES];

    /** Bytes that are asked for by position. */
    interface Bytes {
        /** Fills the array's first bytes from this position; false when there are not as many. */
        boolean read(long at, byte[] into, int lengthBytes) throws ImageProblem, IOException;
    }

    RunCheck(StoreRuns store, Bytes bytes) {
        this.store = store;
        this.bytes = bytes;
    }

    /** Whether all of it is there. Also false where a digest cannot tell. */
    boolean holds(Wanted wanted) throws ImageProblem, IOException {
        Optional<Digest> content = wanted.content();
        return content.isPresent()
                ? holds(wanted, content.get())
                : zeros(wanted.pieces().getFirst());
    }

    private boolean holds(Wanted wanted, Digest content) throws ImageProblem, IOException {
        MessageDigest sha256 = ContentDigests.of(Algorithm.SHA256);
        long at = 0;
        long holes = 0;
        for (RunSlice run : wanted.pieces()) {
            long hole = Wanted.offset(run) - at;
            holes += hole;
            if (holes > MAX_HOLES_BYTES) {
                return false;
            }
            zeros(sha256, hole);
            if (!update(sha256, run)) {
                return false;
            }
            at = Wanted.offset(run) + run.lengthBytes();
        }
        return ends(sha256, content, at, MAX_HOLES_BYTES - holes);
    }

    /** A content may end with a hole. */
    private boolean ends(MessageDigest sha256, Digest content, long at, long holesLeft) throws IOException {
        MessageDigest longer = copy(sha256);
        if (Digest.of(sha256.digest()).equals(content)) {
            return true;
        }
        long hole = store.sizeBytes(content) - at;
        if (hole <= 0 || hole > holesLeft) {
            return false;
        }
        zeros(longer, hole);
        return Digest.of(longer.digest()).equals(content);
    }

    private static MessageDigest copy(MessageDigest sha256) {
        try {
            return (MessageDigest) sha256.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("each of our digests can be copied", e);
        }
    }

    private static void zeros(MessageDigest sha256, long lengthBytes) {
        for (long left = lengthBytes; left > 0; left -= PIECE_BYTES) {
            sha256.update(ZEROS, 0, (int) Math.min(PIECE_BYTES, left));
        }
    }

    private boolean update(MessageDigest sha256, RunSlice run) throws ImageProblem, IOException {
        for (long at = run.at(); at < run.end(); at += PIECE_BYTES) {
            int length = (int) Math.min(PIECE_BYTES, run.end() - at);
            if (!bytes.read(at, piece, length)) {
                return false;
            }
            sha256.update(piece, 0, length);
        }
        return true;
    }

    private boolean zeros(RunSlice run) throws ImageProblem, IOException {
        for (long at = run.at(); at < run.end(); at += PIECE_BYTES) {
            int length = (int) Math.min(PIECE_BYTES, run.end() - at);
            if (!bytes.read(at, piece, length) || Arrays.mismatch(piece, 0, length, ZEROS, 0, length) >= 0) {
                return false;
            }
        }
        return true;
    }
}
