package dev.stemma.queries.drift;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.TreeEntry;
import dev.stemma.graph.tree.TreeNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Directories and chunks that were read lately. A node is named by what it holds and never changes, so what is here is always
 * right; a fleet that is compared with one master reads the master once. Bounded in bytes, since a guest chooses how long its
 * names, link targets and extended attributes are; the least recently used go first. Safe for several threads.
 */
final class TreeNodeCache {

    /** Some 150,000 entries of an ordinary system. */
    static final long MAX_BYTES = 40L << 20;

    /** Heap of a node or an entry with its objects, without what the guest chose; reckoned, not measured. */
    private static final int FIXED_BYTES = 250;

    /** A digest in a list. */
    private static final int DIGEST_BYTES = 56;

    private final long maxBytes;
    private final Map<Digest, TreeNode> nodes = new LinkedHashMap<>(256, 0.75f, true);
    private long bytes;

    TreeNodeCache() {
        this(MAX_BYTES);
    }

    TreeNodeCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Those of the nodes that are here, in a map of the caller's own. */
    synchronized Map<Digest, TreeNode> find(Set<Digest> ids) {
        Map<Digest, TreeNode> found = new HashMap<>();
        for (Digest id : ids) {
            TreeNode node = nodes.get(id);
            if (node != null) {
                found.put(id, node);
            }
        }
        return found;
    }

    synchronized void addAll(Map<Digest, TreeNode> read) {
        read.forEach((id, node) -> {
            if (nodes.put(id, node) == null) {
                bytes += bytes(node);
            }
        });
        var eldest = nodes.values().iterator();
        while (bytes > maxBytes) {
            bytes -= bytes(eldest.next());
            eldest.remove();
        }
    }

    /** Heap that what is here takes, about. */
    synchronized long bytes() {
        return bytes;
    }

    /** The same for one node, the same each time it is asked. */
    static long bytes(TreeNode node) {
        return FIXED_BYTES
                + switch (node.content()) {
                    case TreeNode.Content.Entries held ->
                        held.entries().stream().mapToLong(TreeNodeCache::bytes).sum();
                    case TreeNode.Content.Chunks held -> (long) held.ids().size() * DIGEST_BYTES;
                };
    }

    private static long bytes(TreeEntry entry) {
        long bytes = FIXED_BYTES + entry.name().length();
        if (entry.child() instanceof Child.Link link) {
            bytes += link.target().length();
        }
        for (Map.Entry<GuestName, GuestName> xattr : entry.xattrs().entrySet()) {
            bytes += FIXED_BYTES + xattr.getKey().length() + xattr.getValue().length();
        }
        return bytes;
    }
}
