package dev.stemma.queries.inventory;

import java.util.List;
import java.util.Optional;

/**
 * One name in a directory of an image. Times are in the manifest and not here.
 *
 * @param name escaped form of the guest's bytes; empty for a root directory
 * @param kind {@code file}, {@code dir}, {@code link}, {@code block}, {@code char}, {@code fifo}, {@code socket}
 * @param mode permission bits, 0 to 07777
 * @param xattrs extended attributes as {@code name=base64}
 * @param sizeBytes of a file
 * @param digest SHA-256 of a file's content; empty when it was not read
 * @param target of a link, escaped
 * @param device numbers of a device node, {@code 8:0}
 * @param node id of the node in the graph: a directory's digest among others
 */
public record EntryFacts(
        String name,
        String kind,
        int mode,
        long uid,
        long gid,
        List<String> xattrs,
        Optional<Long> sizeBytes,
        Optional<String> digest,
        Optional<String> target,
        Optional<String> device,
        String node) {

    public EntryFacts {
        xattrs = List.copyOf(xattrs);
    }

    /** The same under another name. */
    EntryFacts named(String other) {
        return new EntryFacts(other, kind, mode, uid, gid, xattrs, sizeBytes, digest, target, device, node);
    }

    /**
     * The word of {@link dev.stemma.graph.model.Payload#kind()} for a node of the Merkle graph.
     *
     * @param labels the node's
     * @param deviceKind the property {@code kind} of a device
     */
    public static String kind(List<String> labels, Optional<String> deviceKind) {
        for (String label : labels) {
            switch (label) {
                case "File", "UnreadFile" -> {
                    return "file";
                }
                case "Directory" -> {
                    return "dir";
                }
                case "Link" -> {
                    return "link";
                }
                case "Device" -> {
                    return deviceKind.orElse("char");
                }
                case "Pipe" -> {
                    return "fifo";
                }
                case "Socket" -> {
                    return "socket";
                }
                default -> {}
            }
        }
        throw new IllegalStateException("no entry leads to a node labelled " + labels);
    }
}
