package dev.stemma.ontology.sparql.pushdown;

import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;

/** One way in which a whole pattern can match: what each place holds, and the shape of each triple and chain. */
record Typed(Map<Node, Kind> kinds, List<Shape> shapes) {

    Typed {
        kinds = Map.copyOf(kinds);
        shapes = List.copyOf(shapes);
    }
}
