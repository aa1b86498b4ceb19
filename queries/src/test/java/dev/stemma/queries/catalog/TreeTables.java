package dev.stemma.queries.catalog;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.DirectoryNode;
import dev.stemma.graph.tree.TreeBuilder;
import dev.stemma.graph.tree.TreeEntry;
import dev.stemma.graph.tree.TreeNode;
import dev.stemma.queries.catalog.CsvTables.Table;
import java.util.Collection;

/** Writes Merkle trees, each node once. Not thread-safe. */
final class TreeTables {

    private final CsvTables tables;
    private final DigestNumbers nodes = new DigestNumbers();
    private int count;

    TreeTables(CsvTables tables) {
        this.tables = tables;
    }

    /**
     * What a tree comes to.
     *
     * @param root number of its root directory
     */
    record Counts(int root, long entries, long files, long fileBytes) {
        static final Counts NOTHING = new Counts(-1, 0, 0, 0);
    }

    /** @param entries of one file system, in the order of a walk */
    Counts write(Collection<Entry> entries) {
        TreeBuilder builder = new TreeBuilder(this::node);
        long files = 0;
        long bytes = 0;
        for (Entry entry : entries) {
            builder.add(entry);
            if (entry.payload() instanceof Payload.File file) {
                files++;
                bytes += file.sizeBytes();
            }
        }
        return new Counts(require(builder.finish()), entries.size(), files, bytes);
    }

    private int require(Digest id) {
        int number = nodes.find(id.a(), id.b());
        if (number < 0) {
            throw new IllegalStateException("not written yet: " + id);
        }
        return number;
    }

    private void node(TreeNode node) {
        if (nodes.find(node.id().a(), node.id().b()) >= 0) {
            return;
        }
        int number = count++;
        nodes.put(node.id().a(), node.id().b(), number);
        boolean directory = node instanceof DirectoryNode;
        tables.row(directory ? Table.DIRECTORY : Table.DIRECTORY_CHUNK, number, node.id());
        switch (node.content()) {
            case TreeNode.Content.Chunks held -> {
                for (int i = 0; i < held.ids().size(); i++) {
                    tables.row(Table.CHUNK, number, require(held.ids().get(i)), i);
                }
            }
            case TreeNode.Content.Entries held ->
                held.entries()
                        .forEach(entry -> tables.row(
                                Table.ENTRY,
                                number,
                                entry.child() instanceof Child.Directory below ? require(below.id()) : leaf(entry),
                                entry.name().escaped(),
                                entry.mode(),
                                entry.uid(),
                                entry.gid()));
        }
    }

    /** The number of a file, which is written when it was not. */
    int leaf(Entry entry) {
        return leaf(TreeEntry.of(entry));
    }

    private int leaf(TreeEntry entry) {
        if (!(entry.child() instanceof Child.File file)) {
            throw new IllegalArgumentException("catalogs have files and directories alone, not " + entry.child());
        }
        Digest id = file.content();
        int known = nodes.find(id.a(), id.b());
        if (known >= 0) {
            return known;
        }
        int number = count++;
        nodes.put(id.a(), id.b(), number);
        tables.row(Table.FILE, number, id, file.sizeBytes());
        return number;
    }
}
