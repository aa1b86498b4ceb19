package dev.stemma.graph.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was written is read, node for node. */
class NodeBytesTest {

    private static List<TreeNode> nodes() {
        List<TreeNode> nodes = new ArrayList<>();
        new RandomTree(new RandomTree(3).grow(4_000), 4).mutate(400).build(nodes::add);
        return nodes;
    }

    @Test
    void everyNodeComesBackAndHasTheIdThatItHad() {
        List<TreeNode> nodes = nodes();
        assertThat(nodes)
                .anyMatch(Chunk.class::isInstance)
                .anyMatch(node -> node.content() instanceof TreeNode.Content.Chunks);
        for (TreeNode node : nodes) {
            TreeNode back = NodeBytes.parse(node.id(), NodeBytes.of(node));
            assertThat(back).isEqualTo(node);
            TreeNode digested = back instanceof Chunk
                    ? back.content().asChunk()
                    : back.content().asDirectory();
            assertThat(digested.id()).isEqualTo(node.id());
        }
    }

    @Test
    void whatIsCutOffOrGoesOnIsRefused() {
        TreeNode node = nodes().stream()
                .filter(each -> NodeBytes.of(each).length > 500)
                .findFirst()
                .orElseThrow();
        byte[] bytes = NodeBytes.of(node);
        Digest id = node.id();
        for (int length = 0; length < bytes.length; length++) {
            byte[] some = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> NodeBytes.parse(id, some)).isInstanceOf(IllegalArgumentException.class);
        }
        byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> NodeBytes.parse(id, more)).isInstanceOf(IllegalArgumentException.class);
    }
}
