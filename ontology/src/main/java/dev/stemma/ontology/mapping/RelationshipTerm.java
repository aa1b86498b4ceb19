package dev.stemma.ontology.mapping;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A relationship type and the object property that it is.
 *
 * @param type as the graph has it
 * @param predicates IRIs of direct triples, Stemma's own first
 * @param starts labels that it starts at
 * @param ends labels that it ends at
 * @param narrowed further direct triples, for those relationships alone that lack a property
 * @param statement the individual that stands for one relationship, where it has properties
 */
public record RelationshipTerm(
        String type,
        List<String> predicates,
        Set<String> starts,
        Set<String> ends,
        Optional<Narrowed> narrowed,
        Optional<StatementTerm> statement) {

    public RelationshipTerm {
        predicates = List.copyOf(predicates);
        starts = Set.copyOf(starts);
        ends = Set.copyOf(ends);
    }

    /**
     * A predicate for the relationships of a type that lack a property.
     *
     * @param predicate IRI
     * @param absent the property
     */
    public record Narrowed(String predicate, String absent) {}

    /**
     * The individual that stands for one relationship: {@code start qualifier statement}, {@code statement target end}.
     * Its IRI is made of the start, then the end when {@code endInKey}, then the key properties.
     *
     * @param kind segment of its IRI
     * @param classes IRIs, Stemma's own first
     * @param qualifiers predicates from the start to the statement, Stemma's own first
     * @param targets predicates from the statement to the end, Stemma's own first
     * @param endInKey whether the end's key is part of the IRI; then there is one label to end at
     * @param keys properties that tell parallel relationships apart
     * @param properties in the order of the schema
     */
    public record StatementTerm(
            String kind,
            List<String> classes,
            List<String> qualifiers,
            List<String> targets,
            boolean endInKey,
            List<PropertyTerm> keys,
            List<PropertyTerm> properties) {

        public StatementTerm {
            classes = List.copyOf(classes);
            qualifiers = List.copyOf(qualifiers);
            targets = List.copyOf(targets);
            keys = List.copyOf(keys);
            properties = List.copyOf(properties);
        }
    }
}
