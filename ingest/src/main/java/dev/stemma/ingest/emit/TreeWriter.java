package dev.stemma.ingest.emit;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.DirectoryNode;
import dev.stemma.graph.tree.TreeEntry;
import dev.stemma.graph.tree.TreeNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Takes the nodes of Merkle trees bottom-up and writes those that the graph does not have, some thousand entries a
 * transaction. As each transaction holds nodes whose subtrees are in it or were written before, a directory that exists is
 * complete whenever the run ends. Not thread-safe.
 */
final class TreeWriter implements Consumer<TreeNode> {

    /** Entries a transaction may hold: about 30 MiB of the server's heap. */
    private static final int MAX_ENTRIES = 10_000;

    /** The first transaction is small and each next one twice as large, so that writing begins while the walk is still cold. */
    private static final int FIRST_ENTRIES = 1_250;

    /** Guest bytes a transaction may hold. */
    private static final long MAX_BYTES = 4L << 20;

    private static final int MAX_REMEMBERED = 100_000;
    private static final int MAX_ATTEMPTS = 3;

    private static final Statement EXISTING = Statement.named(TreeWriter.class, "emit/existing-directories.cypher");

    private final Graph graph;
    private final ReentrantLock writing;
    private final Lane lane;
    private final Map<Digest, TreeNode> pending = new LinkedHashMap<>();
    private final Set<Digest> remembered = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });
    private int room = FIRST_ENTRIES;
    private int entries;
    private long bytes;

    /** @param lane does the writing */
    TreeWriter(Graph graph, ReentrantLock writing, Lane lane) {
        this.graph = graph;
        this.writing = writing;
        this.lane = lane;
    }

    @Override
    public void accept(TreeNode node) {
        if (remembered.contains(node.id()) || pending.putIfAbsent(node.id(), node) != null) {
            return;
        }
        entries += 1;
        switch (node.content()) {
            case TreeNode.Content.Entries held -> {
                entries += held.entries().size();
                held.entries().forEach(entry -> bytes += guestBytes(entry));
            }
            case TreeNode.Content.Chunks held -> entries += held.ids().size();
        }
        if (entries >= room || bytes >= MAX_BYTES) {
            flush();
        }
    }

    private static long guestBytes(TreeEntry entry) {
        long bytes = entry.name().length();
        for (var xattr : entry.xattrs().entrySet()) {
            bytes += xattr.getKey().length() + xattr.getValue().length();
        }
        return entry.child() instanceof Child.Link link ? bytes + link.target().length() : bytes;
    }

    /** Hands over what is pending. */
    void flush() {
        if (pending.isEmpty()) {
            return;
        }
        Map<Digest, TreeNode> nodes = new LinkedHashMap<>(pending);
        lane.submit(() -> writeMissing(nodes));
        // If that fails, so does the run.
        remembered.addAll(nodes.keySet());
        pending.clear();
        room = Math.min(2 * room, MAX_ENTRIES);
        entries = 0;
        bytes = 0;
    }

    private void writeMissing(Map<Digest, TreeNode> nodes) {
        for (int attempt = 1; ; attempt++) {
            writing.lock();
            try {
                Map<Digest, TreeNode> missing = new LinkedHashMap<>(nodes);
                missing.keySet().removeAll(existing(nodes.keySet()));
                write(missing);
                return;
            } catch (GraphException e) {
                // Another writer made one of these directories since we asked: ask again.
                if (e.kind() != GraphException.Kind.CONFLICT || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            } finally {
                writing.unlock();
            }
        }
    }

    private Set<Digest> existing(Set<Digest> ids) {
        List<String> hex = ids.stream().map(Digest::hex).toList();
        Set<Digest> existing = new HashSet<>();
        for (Row row : graph.read(EXISTING.with(Map.of("ids", hex)))) {
            existing.add(Digest.parse(row.text("id")));
        }
        return existing;
    }

    private void write(Map<Digest, TreeNode> missing) {
        if (missing.isEmpty()) {
            return;
        }
        Map<TreeStatement, List<Map<String, Object>>> nodes = new LinkedHashMap<>();
        Map<TreeStatement, List<Map<String, Object>>> relationships = new LinkedHashMap<>();
        for (TreeNode node : missing.values()) {
            boolean directory = node instanceof DirectoryNode;
            nodes.computeIfAbsent(TreeStatement.node(directory), _ -> new ArrayList<>())
                    .add(Map.of("id", node.id().hex()));
            items(node, directory).forEach((statement, items) -> relationships
                    .computeIfAbsent(statement, _ -> new ArrayList<>())
                    .add(Map.of("parent", node.id().hex(), "items", items)));
        }
        graph.writing(transaction -> {
            nodes.forEach((statement, rows) -> statement.run(transaction, rows));
            relationships.forEach((statement, rows) -> statement.run(transaction, rows));
            return true;
        });
    }

    /** What a node leads to, by the statement that writes it. */
    private static Map<TreeStatement, List<List<Object>>> items(TreeNode node, boolean directory) {
        Map<TreeStatement, List<List<Object>>> items = new LinkedHashMap<>();
        switch (node.content()) {
            case TreeNode.Content.Entries held ->
                held.entries().forEach(entry -> items.computeIfAbsent(
                                TreeStatement.entry(directory, entry), _ -> new ArrayList<>())
                        .add(EntryProperties.item(entry)));
            case TreeNode.Content.Chunks held -> {
                List<List<Object>> chunks = new ArrayList<>();
                for (int index = 0; index < held.ids().size(); index++) {
                    chunks.add(List.of(held.ids().get(index).hex(), index));
                }
                items.put(TreeStatement.chunk(directory), chunks);
            }
        }
        return items;
    }
}
