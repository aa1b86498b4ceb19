package dev.stemma.queries.inventory;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.Chunk;
import dev.stemma.graph.tree.DirectoryNode;
import dev.stemma.graph.tree.TreeEntry;
import dev.stemma.graph.tree.TreeNode;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Nodes of the Merkle graph, whole, as Neo4j tells them. */
public final class NodeRows {

    private static final Statement NODES = Statement.named(NodeRows.class, "inventory/nodes.cypher");

    private NodeRows() {}

    /**
     * What asks for nodes.
     *
     * @param directories ids, in hexadecimal
     * @param chunks the same
     */
    public static Statement asked(List<String> directories, List<String> chunks) {
        return NODES.with(Map.of("directories", directories, "chunks", chunks));
    }

    /** The node of a row. It is named as the graph names it: to digest it all again would cost more than what it is wanted for. */
    public static TreeNode node(Row row) {
        Digest id = Digest.parse(row.text("id"));
        TreeNode.Content content = content(row);
        return row.flag("directory") ? new DirectoryNode(id, content) : new Chunk(id, content);
    }

    private static TreeNode.Content content(Row row) {
        List<?> chunks = row.list("chunks");
        if (!chunks.isEmpty()) {
            return new TreeNode.Content.Chunks(chunks.stream()
                    .map(chunk -> (List<?>) chunk)
                    .sorted(Comparator.comparingLong(chunk -> ((Number) chunk.getFirst()).longValue()))
                    .map(chunk -> Digest.parse((String) chunk.get(1)))
                    .toList());
        }
        return new TreeNode.Content.Entries(row.list("entries").stream()
                .map(entry -> entry((List<?>) entry))
                .sorted(Comparator.comparing(TreeEntry::name))
                .toList());
    }

    private static TreeEntry entry(List<?> values) {
        Map<?, ?> properties = (Map<?, ?>) values.getFirst();
        return new TreeEntry(
                GuestName.parse(text(properties, "name")),
                (int) number(properties, "mode"),
                number(properties, "uid"),
                number(properties, "gid"),
                xattrs(properties.get("xattrs")),
                child((String) values.get(1), values.get(2)));
    }

    /** What the query tells of a child beside its id depends on its kind: a size, nothing, a target, or a map. */
    private static Child child(String id, @Nullable Object facts) {
        return switch (facts) {
            case null -> new Child.Directory(Digest.parse(id));
            case Number size -> new Child.File(Digest.parse(id), size.longValue());
            case String target -> new Child.Link(GuestName.parse(target));
            case Map<?, ?> rare -> rare(id, rare);
            default -> throw new IllegalStateException("an entry leads to " + id + ", which is of no known kind");
        };
    }

    private static Child rare(String id, Map<?, ?> facts) {
        String label = text(facts, "label");
        return switch (label) {
            case "UnreadFile" -> new Child.UnreadFile(Digest.parse(id), number(facts, "sizeBytes"));
            case "Device" ->
                new Child.Device(text(facts, "kind").equals("block"), number(facts, "major"), number(facts, "minor"));
            case "Pipe" -> new Child.Pipe();
            case "Socket" -> new Child.Socket();
            default -> throw new IllegalStateException("no entry leads to a node labelled " + label);
        };
    }

    private static SortedMap<GuestName, GuestName> xattrs(@Nullable Object list) {
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

    private static String text(Map<?, ?> values, String name) {
        return (String) Objects.requireNonNull(values.get(name), name);
    }

    private static long number(Map<?, ?> values, String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
