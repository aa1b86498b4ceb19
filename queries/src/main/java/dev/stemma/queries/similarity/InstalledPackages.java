package dev.stemma.queries.similarity;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The packages of inventories as elements, and what elements stand for. Safe for use by several threads. */
final class InstalledPackages {

    /** Some 200 bytes each. */
    private static final int KEPT = 50_000;

    private static final Statement PACKAGES = Statement.named(InstalledPackages.class, "similarity/packages.cypher");

    private final Graph graph;
    private final Map<Long, String> names = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > KEPT;
        }
    };

    InstalledPackages(Graph graph) {
        this.graph = graph;
    }

    /** The set of an inventory, out of the graph. */
    ElementSet read(String inventoryId) {
        ElementSet.Builder set = new ElementSet.Builder();
        graph.stream(PACKAGES.with(Map.of("inventoryId", inventoryId)), row -> {
            String purl = row.text("element");
            long element = Digest.sha256(purl.getBytes(StandardCharsets.UTF_8)).a();
            set.add(element);
            synchronized (names) {
                names.put(element, purl);
            }
        });
        return set.build();
    }

    /** The purls of elements of an inventory's set, sorted. */
    List<String> purls(String inventoryId, long[] elements) {
        if (!knows(elements)) {
            read(inventoryId);
        }
        synchronized (names) {
            return Arrays.stream(elements)
                    .mapToObj(names::get)
                    .filter(Objects::nonNull)
                    .sorted()
                    .toList();
        }
    }

    private boolean knows(long[] elements) {
        synchronized (names) {
            return Arrays.stream(elements).allMatch(names::containsKey);
        }
    }
}
