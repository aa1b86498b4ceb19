package dev.stemma.api.problem;

import dev.stemma.ontology.sparql.SparqlProblem;

/** What is wrong with a SPARQL query, as an answer. The code is the SPARQL problem's own. */
public final class SparqlProblems {

    private SparqlProblems() {}

    /** The problem that an asker gets to see. */
    public static Problem problem(SparqlProblem found) {
        int status =
                switch (found.code()) {
                    case SYNTAX, UNSUPPORTED -> 400;
                    case NOT_ACCEPTABLE -> 406;
                    case TIMEOUT, TOO_MANY_ROWS, TOO_LARGE -> 422;
                    case UNAVAILABLE -> 503;
                };
        Outcome outcome =
                switch (found.code()) {
                    case SYNTAX, UNSUPPORTED, NOT_ACCEPTABLE -> Outcome.USAGE;
                    case TIMEOUT, TOO_MANY_ROWS, TOO_LARGE, UNAVAILABLE -> Outcome.FAILED;
                };
        return Problem.of(found.code().word(), status, outcome, String.valueOf(found.getMessage()), null, null);
    }
}
