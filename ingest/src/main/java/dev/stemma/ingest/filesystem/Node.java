package dev.stemma.ingest.filesystem;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Payload;
import java.util.Map;

/**
 * A directory entry as a reader lists it: name, attributes and payload, where a file's digest is still missing unless
 * the reader had to compute it ({@code guestfs}).
 *
 * @param id what the reader finds the node again by; an inode number in most file systems
 */
public record Node(GuestName name, long id, Attributes attributes, Payload payload) {

    private static final int ENTRY_BYTES = 256;

    /** How many entries of usual size it takes the memory of, 1 or more: a guest chooses how long names, targets and attributes are. */
    public int weight() {
        long bytes = name.length();
        for (Map.Entry<GuestName, GuestName> xattr : attributes.xattrs().entrySet()) {
            bytes += xattr.getKey().length() + xattr.getValue().length();
        }
        if (payload instanceof Payload.Link link) {
            bytes += link.target().length();
        }
        return Math.toIntExact(1 + bytes / ENTRY_BYTES);
    }
}
