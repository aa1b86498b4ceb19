package dev.stemma.api.problem;

import dev.stemma.graph.store.GraphException;
import dev.stemma.queries.problem.QueryProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with a question, or with the graph that should have answered it, as an answer. */
public final class QueryProblems {

    private static final Logger LOG = LoggerFactory.getLogger(QueryProblems.class);

    private QueryProblems() {}

    /** The problem that an asker gets to see. */
    public static Problem problem(QueryProblem found) {
        ProblemCode code =
                switch (found.code()) {
                    case NOT_FOUND -> ProblemCode.NOT_FOUND;
                    case AMBIGUOUS -> ProblemCode.AMBIGUOUS;
                    case INVALID -> ProblemCode.BAD_REQUEST;
                    case NOT_INDEXED -> ProblemCode.NOT_INDEXED;
                    case NO_FILES -> ProblemCode.NO_FILES;
                    case NO_BASELINE -> ProblemCode.NO_BASELINE;
                    case NO_PAST -> ProblemCode.NO_PAST;
                    case NO_CLUSTER -> ProblemCode.NO_CLUSTER;
                    case TOO_MANY_PAIRS -> ProblemCode.TOO_MANY_PAIRS;
                };
        return Problem.of(
                code.word(),
                code.status(),
                code.outcome(),
                String.valueOf(found.getMessage()),
                null,
                found.position().map(position -> "character " + position).orElse(null));
    }

    /** The problem that an asker gets to see; what is a defect goes to the log as well. */
    public static Problem problem(GraphException found) {
        ProblemCode code =
                switch (found.kind()) {
                    case UNREACHABLE, UNAUTHENTICATED -> ProblemCode.GRAPH_UNREACHABLE;
                    case INVALID -> ProblemCode.BAD_QUERY;
                    case READ_ONLY -> ProblemCode.READ_ONLY;
                    case TIMEOUT, TOO_MANY_ROWS -> ProblemCode.LIMIT_REACHED;
                    case CONFLICT -> ProblemCode.CONFLICT;
                    case FAILED -> ProblemCode.INTERNAL;
                };
        if (code == ProblemCode.INTERNAL) {
            LOG.error("the graph failed", found);
        }
        return Problem.of(code, String.valueOf(found.getMessage()), null);
    }
}
