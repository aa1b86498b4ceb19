package dev.stemma.queries.similarity;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sets behind the sketches, each element as the first 64 bits of its SHA-256; that two of a
 * million elements share them has a probability of 3 in 10⁸. Sets that were read lately are kept, up to an eightieth of the heap in
 * numbers, a tenth in bytes: an inventory never changes. Safe for use by several threads.
 */
final class ElementSets {

    private static final Statement ELEMENTS = Statement.named(ElementSets.class, "similarity/elements.cypher");
    private static final Statement MANIFEST = Statement.named(ElementSets.class, "similarity/manifest.cypher");
    private static final Statement FILES = Statement.named(ElementSets.class, "similarity/files.cypher");

    private final Graph graph;
    private final FileContents contents;
    private final InstalledPackages packages;
    private final Map<Key, ElementSet> kept = new LinkedHashMap<>(64, 0.75f, true);
    private final long most;
    private long numbers;

    private record Key(String inventoryId, boolean ofFiles) {}

    ElementSets(Graph graph, FileContents contents) {
        this(graph, contents, Runtime.getRuntime().maxMemory() / 80);
    }

    /** @param most numbers that are kept at most; two sets are kept however large they are */
    ElementSets(Graph graph, FileContents contents, long most) {
        this.graph = graph;
        this.most = most;
        this.contents = contents;
        packages = new InstalledPackages(graph);
    }

    /** The set that a trait looks at. */
    ElementSet of(String inventoryId, Trait trait) {
        Key key = new Key(inventoryId, trait.ofFiles());
        synchronized (kept) {
            ElementSet known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        return keep(key, trait.ofFiles() ? files(inventoryId) : packages.read(inventoryId));
    }

    /** Reads the packages of many inventories at once, so that {@link #of} has them. */
    void prepare(List<String> inventoryIds) {
        List<String> missing;
        synchronized (kept) {
            missing = inventoryIds.stream()
                    .filter(id -> !kept.containsKey(new Key(id, false)))
                    .toList();
        }
        if (!missing.isEmpty()) {
            graph.stream(
                    ELEMENTS.with(Map.of("inventories", missing, "analyzer", MinHash.ANALYZER)),
                    row -> keep(new Key(row.text("id"), false), ElementSet.decode((byte[]) row.require("elements"))));
        }
    }

    /** The purls of some packages of an inventory, sorted. */
    List<String> purls(String inventoryId, long[] elements) {
        return packages.purls(inventoryId, elements);
    }

    private ElementSet keep(Key key, ElementSet set) {
        synchronized (kept) {
            ElementSet before = kept.put(key, set);
            numbers += set.numbers() - (before == null ? 0 : before.numbers());
            var eldest = kept.values().iterator();
            while (numbers > most && kept.size() > 2) {
                numbers -= eldest.next().numbers();
                eldest.remove();
            }
        }
        return set;
    }

    private ElementSet files(String inventoryId) {
        return listedFiles(inventoryId).orElseGet(() -> walkedFiles(inventoryId));
    }

    /** Reads a list, which takes a tenth of the time of the walk. */
    private Optional<ElementSet> listedFiles(String inventoryId) {
        ElementSet.Builder set = new ElementSet.Builder();
        for (Row row : graph.read(MANIFEST.with(Map.of("inventoryId", inventoryId)))) {
            Optional<String> manifest = row.findText("manifest");
            if (manifest.isPresent()
                    && contents.each(Digest.parse(manifest.get()), (digest, bytes) -> set.add(digest.a(), bytes))) {
                return Optional.of(set.build());
            }
        }
        return Optional.empty();
    }

    private ElementSet walkedFiles(String inventoryId) {
        ElementSet.Builder set = new ElementSet.Builder();
        graph.stream(
                FILES.with(Map.of("inventoryId", inventoryId)),
                row -> set.add(Digest.parse(row.text("element")).a(), row.number("bytes")));
        return set.build();
    }
}
