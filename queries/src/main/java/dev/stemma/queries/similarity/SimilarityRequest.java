package dev.stemma.queries.similarity;

import dev.stemma.queries.problem.QueryProblem;

/**
 * How to look for similar inventories.
 *
 * @param limit at most so many, 1 to 1,000
 * @param threshold only those at least so alike, 0 to 1
 * @param exact how many of the best are found, computed and explained exactly, 0 to 100
 */
public record SimilarityRequest(Trait trait, int limit, double threshold, int exact) {

    private static final int MAX_EXACT = 100;

    /**
     * @throws QueryProblem {@code INVALID} when a number is out of range
     */
    public SimilarityRequest {
        if (limit < 1 || limit > 1_000 || !(threshold >= 0 && threshold <= 1) || exact < 0 || exact > MAX_EXACT) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID,
                    "limit is 1 to 1000, threshold 0 to 1, exact 0 to 100; not " + limit + ", " + threshold + ", "
                            + exact);
        }
    }

    /** The best so many, the first hundred of them exactly. */
    public static SimilarityRequest best(Trait trait, int limit) {
        return new SimilarityRequest(trait, limit, 0, Math.clamp(limit, 0, MAX_EXACT));
    }

    /**
     * The best so many at least so alike, the first hundred of them exactly.
     *
     * @throws QueryProblem {@code INVALID} when a number is out of range
     */
    public static SimilarityRequest best(Trait trait, int limit, double threshold) {
        return new SimilarityRequest(trait, limit, threshold, Math.clamp(limit, 0, MAX_EXACT));
    }
}
