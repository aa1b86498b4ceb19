package dev.stemma.queries.similarity;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sketches and the images behind them, out of the graph. Safe for use by several threads. */
public final class SketchReader {

    /** More than this are not held at once: 1 KiB each. */
    public static final int MAX_SKETCHES = 50_000;

    private static final Statement SKETCH = named("sketch");
    private static final Statement SKETCHES = named("sketches");
    private static final Statement CANDIDATES = named("candidates");
    private static final Statement COVERAGE = named("coverage");
    private static final Statement IMAGES = named("images");

    private final Graph graph;

    public SketchReader(Graph graph) {
        this.graph = graph;
    }

    private static Statement named(String name) {
        return Statement.named(SketchReader.class, "similarity/" + name + ".cypher");
    }

    /**
     * How far sketches cover the collection.
     *
     * @param images current images that have one
     * @param unsketched current images that have none
     * @param inventories different inventories among those that have one
     */
    public record Coverage(long images, long unsketched, long inventories) {}

    /** How far sketches of a trait cover the collection. */
    public Coverage coverage(Trait trait) {
        Row row = graph.read(COVERAGE.with(Map.of("analyzer", MinHash.ANALYZER, "sketch", trait.word() + "Sketch")))
                .getFirst();
        return new Coverage(row.number("images"), row.number("unsketched"), row.number("inventories"));
    }

    /**
     * What is known of one inventory.
     *
     * @param level word of its level
     * @param sketch empty when it has none of this analyzer
     */
    record Known(String level, Optional<Sketch> sketch) {}

    Optional<Known> find(String inventoryId, Trait trait) {
        return graph.read(SKETCH.with(Sketcher.parameters(trait, inventoryId))).stream()
                .findFirst()
                .map(row -> new Known(
                        row.text("level"),
                        row.find("sketch").map(bytes -> Sketch.of((byte[]) bytes, row.number("size")))));
    }

    /** The sketches of all inventories that some image has now, by id; at most {@link #MAX_SKETCHES}. */
    public Map<String, Sketch> all(Trait trait) {
        return collect(SKETCHES.with(with(trait, Map.of())));
    }

    /** The sketches of those that share a band. */
    Map<String, Sketch> sharing(Sketch sketch, Trait trait) {
        return collect(CANDIDATES.with(with(trait, Map.of("bands", sketch.bands(trait)))));
    }

    private static Map<String, Object> with(Trait trait, Map<String, Object> more) {
        Map<String, Object> parameters = new HashMap<>(more);
        parameters.put("analyzer", MinHash.ANALYZER);
        parameters.put("sketch", trait.word() + "Sketch");
        parameters.put("size", trait.word() + "SketchSize");
        parameters.put("limit", MAX_SKETCHES);
        return parameters;
    }

    private Map<String, Sketch> collect(Statement statement) {
        Map<String, Sketch> sketches = new LinkedHashMap<>();
        graph.stream(
                statement,
                row -> sketches.put(row.text("id"), Sketch.of((byte[]) row.require("sketch"), row.number("size"))));
        return sketches;
    }

    /** The images that have some inventories now, by inventory; sorted by name, then id. */
    public Map<String, List<Similar.ImageName>> images(List<String> inventoryIds) {
        Map<String, List<Similar.ImageName>> images = new HashMap<>();
        graph.stream(IMAGES.with(Map.of("inventories", inventoryIds)), row -> images.computeIfAbsent(
                        row.text("inventoryId"), _ -> new ArrayList<>())
                .add(new Similar.ImageName(row.text("id"), row.text("name"))));
        images.values()
                .forEach(list ->
                        list.sort(Comparator.comparing(Similar.ImageName::name).thenComparing(Similar.ImageName::id)));
        return images;
    }
}
