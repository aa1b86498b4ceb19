package dev.stemma.ontology.export;

import dev.stemma.ontology.mapping.Individual;
import java.util.List;
import java.util.Map;

/**
 * Where an image came from, as it was read from the graph.
 *
 * @param nodes images, activities, agents and inventories, sorted
 * @param links relationships among them, sorted
 */
record Lineage(List<Node> nodes, List<Link> links) {

    Lineage {
        nodes = List.copyOf(nodes);
        links = List.copyOf(links);
    }

    /** A node and its properties as the graph has them. */
    record Node(Individual.OfNode id, Map<?, ?> properties) {}

    /** A relationship and its properties as the graph has them. */
    record Link(String type, Individual.OfNode start, Individual.OfNode end, Map<?, ?> properties) {}

    /** The activity that a recorded derivation is the outcome of: the child's maker, when it used the parent. */
    List<Individual.OfNode> activities(Link derivation) {
        return links.stream()
                .filter(made ->
                        made.type().equals("GENERATED_BY") && made.start().equals(derivation.start()))
                .map(Link::end)
                .filter(activity -> links.stream()
                        .anyMatch(used -> used.type().equals("USED")
                                && used.start().equals(activity)
                                && used.end().equals(derivation.end())))
                .toList();
    }
}
