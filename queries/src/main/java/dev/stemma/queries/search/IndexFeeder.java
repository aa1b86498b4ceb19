package dev.stemma.queries.search;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.inventory.NodeRows;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;

/**
 * Brings what is new in the graph into the index. A directory that the index has is complete below, as in the graph, so
 * that an inventory costs what it does not share with the ones before. Not thread-safe.
 */
final class IndexFeeder {

    private static final int AT_ONCE = 1_000;
    private static final Statement PACKAGES = named("packages-of-inventories");
    private static final Statement ROOTS = named("roots-of-inventories");

    private final Graph graph;
    private final IndexWriter writer;

    IndexFeeder(Graph graph, IndexWriter writer) {
        this.graph = graph;
        this.writer = writer;
    }

    private static Statement named(String name) {
        return Statement.named(IndexFeeder.class, "search/" + name + ".cypher");
    }

    /** Adds the packages and file names of some inventories. */
    void inventories(List<String> inventoryIds, IndexSearcher known) throws IOException {
        Map<String, Object> which = Map.of("inventoryIds", inventoryIds);
        for (Row row : graph.read(PACKAGES.with(which))) {
            String id = row.text("id");
            if (!has(known, new Term(IndexFields.PACKAGE, id))) {
                Document document = new Document();
                document.add(new StringField(IndexFields.PACKAGE, id, Field.Store.YES));
                document.add(new StringField(
                        IndexFields.PACKAGE_NAME, row.text("name").toLowerCase(Locale.ROOT), Field.Store.NO));
                writer.updateDocument(new Term(IndexFields.PACKAGE, id), document);
            }
        }
        names(graph.read(ROOTS.with(which)).stream().map(row -> row.text("id")).toList(), known);
    }

    private void names(List<String> roots, IndexSearcher known) throws IOException {
        Set<String> seen = new HashSet<>();
        Deque<Waiting> waiting = new ArrayDeque<>();
        offer(roots, true, seen, waiting, known);
        while (!waiting.isEmpty()) {
            List<String> directories = new ArrayList<>();
            List<String> chunks = new ArrayList<>();
            while (!waiting.isEmpty() && directories.size() + chunks.size() < AT_ONCE) {
                Waiting next = waiting.removeFirst();
                (next.directory() ? directories : chunks).add(next.id());
            }
            for (Row row : graph.read(NodeRows.asked(directories, chunks))) {
                NodeDocument node = new NodeDocument(NodeRows.node(row));
                writer.addDocument(node.document());
                offer(node.directories(), true, seen, waiting, known);
                offer(node.chunks(), false, seen, waiting, known);
            }
        }
    }

    private record Waiting(String id, boolean directory) {}

    private static void offer(
            List<String> ids, boolean directories, Set<String> seen, Deque<Waiting> waiting, IndexSearcher known)
            throws IOException {
        for (String id : ids) {
            if (seen.add(id) && !has(known, new Term(IndexFields.NODE, ImageFeeder.digestBytes(id)))) {
                waiting.add(new Waiting(id, directories));
            }
        }
    }

    private static boolean has(IndexSearcher searcher, Term term) throws IOException {
        return searcher.getIndexReader().docFreq(term) > 0;
    }
}
