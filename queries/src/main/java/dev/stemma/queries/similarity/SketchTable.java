package dev.stemma.queries.similarity;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sketches of current inventories in memory, 3 KiB each: looking at 10,000 there takes a millisecond or two. Follows the graph: before each answer the
 * numbers of nodes and relationships, which the server keeps, tell whether anything came or went, and what others changed without that is
 * seen after {@link #STALE}. Only sketches that are new are read. Safe for use by several threads.
 */
final class SketchTable {

    private static final Duration STALE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 500;
    private static final int ENTRY_BYTES = 3 * MinHash.K * Short.BYTES + 512;
    private static final Statement SIZE = Statement.named(SketchTable.class, "search/size.cypher");
    private static final Statement CURRENT = Statement.named(SketchTable.class, "similarity/current.cypher");
    private static final Statement SKETCHES = Statement.named(SketchTable.class, "similarity/sketches.cypher");

    private final Graph graph;
    private final int most;
    private List<Row> size = List.of();
    private long lookedAt;
    private @Nullable Sketches sketches;

    /** A table that takes at most a fifth of the heap. */
    SketchTable(Graph graph) {
        this(graph, (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 5 / ENTRY_BYTES));
    }

    /** @param most inventories that are held at most; with more, none is */
    SketchTable(Graph graph, int most) {
        this.graph = graph;
        this.most = most;
    }

    /** The sketches as they are now. */
    synchronized Sketches current() {
        List<Row> now = graph.read(SIZE);
        Sketches known = sketches;
        if (known != null && now.equals(size) && System.nanoTime() - lookedAt < STALE.toNanos()) {
            return known;
        }
        Sketches read = read(known == null ? Map.of() : known.byId());
        size = now;
        lookedAt = System.nanoTime();
        sketches = read;
        return read;
    }

    private Sketches read(Map<String, Sketches.Entry> before) {
        Map<String, Long> sketched = new HashMap<>();
        long[] images = {0};
        graph.stream(CURRENT.with(Map.of("analyzer", MinHash.ANALYZER)), row -> {
            images[0] += row.number("images");
            if (row.flag("sketched")) {
                row.texts("ids").forEach(id -> sketched.merge(id, 1L, Long::sum));
            }
        });
        long bare = images[0]
                - sketched.values().stream().mapToLong(Long::longValue).sum();
        if (sketched.size() > most) {
            return new Sketches(List.of(), Map.of(), images[0], bare, false);
        }
        Map<String, Sketches.Entry> entries = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        sketched.forEach((id, count) -> {
            Sketches.Entry entry = before.get(id);
            if (entry == null) {
                missing.add(id);
            } else {
                entries.put(id, entry.with(count));
            }
        });
        for (int from = 0; from < missing.size(); from += AT_ONCE) {
            read(missing.subList(from, Math.min(missing.size(), from + AT_ONCE)))
                    .forEach(entry -> entries.put(
                            entry.inventoryId(), entry.with(sketched.getOrDefault(entry.inventoryId(), 1L))));
        }
        return new Sketches(List.copyOf(entries.values()), Map.copyOf(entries), images[0], bare, true);
    }

    /** Sketches of some inventories, as of one image each, those left out that have none. */
    List<Sketches.Entry> read(List<String> inventoryIds) {
        List<Sketches.Entry> entries = new ArrayList<>();
        graph.stream(SKETCHES.with(Map.of("inventories", inventoryIds, "analyzer", MinHash.ANALYZER)), row -> sketch(
                        row, Trait.PACKAGES)
                .ifPresent(packages -> entries.add(new Sketches.Entry(
                        row.text("id"),
                        1,
                        packages,
                        sketch(row, Trait.FILES).orElse(null),
                        sketch(row, Trait.BYTES).orElse(null)))));
        return entries;
    }

    private static Optional<Sketch> sketch(Row row, Trait trait) {
        return row.find(trait.word()).map(bytes -> Sketch.of((byte[]) bytes, row.number(trait.word() + "Size")));
    }
}
