package dev.stemma.graph.tree;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node as bytes, with all that it tells, for whoever keeps nodes at hand beside the graph. Not the canonical form: that has the digests of children alone, and neither sizes nor
 * targets. Whoever keeps such bytes keeps a version with them; there is none in here.
 */
public final class NodeBytes {

    private static final int DIRECTORY = 1;
    private static final int CHUNKS = 2;

    private NodeBytes() {}

    /** The bytes of a node, without its id. */
    public static byte[] of(TreeNode node) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            boolean directory = node instanceof DirectoryNode;
            switch (node.content()) {
                case TreeNode.Content.Entries(List<TreeEntry> entries) -> {
                    out.writeByte(directory ? DIRECTORY : 0);
                    number(out, entries.size());
                    for (TreeEntry entry : entries) {
                        entry(out, entry);
                    }
                }
                case TreeNode.Content.Chunks(List<Digest> ids) -> {
                    out.writeByte(CHUNKS | (directory ? DIRECTORY : 0));
                    number(out, ids.size());
                    for (Digest id : ids) {
                        out.write(id.bytes());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The node of some bytes.
     *
     * @param id that it had; it is not computed again
     * @throws IllegalArgumentException when {@link #of} does not give such bytes
     */
    public static TreeNode parse(Digest id, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int kind = in.readUnsignedByte();
            int count = Math.toIntExact(number(in));
            TreeNode.Content content;
            if ((kind & CHUNKS) != 0) {
                List<Digest> ids = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    ids.add(digest(in));
                }
                content = new TreeNode.Content.Chunks(ids);
            } else {
                List<TreeEntry> entries = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    entries.add(entry(in));
                }
                content = new TreeNode.Content.Entries(entries);
            }
            if (in.available() > 0) {
                throw new IllegalArgumentException("bytes of " + id + " go on after its end");
            }
            return (kind & DIRECTORY) != 0 ? new DirectoryNode(id, content) : new Chunk(id, content);
        } catch (IOException | ArithmeticException e) {
            throw new IllegalArgumentException("bytes of " + id + " are none of a node", e);
        }
    }

    private static void entry(DataOutputStream out, TreeEntry entry) throws IOException {
        name(out, entry.name());
        number(out, entry.mode());
        number(out, entry.uid());
        number(out, entry.gid());
        number(out, entry.xattrs().size());
        for (Map.Entry<GuestName, GuestName> xattr : entry.xattrs().entrySet()) {
            name(out, xattr.getKey());
            name(out, xattr.getValue());
        }
        Child child = entry.child();
        out.writeByte(child.letter());
        switch (child) {
            case Child.Directory(Digest id) -> out.write(id.bytes());
            case Child.File(Digest content, long sizeBytes) -> {
                out.write(content.bytes());
                number(out, sizeBytes);
            }
            case Child.UnreadFile(Digest id, long sizeBytes) -> {
                out.write(id.bytes());
                number(out, sizeBytes);
            }
            case Child.Link(GuestName target) -> name(out, target);
            case Child.Device(boolean _, long major, long minor) -> {
                number(out, major);
                number(out, minor);
            }
            case Child.Pipe _, Child.Socket _ -> {}
        }
    }

    private static TreeEntry entry(DataInputStream in) throws IOException {
        GuestName name = name(in);
        int mode = Math.toIntExact(number(in));
        long uid = number(in);
        long gid = number(in);
        SortedMap<GuestName, GuestName> xattrs = new TreeMap<>();
        for (long left = number(in); left > 0; left--) {
            xattrs.put(name(in), name(in));
        }
        char letter = (char) in.readUnsignedByte();
        Child child =
                switch (letter) {
                    case 'd' -> new Child.Directory(digest(in));
                    case 'f' -> new Child.File(digest(in), number(in));
                    case 'u' -> new Child.UnreadFile(digest(in), number(in));
                    case 'l' -> new Child.Link(name(in));
                    case 'b', 'c' -> new Child.Device(letter == 'b', number(in), number(in));
                    case 'p' -> new Child.Pipe();
                    case 's' -> new Child.Socket();
                    default -> throw new IllegalArgumentException("no child has the letter " + (int) letter);
                };
        return new TreeEntry(name, mode, uid, gid, xattrs, child);
    }

    private static void name(DataOutputStream out, GuestName name) throws IOException {
        number(out, name.length());
        out.write(name.bytes());
    }

    private static GuestName name(DataInputStream in) throws IOException {
        return GuestName.of(bytes(in, number(in)));
    }

    private static Digest digest(DataInputStream in) throws IOException {
        return Digest.of(bytes(in, Digest.LENGTH_BYTES));
    }

    private static byte[] bytes(DataInputStream in, long length) throws IOException {
        if (length < 0 || length > in.available()) {
            throw new IllegalArgumentException("a text ends after the bytes do");
        }
        return in.readNBytes((int) length);
    }

    /** Seven bits a byte, the low ones first; also a negative number. */
    private static void number(DataOutputStream out, long number) throws IOException {
        long left = number;
        while ((left & ~0x7fL) != 0) {
            out.writeByte((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.writeByte((int) left);
    }

    private static long number(DataInputStream in) throws IOException {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = in.readUnsignedByte();
            number |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number has more than 64 bits");
    }
}
