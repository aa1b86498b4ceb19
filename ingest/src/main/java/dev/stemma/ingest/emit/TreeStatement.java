package dev.stemma.ingest.emit;

import dev.stemma.graph.store.Batch;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.TreeEntry;
import java.util.List;
import java.util.Map;

/**
 * The statements that write the Merkle graph; labels come from here, values are parameters.
 *
 * @param leaves whether it leads to leaves, which it makes where they are not there
 */
record TreeStatement(String cypher, boolean leaves) {

    /**
     * Every node is found by its unique id, and the statements insist on that index; so the plan stays right however the graph
     * grows. The planner would look again every ten seconds while it does, which took a quarter of the server's time.
     */
    static final String PLANNED_ONCE = "CYPHER 25 replan=skip ";

    private static final TreeStatement DIRECTORY =
            new TreeStatement(PLANNED_ONCE + "UNWIND $rows AS row CREATE (:Directory {id: row.id})", false);
    private static final TreeStatement CHUNK =
            new TreeStatement(PLANNED_ONCE + "UNWIND $rows AS row CREATE (:DirectoryChunk {id: row.id})", false);

    static TreeStatement node(boolean directory) {
        return directory ? DIRECTORY : CHUNK;
    }

    /** Rows: parent, items (child, index). */
    static TreeStatement chunk(boolean directory) {
        return new TreeStatement(
                PLANNED_ONCE + "UNWIND $rows AS row " + seek("parent", parent(directory), "id", "row.parent")
                        + " UNWIND row.items AS item " + seek("child", "DirectoryChunk", "id", "item[0]")
                        + " CREATE (parent)-[:CHUNK {index: item[1]}]->(child)",
                false);
    }

    /**
     * Entries that lead to children of one kind. Leaves are made where they are not there; directories are. Rows: parent, items
     * (child, name, mode, uid, gid, what the child needs to be made, extended attributes if there are any).
     */
    static TreeStatement entry(boolean directory, TreeEntry entry) {
        boolean leaves = !(entry.child() instanceof Child.Directory);
        String child = leaves ? leaf("child", entry.child()) : seek("child", "Directory", "id", "item[0]");
        String xattrs = entry.xattrs().isEmpty() ? "" : ", xattrs: item[6]";
        return new TreeStatement(
                PLANNED_ONCE + "UNWIND $rows AS row " + seek("parent", parent(directory), "id", "row.parent")
                        + " UNWIND row.items AS item " + child
                        + " CREATE (parent)-[:ENTRY {name: item[1], mode: item[2], uid: item[3], gid: item[4]" + xattrs
                        + "}]->(child)",
                leaves);
    }

    /** Owned paths that lead to children of one kind. Rows: purl, items (child, path, configuration, md5, checksum, what the child needs). */
    static TreeStatement owns(Child child) {
        return new TreeStatement(
                PLANNED_ONCE + "UNWIND $rows AS row " + seek("version", "PackageVersion", "purl", "row.purl")
                        + " UNWIND row.items AS item " + leaf("owned", child)
                        + " CREATE (version)-[:OWNS {path: item[1], configuration: item[2], md5: item[3],"
                        + " checksum: item[4]}]->(owned)",
                true);
    }

    /** Finds a leaf, or makes it: its id is item[0], and item[5] what it needs to be made. */
    private static String leaf(String variable, Child child) {
        String merge = "MERGE (" + variable + ":" + label(child) + " {id: item[0]})";
        return switch (child) {
            case Child.File _, Child.UnreadFile _ -> merge + " ON CREATE SET " + variable + ".sizeBytes = item[5]";
            case Child.Link _ -> merge + " ON CREATE SET " + variable + ".target = item[5]";
            case Child.Device _ -> merge + " ON CREATE SET " + variable + " += item[5]";
            case Child.Pipe _, Child.Socket _ -> merge;
            case Child.Directory _ -> throw new IllegalArgumentException("a directory is no leaf");
        };
    }

    /** Finds a node by its unique property through the index, even where the plan is made while the graph is empty. */
    static String seek(String variable, String label, String property, String value) {
        return "MATCH (" + variable + ":" + label + " {" + property + ": " + value + "}) USING INDEX SEEK " + variable
                + ":" + label + "(" + property + ")";
    }

    static String label(Child child) {
        return switch (child) {
            case Child.Directory _ -> "Directory";
            case Child.File _ -> "File";
            case Child.UnreadFile _ -> "UnreadFile";
            case Child.Link _ -> "Link";
            case Child.Device _ -> "Device";
            case Child.Pipe _ -> "Pipe";
            case Child.Socket _ -> "Socket";
        };
    }

    private static String parent(boolean directory) {
        return directory ? "Directory" : "DirectoryChunk";
    }

    void run(Graph.Transaction transaction, List<Map<String, Object>> rows) {
        Batch.STANDARD.run(transaction, cypher, Map.of(), rows.iterator());
    }
}
