package dev.stemma.ontology.sparql.pushdown;

import dev.stemma.ontology.mapping.Datatype;
import dev.stemma.ontology.mapping.RelationshipTerm;
import java.util.Set;

/** Where a statement holds what a variable of the query is bound to. */
sealed interface Slot {

    /** Whether it may be null: the variable is then unbound. */
    boolean nullable();

    /** The same, but perhaps null. */
    Slot orNull();

    /** A node, under a name. */
    record OfNode(String name, Set<String> labels, boolean nullable) implements Slot {
        @Override
        public Slot orNull() {
            return new OfNode(name, labels, true);
        }
    }

    /** A relationship and its two nodes, under names. */
    record OfStatement(String name, RelationshipTerm relationship, OfNode start, OfNode end, boolean nullable)
            implements Slot {
        @Override
        public Slot orNull() {
            return new OfStatement(name, relationship, start, end, true);
        }
    }

    /** A value, as an expression. */
    record OfValue(String expression, Datatype datatype, boolean nullable) implements Slot {
        @Override
        public Slot orNull() {
            return new OfValue(expression, datatype, true);
        }
    }

    /** The IRI of a predicate or class, as an expression. */
    record OfTerm(String expression, boolean nullable) implements Slot {
        @Override
        public Slot orNull() {
            return new OfTerm(expression, true);
        }
    }

    /** Any term in the self-describing form of {@link Codes#tagged}, under a name; good for the answer alone. */
    record Tagged(String name) implements Slot {
        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public Slot orNull() {
            return this;
        }
    }
}
