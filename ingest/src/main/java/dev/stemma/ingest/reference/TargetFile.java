package dev.stemma.ingest.reference;

import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is being made. It stays when it was {@link #keep kept}; closing without that removes it. Until closed for any thread. */
final class TargetFile implements AutoCloseable {

    private final Path path;
    private final Descriptor descriptor;
    private final FileChannel channel;
    private final Budget budget;
    private final long blockBytes;
    private boolean kept;

    private TargetFile(Path path, Descriptor descriptor, FileChannel channel, Budget budget) throws IOException {
        this.path = path;
        this.budget = budget;
        this.blockBytes = Files.getFileStore(descriptor.path()).getBlockSize();
        this.descriptor = descriptor;
        this.channel = channel;
    }

    /** @throws java.nio.file.FileAlreadyExistsException when there is something of that name, which is left alone */
    static TargetFile create(Path path, Budget budget) throws IOException {
        Descriptor descriptor = Descriptor.create(path);
        try {
            return new TargetFile(
                    path,
                    descriptor,
                    FileChannel.open(descriptor.path(), StandardOpenOption.READ, StandardOpenOption.WRITE),
                    budget);
        } catch (IOException | RuntimeException e) {
            descriptor.close();
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Of the file system that it lies in. */
    long blockBytes() {
        return blockBytes;
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /** Asked once for some megabytes at most. */
    void checkBudget() throws OverBudget {
        budget.check(Origin.of(String.valueOf(path.getFileName())));
    }

    /** Fills the array's first bytes from this position; false when it is shorter. */
    boolean read(long at, byte[] into, int lengthBytes) throws ImageProblem, IOException {
        checkBudget();
        ByteBuffer bytes = ByteBuffer.wrap(into, 0, lengthBytes);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Writes all of the buffer. */
    void write(ByteBuffer bytes, long at) throws IOException {
        long to = at;
        while (bytes.hasRemaining()) {
            to += channel.write(bytes, to);
        }
    }

    /** Lets it end there, with a hole if less was written. */
    void setLength(long sizeBytes) throws IOException {
        if (channel.size() < sizeBytes) {
            channel.write(ByteBuffer.allocate(1), sizeBytes - 1);
        }
    }

    /** It is whole. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            descriptor.close();
            if (!kept) {
                Files.deleteIfExists(path);
            }
        }
    }
}
