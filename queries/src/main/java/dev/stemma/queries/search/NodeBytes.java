package dev.stemma.queries.search;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.Chunk;
import dev.stemma.graph.tree.DirectoryNode;
import dev.stemma.graph.tree.TreeEntry;
import dev.stemma.graph.tree.TreeNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;

/**
 * A node of the Merkle graph as the bytes of {@link IndexFields#HELD}, with all that it tells. Not the canonical form: that has the digests of children alone, and neither sizes
 * nor targets. A change here is a new {@link IndexFields#VERSION}.
 */
final class NodeBytes {

    private static final int DIRECTORY = 1;
    private static final int CHUNKS = 2;

    private NodeBytes() {}

    /** The bytes of a node, without its id. */
    static byte[] of(TreeNode node) {
        ByteBuffersDataOutput out = new ByteBuffersDataOutput();
        int directory = node instanceof DirectoryNode ? DIRECTORY : 0;
        try {
            switch (node.content()) {
                case TreeNode.Content.Entries(List<TreeEntry> entries) -> {
                    out.writeByte((byte) directory);
                    out.writeVInt(entries.size());
                    for (TreeEntry entry : entries) {
                        entry(out, entry);
                    }
                }
                case TreeNode.Content.Chunks(List<Digest> ids) -> {
                    out.writeByte((byte) (CHUNKS | directory));
                    out.writeVInt(ids.size());
                    for (Digest id : ids) {
                        out.writeBytes(id.bytes());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return out.toArrayCopy();
    }

    /**
     * The node of some bytes.
     *
     * @param id that it had; it is not computed again
     * @throws CorruptIndexException when {@link #of} does not give such bytes
     */
    static TreeNode parse(Digest id, byte[] bytes) throws IOException {
        try {
            ByteArrayDataInput in = new ByteArrayDataInput(bytes);
            int kind = in.readByte();
            int count = in.readVInt();
            TreeNode.Content content = (kind & CHUNKS) != 0 ? chunks(in, count) : entries(in, count);
            if (!in.eof()) {
                throw new CorruptIndexException("a node goes on after its end", id.hex());
            }
            return (kind & DIRECTORY) != 0 ? new DirectoryNode(id, content) : new Chunk(id, content);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new CorruptIndexException("a node cannot be read", id.hex(), e);
        }
    }

    private static TreeNode.Content chunks(ByteArrayDataInput in, int count) {
        List<Digest> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(digest(in));
        }
        return new TreeNode.Content.Chunks(ids);
    }

    private static TreeNode.Content entries(ByteArrayDataInput in, int count) throws IOException {
        List<TreeEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(in));
        }
        return new TreeNode.Content.Entries(entries);
    }

    private static void entry(ByteBuffersDataOutput out, TreeEntry entry) throws IOException {
        name(out, entry.name());
        out.writeVInt(entry.mode());
        out.writeZLong(entry.uid());
        out.writeZLong(entry.gid());
        out.writeVInt(entry.xattrs().size());
        for (Map.Entry<GuestName, GuestName> xattr : entry.xattrs().entrySet()) {
            name(out, xattr.getKey());
            name(out, xattr.getValue());
        }
        Child child = entry.child();
        out.writeByte((byte) child.letter());
        switch (child) {
            case Child.Directory(Digest id) -> out.writeBytes(id.bytes());
            case Child.File(Digest content, long sizeBytes) -> {
                out.writeBytes(content.bytes());
                out.writeZLong(sizeBytes);
            }
            case Child.UnreadFile(Digest id, long sizeBytes) -> {
                out.writeBytes(id.bytes());
                out.writeZLong(sizeBytes);
            }
            case Child.Link(GuestName target) -> name(out, target);
            case Child.Device(boolean _, long major, long minor) -> {
                out.writeZLong(major);
                out.writeZLong(minor);
            }
            case Child.Pipe _, Child.Socket _ -> {}
        }
    }

    private static TreeEntry entry(ByteArrayDataInput in) throws IOException {
        GuestName name = name(in);
        int mode = in.readVInt();
        long uid = in.readZLong();
        long gid = in.readZLong();
        SortedMap<GuestName, GuestName> xattrs = new TreeMap<>();
        for (int left = in.readVInt(); left > 0; left--) {
            xattrs.put(name(in), name(in));
        }
        char letter = (char) in.readByte();
        Child child =
                switch (letter) {
                    case 'd' -> new Child.Directory(digest(in));
                    case 'f' -> new Child.File(digest(in), in.readZLong());
                    case 'u' -> new Child.UnreadFile(digest(in), in.readZLong());
                    case 'l' -> new Child.Link(name(in));
                    case 'b', 'c' -> new Child.Device(letter == 'b', in.readZLong(), in.readZLong());
                    case 'p' -> new Child.Pipe();
                    case 's' -> new Child.Socket();
                    default -> throw new IllegalArgumentException("no child has the letter " + (int) letter);
                };
        return new TreeEntry(name, mode, uid, gid, xattrs, child);
    }

    private static void name(ByteBuffersDataOutput out, GuestName name) throws IOException {
        out.writeVInt(name.length());
        out.writeBytes(name.bytes());
    }

    private static GuestName name(ByteArrayDataInput in) {
        return GuestName.of(bytes(in, in.readVInt()));
    }

    private static Digest digest(ByteArrayDataInput in) {
        return Digest.of(bytes(in, Digest.LENGTH_BYTES));
    }

    private static byte[] bytes(ByteArrayDataInput in, int length) {
        if (length < 0 || length > in.length() - in.getPosition()) {
            throw new IndexOutOfBoundsException("a text ends after the bytes do");
        }
        byte[] bytes = new byte[length];
        in.readBytes(bytes, 0, length);
        return bytes;
    }
}
