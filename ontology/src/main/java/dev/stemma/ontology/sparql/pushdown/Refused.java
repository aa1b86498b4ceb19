package dev.stemma.ontology.sparql.pushdown;

/** Ends a compilation: what was asked has no exact counterpart in Cypher. Never leaves this package. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(String reason) {
        super(reason, null, false, false);
    }
}
