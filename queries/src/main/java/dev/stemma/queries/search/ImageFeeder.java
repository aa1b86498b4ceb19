package dev.stemma.queries.search;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/**
 * Brings the images of the graph into the index: one document each, with what can be told of it and, of its current inventory, packages
 * and configuration. An image whose facts did not change costs nothing but the look at them. Not thread-safe.
 */
final class ImageFeeder {

    /** Bytes that {@link #digestBytes} takes of a digest. */
    static final int DIGEST_BYTES = 16;

    private static final int AT_ONCE = 100;
    private static final int MAX_TERM = 32_000;
    private static final Statement CATALOG = named("catalog");
    private static final Statement SYSTEMS = named("systems");
    private static final Statement VERSIONS = named("inventory-versions");

    private final Graph graph;
    private final IndexWriter writer;
    private final Map<String, String> known;

    /**
     * @param known digest of each image that the index has, by id; kept up to date here
     */
    ImageFeeder(Graph graph, IndexWriter writer, Map<String, String> known) {
        this.graph = graph;
        this.writer = writer;
        this.known = known;
    }

    private static Statement named(String name) {
        return Statement.named(ImageFeeder.class, "search/" + name + ".cypher");
    }

    /** One image that changed. */
    private record Changed(ImageFacts facts, String digest, Row row) {}

    /** Adds, replaces and removes images, so that the index has those of the graph. Whether anything changed. */
    boolean feed() throws IOException {
        List<Row> catalog = graph.read(CATALOG);
        // After the catalog: an image that came between the two would have a system that is not known, and keep it so.
        Map<String, ImageFacts.System> systems = new HashMap<>();
        graph.read(SYSTEMS).forEach(row -> systems.put(row.text("id"), ImageFacts.System.of(row)));
        Set<String> gone = new HashSet<>(known.keySet());
        List<Changed> changed = new ArrayList<>();
        boolean any = false;
        ConfigurationFiles configuration = new ConfigurationFiles(graph);
        for (Row row : catalog) {
            String id = row.text("id");
            String digest = digest(row);
            gone.remove(id);
            if (!digest.equals(known.get(id))) {
                changed.add(new Changed(ImageFacts.of(row, systems), digest, row));
            }
            if (changed.size() == AT_ONCE) {
                write(changed, systems, configuration);
                changed.clear();
                any = true;
            }
        }
        write(changed, systems, configuration);
        for (String id : gone) {
            writer.deleteDocuments(new Term(IndexFields.IMAGE, id));
            known.remove(id);
        }
        return any || !changed.isEmpty() || !gone.isEmpty();
    }

