package dev.stemma.ontology.mapping;

import java.util.List;

/** What an individual's IRI names. */
public sealed interface Individual {

    /**
     * A node.
     *
     * @param label its label
     * @param key the value of its key property
     */
    record OfNode(String label, String key) implements Individual {}

    /**
     * A relationship that has an individual of its own.
     *
     * @param type its type
     * @param start the node that it starts at
     * @param parts the rest of its key in the order of {@link RelationshipTerm.StatementTerm}; an empty text stands for an absent property
     */
    record OfRelationship(String type, OfNode start, List<String> parts) implements Individual {
        public OfRelationship {
            parts = List.copyOf(parts);
        }
    }
}
