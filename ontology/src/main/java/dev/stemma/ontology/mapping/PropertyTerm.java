package dev.stemma.ontology.mapping;

import java.util.List;

/**
 * A property of a node or of a relationship.
 *
 * @param name as the graph has it
 * @param datatype of its value, or of each item
 * @param list whether the graph holds a list; in RDF one triple an item
 * @param predicates IRIs that say the same, Stemma's own first
 */
public record PropertyTerm(String name, Datatype datatype, boolean list, List<String> predicates) {

    public PropertyTerm {
        predicates = List.copyOf(predicates);
    }
}
