package dev.stemma.queries.drift;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.tree.TreeNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Directories and chunks that were read lately. A node is named by what it holds and never changes, so what is here is always
 * right; a fleet that is compared with one master reads the master once. Bounded in entries, the least recently used go first.
 * Safe for several threads.
 */
final class TreeNodeCache {

    /** Some 250 bytes of heap each. */
    static final int MAX_ENTRIES = 150_000;

    private final int maxEntries;
    private final Map<Digest, TreeNode> nodes = new LinkedHashMap<>(256, 0.75f, true);
    private int entries;

    TreeNodeCache() {
        this(MAX_ENTRIES);
    }

    TreeNodeCache(int maxEntries) {
        this.maxEntries = maxEntries;
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
                entries += size(node);
            }
        });
        var eldest = nodes.values().iterator();
        while (entries > maxEntries) {
            entries -= size(eldest.next());
            eldest.remove();
        }
    }

    /** Entries that are here, each node counted as one more. */
    synchronized int entries() {
        return entries;
    }

    private static int size(TreeNode node) {
        return 1
                + switch (node.content()) {
                    case TreeNode.Content.Entries held -> held.entries().size();
                    case TreeNode.Content.Chunks held -> held.ids().size();
                };
    }
}
