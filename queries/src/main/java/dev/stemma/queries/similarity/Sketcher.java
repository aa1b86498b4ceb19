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
    private static final int BANDS_AT_ONCE = 10_000;
    private static final Statement STORE = Statement.named(Sketcher.class, "similarity/store.cypher");
    private static final Statement UNSKETCHED = Statement.named(Sketcher.class, "similarity/unsketched.cypher");
    private static final Statement EMPTY_BANDS = Statement.named(Sketcher.class, "similarity/empty-bands.cypher");

    private final Graph graph;
    private final ElementSets sets;
    private final SketchReader reader;

    /** @param contents where the contents of files are listed; {@link FileContents#NONE} to ask the graph alone */
    public Sketcher(Graph graph, FileContents contents) {
        this.graph = graph;
        this.sets = new ElementSets(graph, contents, 0);
        reader = new SketchReader(graph);
    }

    /**
     * Sketches one inventory; does nothing when it has the sketches of this analyzer. At the basic level there are no files
     * to sketch, and it gets a sketch of its packages alone.
     *
     * @return whether anything was written
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public boolean sketch(String inventoryId) {
        SketchReader.Known known = reader.require(inventoryId);
        if (known.sketched()) {
            return false;
        }
        Map<String, Object> sketches = new HashMap<>();
        List<String> bands = new ArrayList<>();
        for (Trait trait : Trait.values()) {
            if (trait == Trait.PACKAGES || Level.parse(known.level()) == Level.FULL) {
                Sketch sketch = sets.of(inventoryId, trait).sketch(trait);
                sketches.put(trait.word(), sketch.bytes());
                sketches.put(trait.word() + "Size", sketch.size());
                bands.addAll(sketch.bands(trait));
            }
        }
        sketches.put("packagesElements", sets.of(inventoryId, Trait.PACKAGES).encoded());
        graph.write(STORE.with(Map.of(
                "inventoryId", inventoryId, "analyzer", MinHash.ANALYZER, "sketches", sketches, "bands", bands)));
        return true;
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
                dropEmptyBands(done);
                return done;
            }
        }
    }

    /** Bands of an earlier analyzer are left without inventories. */
    private void dropEmptyBands(long sketched) {
        long deleted = sketched;
        while (deleted > 0) {
            deleted = graph.write(EMPTY_BANDS.with(Map.of("limit", BANDS_AT_ONCE)))
                    .getFirst()
                    .number("deleted");
        }
    }
}
