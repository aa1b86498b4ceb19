package dev.stemma.ingest.bytes;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a file of the host, holes known from the host's file system.
 *
 * <p>Read by position and not through a mapping: they are equally fast, and a file that shrinks under a mapping ends the
 * process with SIGBUS, where here it is {@code truncated}. Safe for use by several threads.
 */
public final class FileSource implements ByteSource {

    /** Most extents handed out at once; a file more fragmented than that has its tail called data. */
    private static final int MAX_EXTENTS = 1 << 20;

    private static final int MAX_READ_BYTES = 1 << 30;

    private final HostFile file;

    private FileSource(HostFile file) {
        this.file = file;
    }

    /** A view of an open file, which is closed with it; more than one may be had of the same file. */
    public static FileSource of(HostFile file) {
        return new FileSource(file);
    }

    /**
     * Opens any file that the process may read; for callers that made sure it is allowed.
     *
     * @throws Unreadable as {@link HostFile#open}
     */
    public static FileSource open(Path path) throws ImageProblem {
        Origin origin = Origin.of(String.valueOf(path.getFileName()));
        return of(HostFile.open(path, origin, _ -> {}));
    }

    @Override
    public long sizeBytes() {
        return file.sizeBytes();
    }

    @Override
    public Origin origin() {
        return file.origin();
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
        Slice.checkWithin(sizeBytes(), origin(), offsetBytes, target.byteSize());
        long done = 0;
        try {
            while (done < target.byteSize()) {
                long piece = Math.min(MAX_READ_BYTES, target.byteSize() - done);
                ByteBuffer buffer = target.asSlice(done, piece).asByteBuffer();
                int count = file.channel().read(buffer, offsetBytes + done);
                if (count < 0) {
                    throw new Corrupt(
                            "truncated", origin(), "the file became shorter while it was read", "Index it again.");
                }
                done += count;
            }
        } catch (IOException e) {
            throw new Unreadable(
                    "unreadable",
                    origin(),
                    "reading at byte " + (offsetBytes + done) + " failed: " + e.getMessage(),
                    "Check the disk that holds the file.",
                    e);
        }
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
        Slice.checkWithin(sizeBytes(), origin(), offsetBytes, lengthBytes);
        List<Extent> extents = new ArrayList<>();
        long end = offsetBytes + lengthBytes;
        long at = offsetBytes;
        // SEEK_DATA and SEEK_HOLE move the one position of the descriptor.
        synchronized (file) {
            while (at < end) {
                long data = extents.size() < MAX_EXTENTS ? nextData(at, end) : at;
                if (data > at) {
                    extents.add(new Extent(at, data - at, true));
                    at = data;
                    continue;
                }
                long hole = extents.size() < MAX_EXTENTS ? nextHole(at, end) : end;
                extents.add(new Extent(at, hole - at, false));
                at = hole;
            }
        }
        return extents;
    }

    private long nextData(long at, long end) {
        long data = Posix.seek(file.descriptor(), at, Posix.SEEK_DATA);
        if (data == -Posix.ENXIO) {
            return end;
        }
        return data < 0 ? at : Math.min(end, data);
    }

    private long nextHole(long at, long end) {
        long hole = Posix.seek(file.descriptor(), at, Posix.SEEK_HOLE);
        return hole <= at ? end : Math.min(end, hole);
    }

    @Override
    public void close() {
        file.close();
    }
}
