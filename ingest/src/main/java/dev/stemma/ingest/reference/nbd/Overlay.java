package dev.stemma.ingest.reference.nbd;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A disk with changes of its own, which lie in a sparse file without a name: it is gone when this is closed or the process ends. The disk below is
 * never written. Safe for use by several threads; what two write to one place at once is of the one or the other.
 */
final class Overlay implements ByteSource {

    /** Their memory is some 100 MB then; a guest that writes 4 KiB here and there has written 4 GiB. */
    static final int MAX_PIECES = 1 << 20;

    private final ByteSource below;
    private final FileChannel file;
    private final long maxBytes;
    private final int maxPieces;
    private final Pieces pieces = new Pieces();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private long takenBytes;

    private Overlay(ByteSource below, FileChannel file, long maxBytes, int maxPieces) {
        this.below = below;
        this.file = file;
        this.maxBytes = maxBytes;
        this.maxPieces = maxPieces;
    }

    /**
     * Nothing changed yet.
     *
     * @param below not closed with it
     * @param path of the file, which is not there and is not seen for longer than a moment
     * @param maxBytes that the file may take
     */
    static Overlay open(ByteSource below, Path path, long maxBytes, int maxPieces) throws IOException {
        // Removed as soon as it is open, so that a crash leaves nothing.
        FileChannel file = FileChannel.open(
                path,
                EnumSet.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SPARSE,
                        StandardOpenOption.DELETE_ON_CLOSE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new Overlay(below, file, maxBytes, maxPieces);
    }

    /** Writes a stretch that lies on the disk; false, with nothing changed, when there is no room. */
    boolean write(long offsetBytes, ByteBuffer data) throws IOException {
        long end = offsetBytes + data.remaining();
        lock.writeLock().lock();
        try {
            long more = 0;
            for (Pieces.Stretch stretch : pieces.within(offsetBytes, end)) {
                more += stretch.holder() == Pieces.Holder.FILE ? 0 : stretch.lengthBytes();
            }
            if (takenBytes + more > maxBytes || pieces.count() >= maxPieces) {
                return false;
            }
            takenBytes += more;
            for (long at = offsetBytes; data.hasRemaining(); ) {
                at += file.write(data, at);
            }
            if (end > offsetBytes) {
                pieces.mark(offsetBytes, end, Pieces.Holder.FILE);
            }
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Makes zeros of a stretch that lies on the disk; false, with nothing changed, when there is no room. */
    boolean zero(long offsetBytes, long lengthBytes) {
        lock.writeLock().lock();
        try {
            if (pieces.count() >= maxPieces) {
                return false;
            }
            if (lengthBytes > 0) {
                pieces.mark(offsetBytes, offsetBytes + lengthBytes, Pieces.Holder.ZEROS);
            }
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public long sizeBytes() {
        return below.sizeBytes();
    }

    @Override
    public Origin origin() {
        return below.origin();
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
        requireWithin(offsetBytes, target.byteSize());
        lock.readLock().lock();
        try {
            for (Pieces.Stretch stretch : pieces.within(offsetBytes, offsetBytes + target.byteSize())) {
                MemorySegment part = target.asSlice(stretch.offsetBytes() - offsetBytes, stretch.lengthBytes());
                switch (stretch.holder()) {
                    case BELOW -> below.read(stretch.offsetBytes(), part);
                    case FILE -> readFile(stretch.offsetBytes(), part.asByteBuffer());
                    case ZEROS -> part.fill((byte) 0);
                }
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    private void readFile(long offsetBytes, ByteBuffer target) throws Unreadable {
        try {
            for (long at = offsetBytes; target.hasRemaining(); ) {
                int count = file.read(target, at);
                if (count < 0) {
                    throw new EOFException("the overlay ends at byte " + at);
                }
                at += count;
            }
        } catch (IOException e) {
            throw new Unreadable(
                    "unreadable",
                    origin(),
                    "the overlay cannot be read: " + e.getMessage(),
                    "Check the disk that holds it.",
                    e);
        }
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
        requireWithin(offsetBytes, lengthBytes);
        List<Extent> extents = new ArrayList<>();
        lock.readLock().lock();
        try {
            for (Pieces.Stretch stretch : pieces.within(offsetBytes, offsetBytes + lengthBytes)) {
                if (stretch.holder() == Pieces.Holder.BELOW) {
                    extents.addAll(below.extents(stretch.offsetBytes(), stretch.lengthBytes()));
                } else {
                    extents.add(new Extent(
                            stretch.offsetBytes(), stretch.lengthBytes(), stretch.holder() == Pieces.Holder.ZEROS));
                }
            }
        } finally {
            lock.readLock().unlock();
        }
        return extents;
    }

    private void requireWithin(long offsetBytes, long lengthBytes) throws Corrupt {
        if (offsetBytes < 0 || lengthBytes < 0 || offsetBytes > sizeBytes() - lengthBytes) {
            throw new Corrupt(
                    "out-of-bounds",
                    origin(),
                    "needs bytes " + offsetBytes + " to " + (offsetBytes + lengthBytes) + " of " + sizeBytes());
        }
    }

    @Override
    public void close() throws ImageProblem {
        try {
            file.close();
        } catch (IOException e) {
            throw new Unreadable("unreadable", origin(), "the overlay cannot be closed: " + e.getMessage(), null, e);
        }
    }
}
