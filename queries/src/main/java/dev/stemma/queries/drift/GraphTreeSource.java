package dev.stemma.queries.drift;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.Chunk;
import dev.stemma.graph.tree.DirectoryNode;
import dev.stemma.graph.tree.TreeEntry;
import dev.stemma.graph.tree.TreeNode;
import dev.stemma.graph.tree.TreeSource;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Nodes of the Merkle graph out of Neo4j. Safe for use by several threads. */
final class GraphTreeSource implements TreeSource {

    private static final Statement NODES = Statement.named(GraphTreeSource.class, "drift/nodes.cypher");

    private final Graph graph;

    GraphTreeSource(Graph graph) {
        this.graph = graph;
    }

    @Override
    public Map<Digest, TreeNode> fetch(Set<Digest> ids) {
        List<String> wanted = ids.stream().map(Digest::hex).toList();
        Map<Digest, TreeNode> nodes = new HashMap<>();
        for (Row row : graph.read(NODES.with(Map.of("ids", wanted)))) {
            Digest id = Digest.parse(row.text("id"));
            TreeNode.Content content = content(row);
            // Named as the graph names it: to digest it all again would cost more than the comparison.
            nodes.put(id, row.flag("directory") ? new DirectoryNode(id, content) : new Chunk(id, content));
        }
        if (nodes.size() < ids.size()) {
            throw new IllegalStateException(
                    "the graph lacks " + (ids.size() - nodes.size()) + " directories of a tree that it links");
        }
        return nodes;
    }

    private static TreeNode.Content content(Row row) {
        List<?> chunks = row.list("chunks");
        if (!chunks.isEmpty()) {
            return new TreeNode.Content.Chunks(chunks.stream()
                    .map(List.class::cast)
                    .sorted(Comparator.comparingLong(chunk -> number(chunk, 0)))
                    .map(chunk -> Digest.parse(text(chunk, 1)))
                    .toList());
        }
        return new TreeNode.Content.Entries(row.list("entries").stream()
                .map(entry -> entry((List<?>) entry))
                .sorted(Comparator.comparing(TreeEntry::name))
                .toList());
    }

    private static TreeEntry entry(List<?> values) {
        return new TreeEntry(
                GuestName.parse(text(values, 0)),
                (int) number(values, 1),
                number(values, 2),
                number(values, 3),
                xattrs(values.get(4)),
                child(values));
    }

    private static Child child(List<?> values) {
        List<?> labels = (List<?>) values.get(5);
        String id = text(values, 6);
        for (Object label : labels) {
            switch ((String) label) {
                case "Directory" -> {
                    return new Child.Directory(Digest.parse(id));
                }
                case "File" -> {
                    return new Child.File(Digest.parse(id), number(values, 7));
                }
                case "UnreadFile" -> {
                    return new Child.UnreadFile(Digest.parse(id), number(values, 7));
                }
                case "Link" -> {
                    return new Child.Link(GuestName.parse(text(values, 8)));
                }
                case "Device" -> {
                    return new Child.Device(text(values, 9).equals("block"), number(values, 10), number(values, 11));
                }
                case "Pipe" -> {
                    return new Child.Pipe();
                }
                case "Socket" -> {
                    return new Child.Socket();
                }
                default -> {}
            }
        }
        throw new IllegalStateException("no entry leads to a node labelled " + labels);
    }

    private static SortedMap<GuestName, GuestName> xattrs(Object list) {
        if (!(list instanceof List<?> texts) || texts.isEmpty()) {
            return Collections.emptySortedMap();
        }
        SortedMap<GuestName, GuestName> xattrs = new TreeMap<>();
        for (Object text : texts) {
            String pair = (String) text;
            int equals = pair.indexOf('=');
            xattrs.put(
                    GuestName.parse(pair.substring(0, equals)),
                    GuestName.of(Base64.getDecoder().decode(pair.substring(equals + 1))));
        }
        return xattrs;
    }

    private static String text(List<?> values, int at) {
        return (String) values.get(at);
    }

    private static long number(List<?> values, int at) {
        return values.get(at) instanceof Number number ? number.longValue() : 0;
    }
}
