package dev.stemma.ingest.filesystem;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * Reads one file system, never writing to it and never replaying into it. Made for hostile bytes: whatever the disk
 * says, each call ends within the budget it was opened with, in an answer or an {@link ImageProblem}.
 *
 * <p>Safe for use by several threads at once. Closed by whoever opened it; the bytes below are not closed with it.
 */
public interface FileSystemReader extends AutoCloseable {

    /** What the file system says of itself. */
    FileSystem facts();

    /** Which subvolume this reads; empty for file systems without. */
    default Optional<Subvolume> subvolume() {
        return Optional.empty();
    }

    /** Where it lies, for messages. */
    Origin origin();

    /** The reader with its version, as inventories and observations name it: {@code ext/1}. */
    String name();

    /** The root directory; its name is empty. */
    Node root() throws ImageProblem;

    /**
     * The entries of a directory without {@code .} and {@code ..}, sorted bytewise by name.
     *
     * @throws dev.stemma.ingest.problem.Corrupt when the directory cannot be trusted; no part of it is returned
     */
    List<Node> list(Node directory) throws ImageProblem;

    /** Whether a directory that was listed lately costs nothing to {@link #list} again. */
    default boolean keepsListings() {
        return false;
    }

    /**
     * A regular file's content in order, from the first byte to the last, holes included as such.
     *
     * @throws dev.stemma.ingest.problem.Unsupported for content that is encrypted
     */
    void read(Node file, ContentSink sink) throws ImageProblem;

    /**
     * A stretch of a regular file's content, in order. A reader that finds a place in a file without reading up to it
     * overrides this; by itself everything before the stretch is read and dropped.
     *
     * @param offsetBytes where the stretch begins, 0 or more
     * @param lengthBytes how long it is; what would lie behind the end of the file is left out
     */
    default void read(Node file, long offsetBytes, long lengthBytes, ContentSink sink) throws ImageProblem {
        Stretch.read(this, file, offsetBytes, lengthBytes, sink);
    }

    /**
     * Says that everything is about to be listed and read. A reader that can digest all files at once, cheaper than one by
     * one, does so now; {@link #list} gives their digests from then on, and they need not be read.
     */
    default void prepareFullWalk() throws ImageProblem {}

    /**
     * A regular file as a registry hive of Windows; empty where this reader cannot look into one.
     *
     * @param path of the file, for messages
     */
    default Optional<RegistryHive> hive(Node file, GuestPath path) throws ImageProblem {
        return Optional.empty();
    }

    /** A position on the medium to sort reads by, so that a disk is read forward; 0 where none is known. */
    default long position(Node file) {
        return 0;
    }

    /**
     * Where a regular file's content lies on the disk, for contents that lie there byte for byte and nowhere else. Empty
     * where they do not (inline, compressed, encrypted, replayed from a journal), where there are too many pieces, and where
     * the reader or what is below it cannot tell.
     */
    default Optional<Places> places(Node file) throws ImageProblem {
        return Optional.empty();
    }

    /** What could not be read below the surface so far, in the order met; safe to call at any time. */
    default List<dev.stemma.graph.model.Observation> observations() {
        return List.of();
    }

    @Override
    void close() throws ImageProblem;

    /** Takes a file's content piece by piece. Called from one thread for each file. */
    interface ContentSink {
        /** The next bytes; the segment is the reader's and valid only during the call. At most 1 MiB at once. */
        void data(MemorySegment bytes) throws ImageProblem;

        /** The next stretch is zeros that the file system does not store. */
        void hole(long lengthBytes) throws ImageProblem;
    }

    /** Opens a reader when it knows the bytes as its own. One a folder. */
    interface Format {
        /** Whether the bytes carry this format's magic; no side effect. */
        boolean detect(ByteSource bytes) throws ImageProblem;

        /**
         * @throws dev.stemma.ingest.problem.Unsupported with {@code needs-recovery} when the journal must be replayed first
         *     and this reader cannot, or with {@code unsupported-feature}; another reader may then be tried
         */
        FileSystemReader open(ByteSource bytes, dev.stemma.ingest.problem.Budget budget) throws ImageProblem;
    }
}
