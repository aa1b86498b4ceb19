package dev.stemma.ingest.reference;

import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.function.LongConsumer;

/**
 * Copies an image's file, byte for byte: sharing its place on the medium where the file system can, else with holes where it is zeros. The file must not
 * change meanwhile. Used by one thread at a time.
 */
public final class FileCopy {

    private static final int BLOCK_BYTES = 1 << 20;

    private final Budget budget;

    public FileCopy(Budget budget) {
        this.budget = budget;
    }

    /**
     * What came of it.
     *
     * @param shared whether no byte was copied, since both share their place
     * @param bytes of the file
     */
    public record Report(boolean shared, long bytes) {}

    /**
     * Copies. The copy is forced to the medium; one that fails leaves nothing.
     *
     * @param source a regular file
     * @param target a file that is not there yet
     * @param progress hears of how many bytes are done
     * @throws Unreadable when the source is no regular file, or changed meanwhile
     * @throws java.nio.file.FileAlreadyExistsException when the target is there; it is left alone
     */
    public Report copy(Path source, Path target, LongConsumer progress) throws ImageProblem, IOException {
        Origin origin = Origin.of(String.valueOf(source.getFileName()));
        if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
            throw new Unreadable("unreadable", origin, "it is no regular file", "Copy what it consists of.");
        }
        State before = State.of(source);
        try (TargetFile file = TargetFile.create(target, budget)) {
            boolean shared;
            try (Descriptor descriptor = Descriptor.reading(source)) {
                shared = file.descriptor().share(descriptor, 0, Descriptor.TO_THE_END, 0) == Descriptor.Shared.YES;
            }
            if (!shared) {
                copy(source, before.bytes(), file, progress);
            }
            if (!State.of(source).equals(before)) {
                throw new Unreadable(
                        "changed-while-read",
                        origin,
                        "it changed while it was copied",
                        "Stop the machine that runs it, or copy a snapshot of it.");
            }
            file.force();
            file.keep();
            return new Report(shared, before.bytes());
        }
    }

    private static void copy(Path source, long bytes, TargetFile file, LongConsumer progress)
            throws ImageProblem, IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK_BYTES);
        try (FileChannel channel = FileChannel.open(source, StandardOpenOption.READ)) {
            for (long at = 0; at < bytes; ) {
                file.checkBudget();
                block.clear();
                while (block.hasRemaining() && channel.read(block, at + block.position()) >= 0) {
                    continue;
                }
                if (block.position() == 0) {
                    break;
                }
                block.flip();
                int length = block.remaining();
                if (!block.equals(zeros.slice(0, length))) {
                    file.write(block, at);
                }
                at += length;
                progress.accept(at);
            }
        }
        file.setLength(bytes);
    }

    private record State(long bytes, FileTime changed) {
        static State of(Path file) throws IOException {
            return new State(Files.size(file), Files.getLastModifiedTime(file));
        }
    }
}
