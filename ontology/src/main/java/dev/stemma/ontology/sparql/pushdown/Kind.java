package dev.stemma.ontology.sparql.pushdown;

import dev.stemma.ontology.mapping.Datatype;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a place of a pattern can hold. */
public sealed interface Kind {

    /**
     * A node with one of these labels.
     *
     * @param labels at least one
     */
    record OfNode(Set<String> labels) implements Kind {
        public OfNode {
            labels = Set.copyOf(labels);
        }
    }

    /** The individual of a relationship of this type. */
    record OfStatement(String type) implements Kind {}

    /** A value of this datatype. */
    record OfValue(Datatype datatype) implements Kind {}

    /** A predicate or a class. */
    record OfTerm() implements Kind {}

    /** What fits both; empty when nothing does. */
    static Optional<Kind> meet(Kind a, Kind b) {
        if (a instanceof OfNode(var some) && b instanceof OfNode(var others)) {
            Set<String> both = new HashSet<>(some);
            both.retainAll(others);
            return both.isEmpty() ? Optional.empty() : Optional.of(new OfNode(both));
        }
        return a.equals(b) ? Optional.of(a) : Optional.empty();
    }
}
