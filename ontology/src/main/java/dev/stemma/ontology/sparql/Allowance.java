package dev.stemma.ontology.sparql;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is left of one query's limits. Used by the thread that runs the query; its time may be asked from others. */
final class Allowance {

    /** Characters that all functions of a query together may build. */
    private static final long MAX_TEXT = 64L << 20;

    private final SparqlLimits limits;
    private final long deadlineNanos;
    private long working;
    private long text;
    private long statements;

    Allowance(SparqlLimits limits) {
        this.limits = limits;
        this.deadlineNanos = System.nanoTime() + limits.time().toNanos();
    }

    /** Time left in whole milliseconds; at least one, so that whoever is given it fails by itself. */
    Duration remaining() {
        return Duration.ofMillis(Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000 + 1));
    }

    /** Ends the query when its time is over. */
    void check() {
        if (System.nanoTime() - deadlineNanos > 0) {
            throw overtime(null);
        }
    }

    SparqlProblem overtime(@Nullable Throwable cause) {
        return new SparqlProblem(
                SparqlProblem.Code.TIMEOUT,
                "the query took longer than " + limits.time().toMillis() + " ms; narrow it or allow more time",
                cause);
    }

    /** Counts a row that a step hands on. */
    void row() {
        if (++working > limits.workingRows()) {
            throw new SparqlProblem(
                    SparqlProblem.Code.TOO_MANY_ROWS,
                    "the query went through more than " + limits.workingRows() + " rows; narrow it");
        }
        if ((working & 0xff) == 0) {
            check();
        }
    }

    /** Counts a row or triple of the answer. */
    void answered(long count) {
        if (count > limits.rows()) {
            throw new SparqlProblem(
                    SparqlProblem.Code.TOO_MANY_ROWS,
                    "the answer has more than " + limits.rows() + " rows; add LIMIT or narrow the query");
        }
    }

    /** Counts text that a function built. */
    void built(int length) {
        text += length;
        if (text > MAX_TEXT) {
            throw new SparqlProblem(
                    SparqlProblem.Code.TOO_LARGE, "the query builds more than " + MAX_TEXT + " characters of text");
        }
    }

    /** Counts a statement sent to the graph. */
    void statement() {
        statements++;
    }

    /** Statements sent so far. */
    long statements() {
        return statements;
    }
}
