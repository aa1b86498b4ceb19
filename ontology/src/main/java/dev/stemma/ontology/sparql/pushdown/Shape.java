package dev.stemma.ontology.sparql.pushdown;

import dev.stemma.ontology.mapping.Datatype;
import dev.stemma.ontology.mapping.PropertyTerm;
import dev.stemma.ontology.mapping.RelationshipTerm;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a triple pattern or a path can match. {@code s} and {@code o} are its places; {@code p} is a variable
 * where the predicate is one.
 */
sealed interface Shape {

    /** By relationships of a type; with {@code absent}, those alone that lack that property. */
    record Direct(Node s, RelationshipTerm relationship, Optional<String> absent, Node o) implements Shape {}

    /** By relationships of any of the types, the predicate being a variable. */
    record AnyDirect(Node s, Node p, Set<String> types, Node o) implements Shape {}

    /** By a chain of relationships; {@code longest} is empty when unbounded. */
    record Chain(Node s, Set<String> types, int shortest, Optional<Integer> longest, Node o) implements Shape {}

    /** A property of a node or of a relationship's individual. */
    record Value(Node s, PropertyTerm property, Node o) implements Shape {}

    /** Any property of one datatype, the predicate being a variable. */
    record AnyValue(Node s, Node p, Datatype datatype, boolean list, Node o) implements Shape {}

    /** From a node to the individual of one of its relationships; {@code p} is null where the predicate is known. */
    record Qualified(Node s, @Nullable Node p, RelationshipTerm relationship, Node o) implements Shape {}

    /** From the individual of a relationship to its end; {@code p} is null where the predicate is known. */
    record Target(Node s, @Nullable Node p, RelationshipTerm relationship, Node o) implements Shape {}

    /** The class of an individual; {@code p} is null where the predicate is known. A known class shows in the kinds alone. */
    record OfClass(Node s, @Nullable Node p, Node o) implements Shape {}

    /** The place on the left. */
    Node s();

    /** The place on the right. */
    Node o();
}
