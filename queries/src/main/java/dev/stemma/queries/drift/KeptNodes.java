package dev.stemma.queries.drift;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.tree.TreeNode;
import java.util.List;
import java.util.Map;

/** Gives nodes of the Merkle graph that are kept nearer by than in Neo4j. Safe for use by several threads. */
@FunctionalInterface
public interface KeptNodes {

    /** Has none. */
    KeptNodes NONE = _ -> Map.of();

    /**
     * Finds nodes, without asking the graph.
     *
     * @return those that are there; each is what the graph has under that id
     */
    Map<Digest, TreeNode> find(List<Digest> ids);
}
