package dev.stemma.ingest.emit;

import dev.stemma.graph.store.Batch;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.tree.Child;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements that write the Merkle graph; labels come from here, values are parameters. */
record TreeStatement(String cypher) {

    private static final TreeStatement DIRECTORY =
            new TreeStatement("UNWIND $rows AS row CREATE (:Directory {id: row.id})");
    private static final TreeStatement CHUNK =
            new TreeStatement("UNWIND $rows AS row CREATE (:DirectoryChunk {id: row.id})");

    static TreeStatement node(boolean directory) {
        return directory ? DIRECTORY : CHUNK;
    }

    static TreeStatement chunk(boolean directory) {
        return new TreeStatement("UNWIND $rows AS row MATCH (parent:" + parent(directory) + " {id: row.parent})"
                + " MATCH (child:DirectoryChunk {id: row.child})"
                + " CREATE (parent)-[:CHUNK {index: row.index}]->(child)");
    }

    static TreeStatement entry(boolean directory, Child child) {
        return new TreeStatement("UNWIND $rows AS row MATCH (parent:" + parent(directory) + " {id: row.parent})"
                + " MATCH (child:" + label(child) + " {id: row.child})"
                + " CREATE (parent)-[entry:ENTRY]->(child) SET entry = row.properties");
    }

    /** What makes a child that is no directory; the children of one kind are made before any entry leads to them. */
    static Optional<TreeStatement> leaf(Child child) {
        String start = "UNWIND $rows AS row MERGE (child:" + label(child) + " {id: row.id})";
        return switch (child) {
            case Child.Directory _ -> Optional.empty();
            case Child.File _, Child.UnreadFile _ ->
                Optional.of(new TreeStatement(start + " ON CREATE SET child.sizeBytes = row.sizeBytes"));
            case Child.Link _ -> Optional.of(new TreeStatement(start + " ON CREATE SET child.target = row.target"));
            case Child.Device _ ->
                Optional.of(new TreeStatement(start
                        + " ON CREATE SET child.kind = row.kind, child.major = row.major, child.minor = row.minor"));
            case Child.Pipe _, Child.Socket _ -> Optional.of(new TreeStatement(start));
        };
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
