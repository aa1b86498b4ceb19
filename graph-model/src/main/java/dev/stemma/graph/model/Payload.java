package dev.stemma.graph.model;

import dev.stemma.graph.id.Digest;
import java.util.Optional;

/** What an {@link Entry} holds, by kind of entry. */
public sealed interface Payload {

    /**
     * A regular file.
     *
     * @param sizeBytes length, 0 or more, holes counted
     * @param digest of the content; empty when it was not read (basic level, encrypted, over budget), which an observation explains
     */
    record File(long sizeBytes, Optional<Digest> digest) implements Payload {}

    /** A directory; its entries follow it. */
    record Directory() implements Payload {}

    /**
     * A symbolic link.
     *
     * @param target the bytes as they stand, never followed on the host
     */
    record Link(GuestName target) implements Payload {}

    /**
     * A device node.
     *
     * @param block true for a block device, false for a character device
     */
    record Device(boolean block, long major, long minor) implements Payload {}

    /** A named pipe. */
    record Pipe() implements Payload {}

    /** A socket. */
    record Socket() implements Payload {}

    /** The word used in the graph, in manifests and on screens. */
    default String kind() {
        return switch (this) {
            case File _ -> "file";
            case Directory _ -> "dir";
            case Link _ -> "link";
            case Device device -> device.block() ? "block" : "char";
            case Pipe _ -> "fifo";
            case Socket _ -> "socket";
        };
    }
}
