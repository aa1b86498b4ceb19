package dev.stemma.ontology.mapping;

import java.util.Set;

/** What a predicate means in the graph. Each predicate has one meaning. */
public sealed interface Use {

    /** {@code rdf:type}. */
    record Type() implements Use {}

    /** From a node to a node, by relationships of a type. */
    record Direct(RelationshipTerm relationship) implements Use {}

    /** From a node to a node, by those relationships of a type that lack a property. */
    record Narrowed(RelationshipTerm relationship, String absent) implements Use {}

    /** From a node to the individual that stands for one of its relationships. */
    record Qualifier(RelationshipTerm relationship) implements Use {}

    /**
     * From the individual that stands for a relationship to the relationship's end.
     *
     * @param types types of relationships
     */
    record Target(Set<String> types) implements Use {}

    /**
     * From a node to a value.
     *
     * @param labels labels that have the property
     */
    record NodeValue(Set<String> labels, PropertyTerm property) implements Use {}

    /**
     * From the individual that stands for a relationship to a value.
     *
     * @param types types of relationships that have the property
     */
    record StatementValue(Set<String> types, PropertyTerm property) implements Use {}
}
