package dev.stemma.graph.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Nodes on the heap. Takes a node only when all below it is there already, and counts round trips and new nodes. */
final class HeapSource implements TreeSource, Consumer<TreeNode> {

    final Map<Digest, TreeNode> nodes = new HashMap<>();
    int fetches;
    int fetched;
    int added;

    @Override
    public void accept(TreeNode node) {
        switch (node.content()) {
            case TreeNode.Content.Entries held ->
                held.entries().forEach(entry -> {
                    if (entry.child() instanceof Child.Directory below) {
                        assertThat(nodes).containsKey(below.id());
                    }
                });
            case TreeNode.Content.Chunks held ->
                assertThat(nodes).containsKeys(held.ids().toArray(Digest[]::new));
        }
        if (nodes.putIfAbsent(node.id(), node) == null) {
            added++;
        }
    }

    @Override
    public Map<Digest, TreeNode> fetch(Set<Digest> ids) {
        assertThat(ids).hasSizeBetween(1, MAX_IDS);
        fetches++;
        fetched += ids.size();
        Map<Digest, TreeNode> answer = new HashMap<>();
        for (Digest id : ids) {
            TreeNode node = nodes.get(id);
            if (node != null) {
                answer.put(id, node);
            }
        }
        return answer;
    }
}
