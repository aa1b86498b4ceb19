package dev.stemma.graph.tree;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds the Merkle graph of one file system from its entries in the order of a walk: the root first, each directory
 * before what it holds, names bytewise. Nodes leave bottom-up: when a directory arrives at the sink, all below it has.
 *
 * <p>Memory holds the open path and, of each directory on it, the entries that do not fill a chunk yet. Not thread-safe;
 * used once.
 */
public final class TreeBuilder {

    private final Consumer<TreeNode> sink;
    private final Deque<Open> open = new ArrayDeque<>();

    /** A directory whose entries are still arriving. */
    private static final class Open {
        final GuestPath path;
        final Attributes attributes;
        final Splitter splitter;

        @Nullable
        GuestName last;

        Open(GuestPath path, Attributes attributes, Splitter splitter) {
            this.path = path;
            this.attributes = attributes;
            this.splitter = splitter;
        }
    }

    /** @param sink takes each finished node, below before above; the same node may come more than once */
    public TreeBuilder(Consumer<TreeNode> sink) {
        this.sink = sink;
    }

    /**
     * Takes the next entry of the walk.
     *
     * @throws IllegalArgumentException when it is out of order, comes twice, or lies in no open directory
     */
    public void add(Entry entry) {
        GuestPath path = entry.path();
        if (open.isEmpty() != path.names().isEmpty()) {
            throw new IllegalArgumentException("a walk starts with the root, once: " + path.escaped());
        }
        if (!path.names().isEmpty()) {
            closeDownTo(path);
            order(open.getFirst(), path);
        }
        if (entry.payload() instanceof Payload.Directory) {
            open.push(new Open(path, entry.attributes(), new Splitter(sink)));
        } else if (open.isEmpty()) {
            throw new IllegalArgumentException(
                    "the root is a directory, not a " + entry.payload().kind());
        } else {
            open.getFirst().splitter.add(TreeEntry.of(entry));
        }
    }

    private void closeDownTo(GuestPath path) {
        while (open.getFirst().path.depth() >= path.depth()) {
            close();
        }
        if (!open.getFirst().path.equals(path.parent())) {
            throw new IllegalArgumentException("in no open directory: " + path.escaped());
        }
    }

    private static void order(Open directory, GuestPath path) {
        GuestName last = directory.last;
        if (last != null && last.compareTo(path.name()) >= 0) {
            throw new IllegalArgumentException(
                    "names come bytewise and once: " + path.escaped() + " after " + last.escaped());
        }
        directory.last = path.name();
    }

    private Digest close() {
        Open done = open.pop();
        Digest id = done.splitter.finish().id();
        if (!open.isEmpty()) {
            open.getFirst().splitter.add(TreeEntry.of(done.path.name(), done.attributes, new Child.Directory(id)));
        }
        return id;
    }

    /**
     * The walk is over.
     *
     * @return the id of the root directory
     * @throws IllegalStateException when nothing was added
     */
    public Digest finish() {
        if (open.isEmpty()) {
            throw new IllegalStateException("a tree without a root");
        }
        while (open.size() > 1) {
            close();
        }
        return close();
    }
}
