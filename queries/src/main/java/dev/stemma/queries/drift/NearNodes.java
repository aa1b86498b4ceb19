package dev.stemma.queries.drift;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.tree.TreeNode;
import java.util.List;
import java.util.Map;

/** Where nodes of the Merkle graph are kept nearer by than in the graph. Safe for use by several threads. */
@FunctionalInterface
public interface NearNodes {

    /** Has none. */
    NearNodes NONE = _ -> Map.of();

    /**
     * Finds nodes, without asking the graph.
     *
     * @return those that are there; each is what the graph has under that id
     */
    Map<Digest, TreeNode> find(List<Digest> ids);
}
