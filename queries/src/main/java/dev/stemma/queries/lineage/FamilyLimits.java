package dev.stemma.queries.lineage;

import dev.stemma.queries.problem.QueryProblem;

/**
 * How far a family tree is followed.
 *
 * @param depth derivations up and down, 1 to 1,000
 * @param images met in each direction, at most so many, the nearest first, 1 to 100,000
 */
public record FamilyLimits(int depth, int images) {

    /** Enough to be read, and soon there: the nearest 200 each way of 100 steps. */
    public static final FamilyLimits SHOWN = new FamilyLimits(100, 200);

    /** Enough for a question: 100 steps, 10,000 images. */
    public static final FamilyLimits DEFAULT = new FamilyLimits(100, 10_000);

    /**
     * @throws QueryProblem {@code INVALID} when a number is out of range
     */
    public FamilyLimits {
        if (depth < 1 || depth > 1_000 || images < 1 || images > 100_000) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID,
                    "a tree is followed for 1 to 1000 steps and 1 to 100000 images, not " + depth + " and " + images);
        }
    }
}
