package dev.stemma.ingest.reference;

import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that is being made, under another name beside it until it is whole. It appears when it is {@link #keep kept}; closing without that leaves nothing, and a crash
 * what is called {@code .stemma-….partial}. Until closed for any thread.
 */
final class TargetFile implements AutoCloseable {

    private final Path path;
    private final Path partial;
    private final Descriptor descriptor;
    private final FileChannel channel;
    private final Budget budget;
    private final long blockBytes;

    private TargetFile(Path path, Path partial, Descriptor descriptor, FileChannel channel, Budget budget)
            throws IOException {
        this.path = path;
        this.partial = partial;
        this.budget = budget;
        this.blockBytes = Files.getFileStore(descriptor.path()).getBlockSize();
        this.descriptor = descriptor;
        this.channel = channel;
    }

    /** @throws java.nio.file.FileAlreadyExistsException when there is something of that name, which is left alone */
    static TargetFile create(Path path, Budget budget) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        Path partial = partial(path);
        Descriptor descriptor = Descriptor.create(partial);
        try {
            return new TargetFile(
                    path,
                    partial,
                    descriptor,
                    FileChannel.open(descriptor.path(), StandardOpenOption.READ, StandardOpenOption.WRITE),
                    budget);
        } catch (IOException | RuntimeException e) {
            descriptor.close();
            Files.deleteIfExists(partial);
            throw e;
        }
    }

    /** What a file is called until it is whole. */
    static Path partial(Path target) {
        return target.toAbsolutePath().resolveSibling(".stemma-" + UUID.randomUUID() + ".partial");
    }

    /**
     * Gives a whole file its name. A link is made or not, and overwrites nothing; where there are none, a rename after a look has to do.
     *
     * @throws FileAlreadyExistsException when something has got that name meanwhile
     */
    static void publish(Path partial, Path target) throws IOException {
        try {
            Files.createLink(target, partial);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(partial, target);
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

    /** It is whole, and gets its name. Nothing is forced to the medium. */
    void keep() throws IOException {
        publish(partial, path);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            descriptor.close();
            Files.deleteIfExists(partial);
        }
    }
}
