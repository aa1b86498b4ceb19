package dev.stemma.ontology.shape;

import java.util.List;

/**
 * What a check found.
 *
 * @param violations in the order of focus, then path; empty when the triples conform
 */
public record ShapeReport(List<Violation> violations) {

    public ShapeReport {
        violations = List.copyOf(violations);
    }

    /** Whether nothing is wrong. */
    public boolean conforms() {
        return violations.isEmpty();
    }

    /**
     * One thing that is wrong.
     *
     * @param focus IRI of the individual
     * @param path the property, as SHACL writes paths; empty where the individual as a whole is wrong
     * @param constraint local name of the constraint: {@code MinCountConstraintComponent}
     * @param message one sentence
     */
    public record Violation(String focus, String path, String constraint, String message) {}
}
