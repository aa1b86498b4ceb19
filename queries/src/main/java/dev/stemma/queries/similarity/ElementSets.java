package dev.stemma.queries.similarity;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sets behind the sketches, each element as the first 64 bits of its SHA-256; that two of a
 * million elements share them has a probability of 3 in 10⁸. The last sets read are kept: an inventory never changes.
 * Safe for use by several threads.
 */
final class ElementSets {

    /** Some 100,000 elements each, 8 bytes an element. */
    private static final int KEPT = 32;

    private static final Statement PACKAGES = Statement.named(ElementSets.class, "similarity/packages.cypher");
    private static final Statement MANIFEST = Statement.named(ElementSets.class, "similarity/manifest.cypher");
    private static final Statement FILES = Statement.named(ElementSets.class, "similarity/files.cypher");

    private final Graph graph;
    private final FileContents contents;
    private final Map<Key, long[]> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, long[]> eldest) {
            return size() > KEPT;
        }
    };

    private record Key(String inventoryId, Trait trait) {}

    ElementSets(Graph graph, FileContents contents) {
        this.graph = graph;
        this.contents = contents;
    }

    /** The set, sorted; do not write to it. */
    long[] of(String inventoryId, Trait trait) {
        Key key = new Key(inventoryId, trait);
        synchronized (kept) {
            long[] known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        long[] elements = read(inventoryId, trait);
        synchronized (kept) {
            kept.put(key, elements);
        }
        return elements;
    }

    private long[] read(String inventoryId, Trait trait) {
        return switch (trait) {
            case PACKAGES -> packages(inventoryId);
            case FILES -> listedFiles(inventoryId).orElseGet(() -> walkedFiles(inventoryId));
        };
    }

    private long[] packages(String inventoryId) {
        Collected collected = new Collected();
        graph.stream(
                PACKAGES.with(Map.of("inventoryId", inventoryId)),
                row -> collected.add(Digest.sha256(row.text("element").getBytes(StandardCharsets.UTF_8))
                        .a()));
        return collected.sorted();
    }

    /** Reads a list, which takes a tenth of the time of the walk. */
    private Optional<long[]> listedFiles(String inventoryId) {
        Collected collected = new Collected();
        for (Row row : graph.read(MANIFEST.with(Map.of("inventoryId", inventoryId)))) {
            Optional<String> manifest = row.findText("manifest");
            if (manifest.isPresent()
                    && contents.each(Digest.parse(manifest.get()), digest -> collected.add(digest.a()))) {
                return Optional.of(collected.sorted());
            }
        }
        return Optional.empty();
    }

    private long[] walkedFiles(String inventoryId) {
        Collected collected = new Collected();
        graph.stream(
                FILES.with(Map.of("inventoryId", inventoryId)),
                row -> collected.add(Digest.parse(row.text("element")).a()));
        return collected.sorted();
    }

    /** A growing array of numbers. */
    private static final class Collected {
        private long[] values = new long[1024];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        /** Each value once. */
        long[] sorted() {
            Arrays.sort(values, 0, size);
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (kept == 0 || values[kept - 1] != values[i]) {
                    values[kept++] = values[i];
                }
            }
            return Arrays.copyOf(values, kept);
        }
    }

    /** The sketch of a set. */
    static Sketch sketch(long[] elements) {
        MinHash hash = new MinHash();
        for (long element : elements) {
            hash.add(element);
        }
        return hash.sketch();
    }

    /** How many elements two sorted sets share. */
    static long shared(long[] a, long[] b) {
        long shared = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            int order = Long.compare(a[i], b[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return shared;
    }
}
