package dev.stemma.queries.similarity;

import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the sketches of an inventory and keeps them in the graph. Derived facts: they name the analyzer that made them,
 * may be dropped, and are made again when the analyzer changes. Safe for use by several threads.
 */
public final class Sketcher {

    private static final int AT_ONCE = 100;
    private static final Statement SKETCH = Statement.named(Sketcher.class, "similarity/sketch.cypher");
    private static final Statement STORE = Statement.named(Sketcher.class, "similarity/store.cypher");
    private static final Statement UNSKETCHED = Statement.named(Sketcher.class, "similarity/unsketched.cypher");

    private final Graph graph;
    private final ElementSets sets;

    /** @param contents where the contents of files are listed; {@link FileContents#NONE} to ask the graph alone */
    public Sketcher(Graph graph, FileContents contents) {
        this.graph = graph;
        this.sets = new ElementSets(graph, contents);
    }

    /**
     * Sketches one inventory; does nothing when it has the sketches of this analyzer. At the basic level there are no files
     * to sketch, and it gets a sketch of its packages alone.
     *
     * @return whether anything was written
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public boolean sketch(String inventoryId) {
        Row row = graph.read(SKETCH.with(parameters(Trait.PACKAGES, inventoryId))).stream()
                .findFirst()
                .orElseThrow(
                        () -> new QueryProblem(QueryProblem.Code.NOT_FOUND, "no inventory has the id " + inventoryId));
        if (row.flag("sketched")) {
            return false;
        }
        Map<String, Object> sketches = new HashMap<>();
        List<String> bands = new ArrayList<>();
        for (Trait trait : Trait.values()) {
            if (trait == Trait.PACKAGES || Level.parse(row.text("level")) == Level.FULL) {
                Sketch sketch = ElementSets.sketch(sets.of(inventoryId, trait));
                sketches.put(trait.word(), sketch.bytes());
                sketches.put(trait.word() + "Size", sketch.size());
                bands.addAll(sketch.bands(trait));
            }
        }
        graph.write(STORE.with(Map.of(
                "inventoryId", inventoryId, "analyzer", MinHash.ANALYZER, "sketches", sketches, "bands", bands)));
        return true;
    }

    static Map<String, Object> parameters(Trait trait, String inventoryId) {
        return Map.of(
                "inventoryId",
                inventoryId,
                "analyzer",
                MinHash.ANALYZER,
                "sketch",
                trait.word() + "Sketch",
                "size",
                trait.word() + "SketchSize");
    }

    /** Sketches every inventory that lacks the sketches of this analyzer; returns how many it did. */
    public long sketchMissing() {
        long done = 0;
        long after = 0;
        while (true) {
            List<Row> rows =
                    graph.read(UNSKETCHED.with(Map.of("analyzer", MinHash.ANALYZER, "after", after, "limit", AT_ONCE)));
            for (Row row : rows) {
                done += sketch(row.text("id")) ? 1 : 0;
                after = row.number("sequence");
            }
            if (rows.isEmpty()) {
                return done;
            }
        }
    }
}
