package dev.stemma.queries.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.Chunk;
import dev.stemma.graph.tree.TreeEntry;
import dev.stemma.graph.tree.TreeNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.lucene.index.CorruptIndexException;
import org.junit.jupiter.api.Test;

/** What was written is read, node for node. */
class NodeBytesTest {

    private static final Digest ONE = Digest.sha256(new byte[] {1});
    private static final Digest TWO = Digest.sha256(new byte[] {2});

    /** Every kind of child, names that are no text, numbers at their ends. */
    private static List<TreeEntry> entries() {
        List<Child> children = List.of(
                new Child.Directory(ONE),
                new Child.File(TWO, 0),
                new Child.File(TWO, Long.MAX_VALUE),
                new Child.UnreadFile(ONE, 1L << 40),
                new Child.Link(GuestName.of(new byte[] {'/', (byte) 0xff, '\n'})),
                new Child.Device(true, 8, 1),
                new Child.Device(false, 0xffff_ffffL, 0),
                new Child.Pipe(),
                new Child.Socket());
        TreeMap<GuestName, GuestName> xattrs = new TreeMap<>();
        xattrs.put(GuestName.ofText("user.empty"), GuestName.EMPTY);
        xattrs.put(GuestName.ofText("user.b"), GuestName.of(new byte[300]));
        List<TreeEntry> entries = new ArrayList<>();
        for (Child child : children) {
            byte at = (byte) entries.size();
            entries.add(new TreeEntry(
                    GuestName.of(new byte[] {'n', (byte) (0x80 + at)}),
                    07777,
                    0xffff_ffffL,
                    at % 2 == 0 ? -1 : 0,
                    at % 3 == 0 ? xattrs : new TreeMap<>(),
                    child));
        }
        return entries;
    }

    private static List<TreeNode> nodes() {
        TreeNode.Content held = new TreeNode.Content.Entries(entries());
        TreeNode.Content parts = new TreeNode.Content.Chunks(List.of(ONE, TWO, ONE));
        TreeNode.Content empty = new TreeNode.Content.Entries(List.of());
        return List.of(held.asDirectory(), held.asChunk(), parts.asDirectory(), parts.asChunk(), empty.asDirectory());
    }

    @Test
    void everyNodeComesBackAndHasTheIdThatItHad() throws Exception {
        for (TreeNode node : nodes()) {
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
        for (TreeNode node : nodes()) {
            byte[] bytes = NodeBytes.of(node);
            for (int length = 0; length < bytes.length; length++) {
                byte[] some = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> NodeBytes.parse(node.id(), some)).isInstanceOf(CorruptIndexException.class);
            }
            byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
            assertThatThrownBy(() -> NodeBytes.parse(node.id(), more)).isInstanceOf(CorruptIndexException.class);
        }
    }
}
