package dev.stemma.ingest.filesystem;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the content of a regular file lies on a disk. Together with the bytes at those places it says all of the content: two
 * files with equal places on disks that are equal there have equal contents, whatever their names are.
 *
 * @param sizeBytes of the content
 * @param pieces in the order of the content; what none covers is a hole
 */
public record Places(long sizeBytes, List<Piece> pieces) {

    /** More make no file unreadable, only its places unknown: what a map of extents may cost is not decided by a guest. */
    static final int MAX_PIECES = 1 << 16;

    public Places {
        pieces = List.copyOf(pieces);
    }

    /**
     * A stretch of the content in one piece; it may stick out of the content's end.
     *
     * @param contentBytes where it begins in the content
     * @param diskBytes where it begins on the disk
     * @param lengthBytes more than 0
     */
    public record Piece(long contentBytes, long diskBytes, long lengthBytes) {}

    /** Collects pieces, in order. Not thread-safe. */
    public static final class Builder {

        private final ByteSource source;
        private final long sizeBytes;
        private final List<Piece> pieces = new ArrayList<>(1);
        private long content;
        private boolean known = true;

        /**
         * @param source that the runs lie in
         * @param sizeBytes of the content
         */
        public Builder(ByteSource source, long sizeBytes) {
            this.source = source;
            this.sizeBytes = sizeBytes;
        }

        /**
         * The next run, which starts no earlier than the one before ended.
         *
         * @param start in the content, in bytes
         * @param offsetBytes in the source
         * @param lengthBytes more than 0
         */
        public void run(long start, long offsetBytes, long lengthBytes) throws ImageProblem {
            if (known) {
                content = start;
                boolean traced = source.trace(offsetBytes, lengthBytes, this::piece);
                known &= traced;
            }
        }

        private void piece(long diskBytes, long lengthBytes) {
            Piece last = pieces.isEmpty() ? null : pieces.getLast();
            if (last != null
                    && last.contentBytes + last.lengthBytes == content
                    && last.diskBytes + last.lengthBytes == diskBytes) {
                pieces.removeLast();
                pieces.add(new Piece(last.contentBytes, last.diskBytes, last.lengthBytes + lengthBytes));
            } else if (pieces.size() < MAX_PIECES) {
                pieces.add(new Piece(content, diskBytes, lengthBytes));
            } else {
                known = false;
            }
            content += lengthBytes;
        }

        /** All of it; empty when some of it has no place, or there are too many pieces. */
        public Optional<Places> build() {
            return known ? Optional.of(new Places(sizeBytes, pieces)) : Optional.empty();
        }
    }
}
