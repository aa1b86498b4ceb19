package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is being made, under another name beside it until it is whole. It appears when it is {@link #keep kept}; closing without that leaves nothing, and a crash
 * what is called {@code .stemma-….partial}, which whoever makes the same file next removes. Until closed for any thread.
 */
final class TargetFile implements AutoCloseable {

    private static final int NAME_DIGITS = 32;

    /** Far behind what QEMU locks. */
    private static final long LOCKED_BYTE = 1L << 62;

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
        removeLeft(partial);
        Descriptor descriptor = Descriptor.create(partial);
        try {
            FileChannel channel =
                    FileChannel.open(descriptor.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
            hold(channel);
            return new TargetFile(path, partial, descriptor, channel, budget);
        } catch (IOException | RuntimeException e) {
            descriptor.close();
            Files.deleteIfExists(partial);
            throw e;
        }
    }

    /** What a file is called until it is whole: the same each time, so that what a crash leaves is found. */
    static Path partial(Path target) {
        byte[] name = String.valueOf(target.getFileName()).getBytes(StandardCharsets.UTF_8);
        return target.toAbsolutePath()
                .resolveSibling(".stemma-" + Digest.sha256(name).hex().substring(0, NAME_DIGITS) + ".partial");
    }

    /** Says to other processes that somebody is at it, until the channel, or any other of this process to the same file, is closed. */
    static void hold(FileChannel channel) throws IOException {
        try {
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                throw new IOException("another process makes the same file");
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException("the same file is being made already", e);
        }
    }

    /**
     * Removes what a process that is gone had begun.
     *
     * @throws IOException when somebody is at it
     */
    static void removeLeft(Path partial) throws IOException {
        if (Files.isRegularFile(partial, LinkOption.NOFOLLOW_LINKS)) {
            try (FileChannel left = FileChannel.open(partial, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                hold(left);
                Files.delete(partial);
            }
        }
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

    /** Lets a stretch that was written be on its way to the medium, while the next is made. */
    void beginWriting(long from, long to) {
        if (from < to) {
            descriptor.beginWriting(from, to - from);
        }
    }

    /** Lets it end there, with a hole if less was written. */
    void setLength(long sizeBytes) throws IOException {
        if (channel.size() < sizeBytes) {
            channel.write(ByteBuffer.allocate(1), sizeBytes - 1);
        }
    }

    /** Has what was written be on the medium. */
    void force() throws IOException {
        channel.force(true);
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