    private static String digest(Row row) {
        return Digest.sha256(row.values().toString().getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    private void write(List<Changed> changed, Map<String, ImageFacts.System> systems, ConfigurationFiles configuration)
            throws IOException {
        List<String> inventories = changed.stream()
                .flatMap(image -> image.facts().inventoryId().stream())
                .distinct()
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        Map<String, List<String>> purls = new HashMap<>();
        graph.read(VERSIONS.with(Map.of("inventoryIds", inventories)))
                .forEach(row -> purls.put(row.text("id"), row.texts("purls")));
        List<Holder> roots = Holder.of(graph, inventories);
        List<SearchedTree> trees = SearchedTree.of(roots);
        Map<String, List<ConfigurationFiles.Found>> files = configuration.of(trees);
        Map<String, List<Holder>> rootsOf = roots.stream().collect(Collectors.groupingBy(Holder::inventoryId));
        Map<String, List<SearchedTree>> treesOf = trees.stream()
                .collect(Collectors.groupingBy(tree -> tree.holder().inventoryId()));
        for (Changed image : changed) {
            String inventory = image.facts().inventoryId().orElse("");
            Document document =
                    document(image, purls.getOrDefault(inventory, List.of()), files.getOrDefault(inventory, List.of()));
            ShownFields.add(document, image.row(), systems);
            trees(document, rootsOf.getOrDefault(inventory, List.of()), treesOf.getOrDefault(inventory, List.of()));
            writer.updateDocument(new Term(IndexFields.IMAGE, image.facts().id()), document);
            known.put(image.facts().id(), image.digest());
        }
    }

    private static Document document(Changed image, List<String> purls, List<ConfigurationFiles.Found> files) {
        ImageFacts facts = image.facts();
        Document document = new Document();
        document.add(new StringField(IndexFields.IMAGE, facts.id(), Field.Store.YES));
        document.add(new StringField(IndexFields.IS_IMAGE, IndexFields.YES, Field.Store.NO));
        document.add(new StoredField(IndexFields.IMAGE_DIGEST, image.digest()));
        document.add(new SortedDocValuesField(IndexFields.SORT_NAME, sortKey(facts.name())));
        document.add(new SortedDocValuesField(IndexFields.SORT_ID, new BytesRef(facts.id())));
        for (dev.stemma.queries.search.TextField field : dev.stemma.queries.search.TextField.values()) {
            facts.lines(field).forEach(line -> document.add(new StringField(field.indexField(), line, Field.Store.NO)));
        }
        document.add(new TextField(
                IndexFields.IMAGE_TEXT,
                String.join("\n", facts.lines(dev.stemma.queries.search.TextField.ANYWHERE)),
                Field.Store.NO));
        for (KeywordField field : KeywordField.values()) {
            for (String word : new TreeSet<>(facts.words(field))) {
                document.add(new StringField(field.word(), word, Field.Store.NO));
                document.add(new SortedSetDocValuesField(field.word(), new BytesRef(word)));
            }
        }
        image.row()
                .texts("repositoryIds")
                .forEach(id -> document.add(new StringField(KeywordField.REPOSITORY.word(), id, Field.Store.NO)));
        facts.modified().ifPresent(time -> document.add(new LongPoint(IndexFields.MODIFIED, nanos(time))));
        purls.forEach(purl -> document.add(new StringField(IndexFields.PURL, purl, Field.Store.NO)));
        for (ConfigurationFiles.Found file : files) {
            document.add(new StringField(IndexFields.CONFIGURATION, digestBytes(file.digest()), Field.Store.NO));
            document.add(new StoredField(
                    IndexFields.CONFIGURATION_FILE, file.digest().substring(0, 8) + " " + file.path()));
        }
        return document;
    }

    private static void trees(Document document, List<Holder> roots, List<SearchedTree> trees) {
        roots.forEach(
                root -> document.add(new StringField(IndexFields.ROOT, digestBytes(root.root()), Field.Store.NO)));
        for (SearchedTree tree : trees) {
            document.add(
                    new StringField(IndexFields.TREE, digestBytes(tree.tree().root()), Field.Store.NO));
            for (GuestPath mount : tree.tree().mounts().keySet()) {
                BytesRef path = new BytesRef(mount.escaped());
                document.add(new StringField(
                        IndexFields.MOUNT, path.length <= MAX_TERM ? path : new BytesRef("*"), Field.Store.NO));
            }
        }
    }

    /** What a name is sorted by; a doc value has a bound. */
    static BytesRef sortKey(String name) {
        BytesRef whole = new BytesRef(name);
        return whole.length <= MAX_TERM ? whole : new BytesRef(whole.bytes, 0, MAX_TERM);
    }

    /** Half of a digest: 128 bits tell contents apart, and are half as large. */
    static BytesRef digestBytes(String hex) {
        return new BytesRef(HexFormat.of().parseHex(hex, 0, 2 * DIGEST_BYTES));
    }

    /** The same. */
    static BytesRef digestBytes(Digest digest) {
        return new BytesRef(digest.bytes(), 0, DIGEST_BYTES);
    }

    /** Nanoseconds since 1970, as far as 64 bits reach. */
    static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
        } catch (ArithmeticException _) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
