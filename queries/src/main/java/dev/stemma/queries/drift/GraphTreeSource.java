package dev.stemma.queries.drift;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.graph.tree.TreeNode;
import dev.stemma.graph.tree.TreeSource;
import dev.stemma.queries.inventory.NodeRows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Nodes of the Merkle graph: what was read of it before, what is kept nearer by, and the rest out of Neo4j. Ends with its transaction; not thread-safe. */
final class GraphTreeSource implements TreeSource {

    /** Fewer are not worth a transaction of their own. */
    private static final int MIN_ASIDE = 16;

    private final Graph graph;
    private final Graph.Transaction transaction;
    private final TreeNodeCache cache;
    private final KeptNodes kept;

    /** Those of the nodes that were told of which are no directories. */
    private final Set<Digest> chunks = new HashSet<>();

    /** @param graph that the transaction is of */
    GraphTreeSource(Graph graph, Graph.Transaction transaction, TreeNodeCache cache, KeptNodes kept) {
        this.graph = graph;
        this.transaction = transaction;
        this.cache = cache;
        this.kept = kept;
    }

    @Override
    public Map<Digest, TreeNode> fetch(Set<Digest> ids) {
        Map<Digest, TreeNode> nodes = cache.find(ids);
        if (nodes.size() < ids.size()) {
            Map<Digest, TreeNode> read = new HashMap<>(kept.find(missing(ids, nodes, Map.of())));
            List<Digest> far = missing(ids, nodes, read);
            if (!far.isEmpty()) {
                read.putAll(read(far));
            }
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

    private static List<Digest> missing(Set<Digest> ids, Map<Digest, TreeNode> one, Map<Digest, TreeNode> other) {
        return ids.stream()
                .filter(id -> !one.containsKey(id) && !other.containsKey(id))
                .toList();
    }

    /** Many are read in two halves side by side: nodes never change, so that they need not be of one transaction. */
    private Map<Digest, TreeNode> read(List<Digest> ids) {
        Map<Digest, TreeNode> nodes;
        if (ids.size() < 2 * MIN_ASIDE) {
            nodes = nodes(transaction.run(statement(ids)));
        } else {
            Statement half = statement(ids.subList(ids.size() / 2, ids.size()));
            Aside<Map<Digest, TreeNode>> aside = Aside.begin("directories", () -> nodes(graph.read(half)));
            nodes = nodes(transaction.run(statement(ids.subList(0, ids.size() / 2))));
            nodes.putAll(aside.join());
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
        return NodeRows.asked(Objects.requireNonNull(byKind.get(false)), Objects.requireNonNull(byKind.get(true)));
    }

    private static Map<Digest, TreeNode> nodes(List<Row> rows) {
        Map<Digest, TreeNode> nodes = new HashMap<>();
        for (Row row : rows) {
            TreeNode node = NodeRows.node(row);
            nodes.put(node.id(), node);
        }
        return nodes;
    }
}
