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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Takes the nodes of Merkle trees bottom-up and writes those that the graph does not have, some thousand entries a
 * transaction. As each transaction holds nodes whose subtrees are in it or were committed before, a directory that exists is
 * complete whenever the run ends. While one is committed the next writes its files already, and waits for it before it leads to
 * directories. Not thread-safe. Close it to drop what is not written.
 */
final class TreeWriter implements Consumer<TreeNode>, AutoCloseable {

    /** Entries a transaction may hold: about 15 MiB of the server's heap. Of twice as many the server collects more garbage, for longer. */
    private static final int MAX_ENTRIES = 5_000;

    /** The first transaction is small and each next one twice as large, so that writing begins while the walk is still cold. */
    private static final int FIRST_ENTRIES = 1_250;

    /** Guest bytes a transaction may hold. */
    private static final long MAX_BYTES = 4L << 20;

    private static final int MAX_REMEMBERED = 100_000;
    private static final int MAX_ATTEMPTS = 3;

    private static final Statement EXISTING = Statement.named(TreeWriter.class, "emit/existing-directories.cypher");

    private final Graph graph;
    private final ReentrantLock writing;
    private final Queue<Lane> lanes = new ArrayDeque<>(List.of(new Lane("tree-1", 1), new Lane("tree-2", 1)));
    private Turn last = Turn.DONE;
    private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);
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

    /**
     * How far a transaction is.
     *
     * @param written completes when all it does but committing is done, or it is over
     * @param committed completes exceptionally when it will not be
     */
    private record Turn(CompletableFuture<Void> written, CompletableFuture<Void> committed) {
        static final Turn DONE =
                new Turn(CompletableFuture.completedFuture(null), CompletableFuture.completedFuture(null));

        Turn() {
            this(new CompletableFuture<>(), new CompletableFuture<>());
        }

        /** Nobody waits for what does not come. */
        void over() {
            committed.completeExceptionally(new IllegalStateException("what lies below was not written"));
            written.complete(null);
        }

        void requireCommitted() {
            try {
                committed.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }

    /** @param writing held by whoever writes nodes, so that two runs seldom make the same one */
    TreeWriter(Graph graph, ReentrantLock writing) {
        this.graph = graph;
        this.writing = writing;
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
        Turn before = last;
        Turn mine = new Turn();
        Lane lane = lanes.remove();
        lanes.add(lane);
        settled = lane.submit(() -> writeMissing(nodes, before, mine)).whenComplete((_, _) -> mine.over());
        last = mine;
        // If that fails, so does the run.
        remembered.addAll(nodes.keySet());
        pending.clear();
        room = Math.min(2 * room, MAX_ENTRIES);
        entries = 0;
        bytes = 0;
    }

    /** Completes when all that was handed over so far is committed, or will not be. */
    CompletableFuture<Void> settled() {
        return settled;
    }

    /** Waits until all that was handed over is committed. */
    void finish() {
        lanes.forEach(Lane::finish);
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }

    private void writeMissing(Map<Digest, TreeNode> nodes, Turn before, Turn mine) {
        before.written.join();
        for (int attempt = 1; ; attempt++) {
            // Whoever comes next may hold it by then, and waits for this very transaction.
            if (!mine.written.isDone()) {
                writing.lock();
            }
            try {
                Map<Digest, TreeNode> missing = new LinkedHashMap<>(nodes);
                missing.keySet().removeAll(existing(nodes.values()));
                write(missing, before, mine);
                mine.committed.complete(null);
                return;
            } catch (GraphException e) {
                // Another writer made one of these directories since we asked: ask again.
                if (e.kind() != GraphException.Kind.CONFLICT || attempt == MAX_ATTEMPTS) {
                    mine.committed.completeExceptionally(e);
                    throw e;
                }
            } catch (RuntimeException e) {
                mine.committed.completeExceptionally(e);
                throw e;
            } finally {
                letOthersWrite();
            }
        }
    }

    private void letOthersWrite() {
        if (writing.isHeldByCurrentThread()) {
            writing.unlock();
        }
    }

    private Set<Digest> existing(Collection<TreeNode> nodes) {
        Map<Boolean, List<String>> ids = nodes.stream()
                .collect(Collectors.partitioningBy(
                        node -> node instanceof DirectoryNode,
                        Collectors.mapping(node -> node.id().hex(), Collectors.toList())));
        Map<String, Object> parameters =
                Map.of("directories", ids.getOrDefault(true, List.of()), "chunks", ids.getOrDefault(false, List.of()));
        Set<Digest> existing = new HashSet<>();
        for (Row row : graph.read(EXISTING.with(parameters))) {
            existing.add(Digest.parse(row.text("id")));
        }
        return existing;
    }

    private void write(Map<Digest, TreeNode> missing, Turn before, Turn mine) {
        Rows nodes = new Rows();
        Rows leaves = new Rows();
        Rows inner = new Rows();
        for (TreeNode node : missing.values()) {
            boolean directory = node instanceof DirectoryNode;
            nodes.add(TreeStatement.node(directory), Map.of("id", node.id().hex()));
            items(node, directory).forEach((statement, items) -> (statement.leaves() ? leaves : inner)
                    .add(statement, Map.of("parent", node.id().hex(), "items", items)));
        }
        if (missing.isEmpty()) {
            before.requireCommitted();
            return;
        }
        graph.writing(transaction -> {
            nodes.run(transaction);
            leaves.run(transaction);
            before.requireCommitted();
            inner.run(transaction);
            // What is left to do is the server's.
            mine.written.complete(null);
            letOthersWrite();
            return true;
        });
    }

    /** Rows by the statement that writes them. */
    private record Rows(Map<TreeStatement, List<Map<String, Object>>> byStatement) {
        Rows() {
            this(new LinkedHashMap<>());
        }

        void add(TreeStatement statement, Map<String, Object> row) {
            byStatement.computeIfAbsent(statement, _ -> new ArrayList<>()).add(row);
        }

        void run(Graph.Transaction transaction) {
            byStatement.forEach((statement, rows) -> statement.run(transaction, rows));
        }
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
