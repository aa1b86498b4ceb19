package dev.stemma.api.graphql;

import graphql.analysis.FieldComplexityCalculator;
import graphql.analysis.FieldComplexityEnvironment;

/**
 * What an answer may cost: about one for each field of each object that it can hold. Lists count by their limit, drift and
 * what is similar by what a comparison takes.
 */
final class Complexity implements FieldComplexityCalculator {

    /** The most that one query may cost. */
    static final int LIMIT = 250_000;

    /** How deep fields may nest. */
    static final int DEPTH = 12;

    private static final int DRIFT = 500;
    private static final int SIMILAR = 500;
    private static final int RELATIVES = 10;
    private static final int PACKAGES = 20;

    @Override
    public int calculate(FieldComplexityEnvironment field, int below) {
        long cost =
                switch (field.getField().getName()) {
                    case "images", "chains", "versions", "branches" -> 1 + (1L + below) * number(field, "limit", 100);
                    case "machines" -> 1 + (1L + below) * number(field, "limit", RELATIVES);
                    case "packages" -> 1 + (1L + below) * (field.getArguments().get("name") == null ? PACKAGES : 1);
                    case "ancestors", "descendants", "parents", "children", "channels", "runs", "captures" ->
                        1 + (1L + below) * RELATIVES;
                    case "similar" -> SIMILAR + (long) below * number(field, "limit", 20);
                    case "drift" -> DRIFT + below + (long) number(field, "files", 100);
                    default -> 1L + below;
                };
        return (int) Math.min(cost, Integer.MAX_VALUE / 2);
    }

    private static int number(FieldComplexityEnvironment field, String name, int usual) {
        return field.getArguments().get(name) instanceof Number number ? Math.max(1, number.intValue()) : usual;
    }
}
