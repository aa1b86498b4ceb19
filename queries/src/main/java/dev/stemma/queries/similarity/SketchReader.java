package dev.stemma.queries.similarity;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Inventories, their bands and the images behind them, out of the graph. Safe for use by several threads. */
final class SketchReader {

    /** More than these of one band are not looked at. */
    static final int MAX_SHARING = 20_000;

    private static final Statement SKETCH = named("sketch");
    private static final Statement CANDIDATES = named("candidates");
    private static final Statement IMAGES = named("images");

    private final Graph graph;

    SketchReader(Graph graph) {
        this.graph = graph;
    }

    private static Statement named(String name) {
        return Statement.named(SketchReader.class, "similarity/" + name + ".cypher");
    }

    /**
     * What is known of one inventory.
     *
     * @param level word of its level
     * @param sketched whether it has the sketches of this analyzer
     */
    record Known(String level, boolean sketched) {}

    /** @throws QueryProblem {@code NOT_FOUND} */
    Known require(String inventoryId) {
        return graph.read(SKETCH.with(Map.of("inventoryId", inventoryId, "analyzer", MinHash.ANALYZER))).stream()
                .findFirst()
                .map(row -> new Known(row.text("level"), row.flag("sketched")))
                .orElseThrow(
                        () -> new QueryProblem(QueryProblem.Code.NOT_FOUND, "no inventory has the id " + inventoryId));
    }

    /** Current inventories that share a band, at most {@link #MAX_SHARING}. */
    List<String> sharing(Sketch sketch, Trait trait) {
        return graph
                .read(CANDIDATES.with(
                        Map.of("bands", sketch.bands(trait), "analyzer", MinHash.ANALYZER, "limit", MAX_SHARING)))
                .stream()
                .map(row -> row.text("id"))
                .toList();
    }

    /** The images that have some inventories now, by inventory; sorted by name, then id. */
    Map<String, List<Similar.ImageName>> images(List<String> inventoryIds) {
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
