package dev.stemma.graph.tree;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import java.nio.charset.StandardCharsets;

/** What a name in a directory leads to: a node of the graph, named by its content. */
public sealed interface Child {

    /**
     * A directory.
     *
     * @param id digest of its canonical form
     */
    record Directory(Digest id) implements Child {}

    /**
     * A regular file whose content was read.
     *
     * @param content SHA-256 of the content
     * @param sizeBytes 0 or more
     */
    record File(Digest content, long sizeBytes) implements Child {}

    /**
     * A regular file whose content was not read.
     *
     * @param id stands for what is known of it, see {@link TreeEntry#of}
     * @param sizeBytes 0 or more
     */
    record UnreadFile(Digest id, long sizeBytes) implements Child {}

    /**
     * A symbolic link.
     *
     * @param target its bytes, never followed on the host
     */
    record Link(GuestName target) implements Child {}

    /**
     * A device node.
     *
     * @param block true for a block device, false for a character device
     */
    record Device(boolean block, long major, long minor) implements Child {}

    /** A named pipe. */
    record Pipe() implements Child {}

    /** A socket. */
    record Socket() implements Child {}

    /** The {@code id} of its node in the graph. */
    default String nodeId() {
        return switch (this) {
            case Directory directory -> directory.id().hex();
            case File file -> file.content().hex();
            case UnreadFile unread -> unread.id().hex();
            case Link link -> digest().hex();
            case Device device -> (device.block() ? "block:" : "char:") + device.major() + ":" + device.minor();
            case Pipe _ -> "fifo";
            case Socket _ -> "socket";
        };
    }

    /** What stands for it in the canonical form of its directory. */
    default Digest digest() {
        return switch (this) {
            case Directory directory -> directory.id();
            case File file -> file.content();
            case UnreadFile unread -> unread.id();
            case Link link -> Digest.sha256(link.target().bytes());
            case Device _, Pipe _, Socket _ -> Digest.sha256(nodeId().getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** The letter of its kind in the canonical form. */
    default char letter() {
        return switch (this) {
            case Directory _ -> 'd';
            case File _ -> 'f';
            case UnreadFile _ -> 'u';
            case Link _ -> 'l';
            case Device device -> device.block() ? 'b' : 'c';
            case Pipe _ -> 'p';
            case Socket _ -> 's';
        };
    }

    /** Whether both are files, directories, … ; a file that was not read is a file too. */
    default boolean sameKind(Child other) {
        char mine = letter() == 'u' ? 'f' : letter();
        char theirs = other.letter() == 'u' ? 'f' : other.letter();
        return mine == theirs;
    }
}
