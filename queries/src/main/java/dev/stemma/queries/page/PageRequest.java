package dev.stemma.queries.page;

import dev.stemma.queries.problem.QueryProblem;
import java.util.Optional;

/**
 * Which part of a long answer is wanted.
 *
 * @param limit items at most, 1 to 1,000
 * @param after the cursor that the page before ended with; empty for the first page
 */
public record PageRequest(int limit, Optional<Cursor> after) {

    /** The most items a page may have. */
    public static final int MAX_LIMIT = 1_000;

    /**
     * @throws QueryProblem with {@code INVALID} when the limit is out of range
     */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "a page has 1 to " + MAX_LIMIT + " items, not " + limit);
        }
    }

    /** The first page. */
    public static PageRequest first(int limit) {
        return new PageRequest(limit, Optional.empty());
    }

    /** The page after a cursor, or the first one where the cursor is empty. */
    public static PageRequest of(int limit, Optional<String> cursor) {
        return new PageRequest(limit, cursor.map(Cursor::parse));
    }
}
