package dev.stemma.graph.tree;

import dev.stemma.graph.id.Digest;
import java.util.Map;
import java.util.Set;

/** Where nodes of the Merkle graph are fetched from by id, many in one round trip. */
@FunctionalInterface
public interface TreeSource {

    /** How many ids {@link TreeDiff} asks for at once, at most. */
    int MAX_IDS = 2_000;

    /**
     * Fetches nodes.
     *
     * @param ids of directories and chunks, at most {@link #MAX_IDS}
     * @return every node asked for, by id; entries bytewise by name
     * @throws IllegalStateException when one is missing, which a complete graph never shows
     */
    Map<Digest, TreeNode> fetch(Set<Digest> ids);
}
