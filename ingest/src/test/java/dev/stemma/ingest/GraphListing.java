package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.filesystem.Listed;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the graph says of a tree, by plain Cypher one directory after the other, to be held against other listings. */
final class GraphListing {

    private static final Statement ENTRIES = Statement.of("""
            MATCH (:Directory {id: $id})-[:CHUNK*0..20]->(holder)-[entry:ENTRY]->(child)
            RETURN entry.name AS name, entry.mode AS mode, entry.uid AS uid, entry.gid AS gid, entry.xattrs AS xattrs,
              labels(child)[0] AS label, child.id AS id, child.sizeBytes AS size, child.target AS target,
              child.kind AS kind, child.major AS major, child.minor AS minor
            """);

    private final Graph graph;
    private final SortedMap<String, Listed> listing = new TreeMap<>();

    private GraphListing(Graph graph) {
        this.graph = graph;
    }

    /** The tree of the one file system that an inventory has; times and link counts, which the graph leaves out, are 0. */
    static SortedMap<String, Listed> of(Graph graph, Digest inventory) {
        String root = graph.read(new Statement("""
                                MATCH (:Inventory {id: $id})-[:HAS_VOLUME]->()-[:HAS_PARTITION]->()-[:HOLDS]->()-[:ROOT]->(root:Directory)
                                RETURN root.id AS root
                                """, Map.of("id", inventory.hex())))
                .getFirst()
                .text("root");
        GraphListing all = new GraphListing(graph);
        all.directory("", root);
        return all.listing;
    }

    private void directory(String path, String id) {
        for (Row row : graph.read(ENTRIES.with(Map.of("id", id)))) {
            String child = path + "/" + row.text("name");
            boolean directory = row.text("label").equals("Directory");
            if (listing.put(child, listed(row)) != null) {
                throw new AssertionError("twice in the graph: " + child);
            }
            if (directory) {
                directory(child, row.text("id"));
            }
        }
    }

    private static Listed listed(Row row) {
        Map<String, String> xattrs = new TreeMap<>();
        for (String xattr : row.texts("xattrs")) {
            int equals = xattr.indexOf('=');
            xattrs.put(
                    xattr.substring(0, equals),
                    HexFormat.of().formatHex(Base64.getDecoder().decode(xattr.substring(equals + 1))));
        }
        String kind =
                switch (row.text("label")) {
                    case "Directory" -> "dir";
                    case "File", "UnreadFile" -> "file";
                    case "Link" -> "link";
                    case "Device" -> row.text("kind");
                    case "Pipe" -> "fifo";
                    case "Socket" -> "socket";
                    default -> throw new AssertionError("no such child: " + row);
                };
        String content =
                switch (kind) {
                    case "file" -> row.text("label").equals("File") ? row.text("id") : "unread";
                    case "link" -> row.text("target");
                    case "block", "char" -> row.number("major") + ":" + row.number("minor");
                    default -> "";
                };
        return new Listed(
                kind,
                row.findNumber("size").orElse(0L),
                Long.toOctalString(row.number("mode")),
                row.number("uid"),
                row.number("gid"),
                0,
                0,
                content,
                xattrs);
    }

    /** A listing without what the graph leaves out. */
    static SortedMap<String, Listed> reduced(SortedMap<String, Listed> listing) {
        SortedMap<String, Listed> reduced = new TreeMap<>();
        listing.forEach((path, listed) -> reduced.put(
                path,
                new Listed(
                        listed.kind(),
                        listed.sizeBytes(),
                        listed.mode(),
                        listed.uid(),
                        listed.gid(),
                        0,
                        0,
                        listed.content(),
                        listed.attributes())));
        return reduced;
    }
}
