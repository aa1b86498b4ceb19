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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Nodes of the Merkle graph out of Neo4j, or from what was read of it before. Ends with its transaction; not thread-safe. */
final class GraphTreeSource implements TreeSource {

    private static final Statement NODES = Statement.named(GraphTreeSource.class, "drift/nodes.cypher");

    /** Fewer are not worth a transaction of their own. */
    private static final int MIN_ASIDE = 16;

    private final Graph graph;
    private final Graph.Transaction transaction;
    private final TreeNodeCache cache;

    /** Those of the nodes that were told of which are no directories. */
    private final Set<Digest> chunks = new HashSet<>();

    /** @param graph that the transaction is of */
    GraphTreeSource(Graph graph, Graph.Transaction transaction, TreeNodeCache cache) {
        this.graph = graph;
        this.transaction = transaction;
        this.cache = cache;
    }

    @Override
    public Map<Digest, TreeNode> fetch(Set<Digest> ids) {
        Map<Digest, TreeNode> nodes = cache.find(ids);
        if (nodes.size() < ids.size()) {
            Map<Digest, TreeNode> read =
                    read(ids.stream().filter(id -> !nodes.containsKey(id)).toList());
            cache.addAll(read);
            nodes.putAll(read);
        }
        for (TreeNode node : nodes.values()) {
            if (node.content() instanceof TreeNode.Content.Chunks held) {
                chunks.addAll(held.ids());
            }
        }
        return nodes;
    }

    /** Many are read in two halves side by side: nodes never change, so that they need not be of one transaction. */
    private Map<Digest, TreeNode> read(List<Digest> ids) {
        Map<Digest, TreeNode> nodes;
        if (ids.size() < 2 * MIN_ASIDE) {
            nodes = nodes(transaction.run(statement(ids)));
        } else {
            Statement half = statement(ids.subList(ids.size() / 2, ids.size()));
            FutureTask<Map<Digest, TreeNode>> aside = new FutureTask<>(() -> nodes(graph.read(half)));
            Thread.ofVirtual().name("drift-directories").start(aside);
            nodes = nodes(transaction.run(statement(ids.subList(0, ids.size() / 2))));
            nodes.putAll(joined(aside));
        }
        if (nodes.size() < ids.size()) {
            throw new IllegalStateException(
                    "the graph lacks " + (ids.size() - nodes.size()) + " directories of a tree that it links");
        }
        return nodes;
    }

    private Statement statement(List<Digest> ids) {
        Map<Boolean, List<String>> byKind = ids.stream()
                .collect(Collectors.partitioningBy(
                        chunks::contains, Collectors.mapping(Digest::hex, Collectors.toList())));
        return NODES.with(Map.of(
                "directories",
                Objects.requireNonNull(byKind.get(false)),
                "chunks",
                Objects.requireNonNull(byKind.get(true))));
    }

    private static <T> T joined(FutureTask<T> aside) {
        try {
            return aside.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("directories cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while directories were read", e);
        }
    }

    private static Map<Digest, TreeNode> nodes(List<Row> rows) {
        Map<Digest, TreeNode> nodes = new HashMap<>();
        for (Row row : rows) {
            Digest id = Digest.parse(row.text("id"));
            TreeNode.Content content = content(row);
            // Named as the graph names it: to digest it all again would cost more than the comparison.
            nodes.put(id, row.flag("directory") ? new DirectoryNode(id, content) : new Chunk(id, content));
        }
        return nodes;
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
