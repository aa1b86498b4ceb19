package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystemReader.ContentSink;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of one file to be digested, once, however many names lead to it. One thread runs it; others look at the
 * result after the window that it belongs to is done.
 */
final class HashJob {

    private static final int PIECE_BYTES = 1 << 16;
    private static final byte[] ZEROS = new byte[PIECE_BYTES];

    final Node node;
    final long sizeBytes;
    final long position;
    volatile @Nullable Digest digest;
    volatile @Nullable ImageProblem problem;

    /** Whether the digest was known without reading. */
    volatile boolean taken;

    HashJob(Node node, long sizeBytes, long position) {
        this.node = node;
        this.sizeBytes = sizeBytes;
        this.position = position;
    }

    /** Takes over the digest if it is known, else reads the content; what is audited is read although it is known. */
    void run(FileSystemReader reader, Hasher hasher, KnownContents known) {
        Optional<Digest> told = known.find(reader, node);
        if (told.isPresent() && !known.audits(node, sizeBytes)) {
            digest = told.get();
            taken = true;
            hasher.meter.take(sizeBytes);
            return;
        }
        read(reader, hasher);
        if (told.isPresent() && !told.get().equals(digest)) {
            known.contradict();
        }
    }

    private void read(FileSystemReader reader, Hasher hasher) {
        try {
            hasher.begin();
            reader.read(node, hasher);
            Digest found = hasher.end();
            if (hasher.bytes != sizeBytes) {
                throw new Corrupt(
                        "bad-value",
                        reader.origin(),
                        "has " + hasher.bytes + " bytes of " + sizeBytes + " that it says");
            }
            digest = found;
        } catch (ImageProblem e) {
            problem = e;
        } catch (RuntimeException | StackOverflowError e) {
            // A reader that trips over hostile bytes costs the file, and says so.
            problem = new Corrupt("reader-failed", reader.origin(), "its bytes make no sense: " + e, null, e);
        }
    }

    /**
     * Digests one file after another, and is made once a thread: a fresh one for each of many small files costs more than
     * they do. Holes are digested without being read, as zeros that are in the cache already. Not thread-safe.
     */
    static final class Hasher implements ContentSink {
        private final MessageDigest sha256 = Digest.newSha256();
        private final Meter meter;
        private final byte[] piece = new byte[PIECE_BYTES];
        private long bytes;

        Hasher(Meter meter) {
            this.meter = meter;
        }

        /** Forgets what a file that broke off has left behind. */
        private void begin() {
            sha256.reset();
            bytes = 0;
        }

        private Digest end() {
            return Digest.of(sha256.digest());
        }

        @Override
        public void data(MemorySegment segment) throws ImageProblem {
            meter.requireRunning();
            long size = segment.byteSize();
            for (long at = 0; at < size; at += PIECE_BYTES) {
                int length = (int) Math.min(PIECE_BYTES, size - at);
                // A copy into an array: the digest's fast path takes no other, and would copy in smaller pieces.
                MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, piece, 0, length);
                sha256.update(piece, 0, length);
            }
            bytes += size;
            meter.read(size);
        }

        @Override
        public void hole(long lengthBytes) throws ImageProblem {
            for (long left = lengthBytes; left > 0; left -= PIECE_BYTES) {
                if ((left & (PIECE_BYTES * 256L - 1)) < PIECE_BYTES) {
                    meter.requireRunning();
                }
                sha256.update(ZEROS, 0, (int) Math.min(PIECE_BYTES, left));
            }
            bytes += lengthBytes;
        }
    }
}
