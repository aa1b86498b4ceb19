package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.ingest.digest.ContentDigests;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystemReader.ContentSink;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.filesystem.Places;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.reference.CheckIn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of one file to be digested, once, however many names lead to it. One thread runs it; others look at the
 * result after the window that it belongs to is done.
 */
final class HashJob {

    private static final int PIECE_BYTES = 1 << 16;
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(PIECE_BYTES).asReadOnlyBuffer();

    final Node node;
    final long sizeBytes;
    final long position;
    private final @Nullable Algorithm second;
    volatile @Nullable Digest digest;

    /** What the content digests to by the second algorithm; null when there is none, or nothing was read. */
    volatile @Nullable Checksum checksum;

    volatile @Nullable ImageProblem problem;

    /** Whether the digest was known without reading. */
    volatile boolean taken;

    /**
     * @param position on the medium
     * @param second to digest by too; null for none
     */
    HashJob(Node node, long sizeBytes, long position, @Nullable Algorithm second) {
        this.node = node;
        this.sizeBytes = sizeBytes;
        this.position = position;
        this.second = second;
    }

    /** Takes over the digest if it is known, else reads the content; what is audited is read although it is known. */
    void run(FileSystemReader reader, Hasher hasher, KnownContents known) {
        Optional<Digest> told = known.find(reader, node);
        if (told.isPresent() && !known.audits(node, sizeBytes) && hasher.stored(reader, node, told.get())) {
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
            hasher.begin(second, reader, node);
            reader.read(node, hasher);
            Digest found = hasher.end();
            if (hasher.bytes != sizeBytes) {
                throw new Corrupt(
                        "bad-value",
                        reader.origin(),
                        "has " + hasher.bytes + " bytes of " + sizeBytes + " that it says");
            }
            hasher.keep(found);
            digest = found;
            checksum = hasher.second();
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
        private final MessageDigest sha256 = ContentDigests.of(Algorithm.SHA256);
        private final Map<Algorithm, MessageDigest> others = new EnumMap<>(Algorithm.class);
        private final Meter meter;
        private final byte[] piece = new byte[PIECE_BYTES];
        private @Nullable Algorithm algorithm;
        private final CheckIn.@Nullable Lane lane;
        private @Nullable MessageDigest other;
        private Optional<Places> kept = Optional.empty();
        private long bytes;

        /** @param lane that takes the contents into the reference repository; null where they are only digested */
        Hasher(Meter meter, CheckIn.@Nullable Lane lane) {
            this.meter = meter;
            this.lane = lane;
        }

        /** Whether a content need not be read for the reference repository's sake. */
        private boolean stored(FileSystemReader reader, Node node, Digest content) {
            if (lane == null) {
                return true;
            }
            if (!lane.has(content)) {
                return false;
            }
            places(reader, node).ifPresent(places -> lane.place(places, content));
            return true;
        }

        /** Contents without places are kept with the bytes of the disk that make them. */
        private static Optional<Places> places(FileSystemReader reader, Node node) {
            try {
                return reader.places(node);
            } catch (ImageProblem | RuntimeException | StackOverflowError e) {
                // Reading the file meets the same, and reports it.
                return Optional.empty();
            }
        }

        private void keep(Digest content) {
            if (lane != null && kept.isPresent()) {
                lane.end(kept.get(), content);
            }
        }

        /** Forgets what a file that broke off has left behind. */
        private void begin(@Nullable Algorithm second, FileSystemReader reader, Node node) {
            sha256.reset();
            bytes = 0;
            if (lane != null) {
                lane.begin();
                kept = places(reader, node);
            }
            algorithm = second;
            other = second == null ? null : others.computeIfAbsent(second, ContentDigests::of);
            if (other != null) {
                other.reset();
            }
        }

        private Digest end() {
            return Digest.of(sha256.digest());
        }

        private @Nullable Checksum second() {
            return algorithm == null || other == null
                    ? null
                    : new Checksum(algorithm, HexFormat.of().formatHex(other.digest()));
        }

        private void update(ByteBuffer from) {
            if (other != null) {
                other.update(from.duplicate());
            }
            sha256.update(from);
        }

        @Override
        public void data(MemorySegment segment) throws ImageProblem {
            meter.requireRunning();
            long size = segment.byteSize();
            for (long at = 0; at < size; at += PIECE_BYTES) {
                int length = (int) Math.min(PIECE_BYTES, size - at);
                // Piece by piece, for the second digest finds it in the processor's cache.
                update(segment.asSlice(at, length).asByteBuffer());
                if (lane != null && kept.isPresent()) {
                    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, piece, 0, length);
                    lane.data(piece, length);
                }
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
                update(ZEROS.duplicate().limit((int) Math.min(PIECE_BYTES, left)));
            }
            if (lane != null && kept.isPresent()) {
                lane.zeros(lengthBytes);
            }
            bytes += lengthBytes;
        }
    }
}
