package dev.stemma.ontology.sparql;

import java.time.Duration;

/**
 * What one query may cost. Past a limit the query ends in a {@link SparqlProblem}; an answer is never cut short in
 * silence.
 *
 * @param time from the start of {@link SparqlEngine#run} to its end; more than zero
 * @param rows rows (SELECT) or triples (CONSTRUCT, DESCRIBE) of the answer; 1 or more
 * @param workingRows rows that all steps of the evaluation together may hand on; 1 or more
 */
public record SparqlLimits(Duration time, long rows, long workingRows) {

    /** For people at a screen: 30 s, 100,000 rows, 2,000,000 working rows. */
    public static final SparqlLimits DEFAULT = new SparqlLimits(Duration.ofSeconds(30), 100_000, 2_000_000);

    public SparqlLimits {
        if (!time.isPositive() || rows < 1 || workingRows < 1) {
            throw new IllegalArgumentException("limits are positive: " + time + ", " + rows + ", " + workingRows);
        }
    }
}
