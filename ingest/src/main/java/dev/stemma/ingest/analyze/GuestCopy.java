package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.GuestFiles.Found;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader.ContentSink;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A guest's file copied to where it can be read at random: readers of file systems hand contents out from first byte to last,
 * and a database wants its pages. The copy is a temporary file without a name, so that nothing of it is left however the process
 * ends, and so that the heap does not grow with it. Holes stay holes.
 *
 * <p>Safe for use by several threads; whoever opened it closes it.
 */
public final class GuestCopy implements ByteSource {

    private final FileChannel channel;
    private final Origin origin;
    private long sizeBytes;

    private GuestCopy(FileChannel channel, Origin origin) {
        this.channel = channel;
        this.origin = origin;
    }

    /**
     * Copies a regular file.
     *
     * @throws OverBudget {@code size-limit} when it has more bytes than that
     * @throws Unreadable when the host has no room
     */
    public static GuestCopy open(GuestFiles files, Found found, long maxBytes) throws ImageProblem {
        Origin origin = files.origin(found.path());
        if (!(found.node().payload() instanceof Payload.File file)) {
            throw new Corrupt("bad-value", origin, "is not a regular file");
        }
        if (file.sizeBytes() > maxBytes) {
            throw new OverBudget(
                    "size-limit", origin, "has " + file.sizeBytes() + " bytes, at most " + maxBytes + " are read");
        }
        GuestCopy copy = new GuestCopy(temporary(origin), origin);
        try {
            found.reader().read(found.node(), copy.new Filling(files, maxBytes));
        } catch (ImageProblem | RuntimeException e) {
            copy.close();
            throw e;
        }
        return copy;
    }

    private static FileChannel temporary(Origin origin) throws Unreadable {
        try {
            Path path = Files.createTempFile("stemma-", ".copy");
            try {
                return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            } finally {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw failed(origin, e);
        }
    }

    private static Unreadable failed(Origin origin, IOException e) {
        return new Unreadable(
                "unreadable",
                origin,
                "a temporary copy failed: " + e.getMessage(),
                "Make room in the directory for temporary files.",
                e);
    }

    private final class Filling implements ContentSink {
        private final GuestFiles files;
        private final long maxBytes;

        Filling(GuestFiles files, long maxBytes) {
            this.files = files;
            this.maxBytes = maxBytes;
        }

        @Override
        public void data(MemorySegment bytes) throws ImageProblem {
            files.budget().check(origin);
            long at = sizeBytes;
            advance(bytes.byteSize());
            try {
                ByteBuffer buffer = bytes.asByteBuffer();
                while (buffer.hasRemaining()) {
                    at += channel.write(buffer, at);
                }
            } catch (IOException e) {
                throw failed(origin, e);
            }
        }

        @Override
        public void hole(long lengthBytes) throws ImageProblem {
            advance(lengthBytes);
        }

        private void advance(long more) throws ImageProblem {
            if (more < 0 || more > maxBytes - sizeBytes) {
                throw new OverBudget("size-limit", origin, "has more than " + maxBytes + " bytes");
            }
            sizeBytes += more;
        }
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
        if (offsetBytes < 0 || offsetBytes > sizeBytes - target.byteSize()) {
            throw new Corrupt(
                    "out-of-bounds",
                    origin,
                    "needs bytes " + offsetBytes + " to " + (offsetBytes + target.byteSize()) + " of " + sizeBytes);
        }
        try {
            ByteBuffer buffer = target.asByteBuffer();
            long at = offsetBytes;
            while (buffer.hasRemaining()) {
                int count = channel.read(buffer, at);
                if (count < 0) {
                    break; // A hole at the end, which the copy does not store.
                }
                at += count;
            }
            target.asSlice(at - offsetBytes).fill((byte) 0);
        } catch (IOException e) {
            throw failed(origin, e);
        }
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) {
        return lengthBytes == 0 ? List.of() : List.of(new Extent(offsetBytes, lengthBytes, false));
    }

    @Override
    public void close() throws Unreadable {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(origin, e);
        }
    }
}
