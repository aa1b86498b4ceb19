package dev.stemma.api.graphql;

import dev.stemma.api.problem.Problem;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.problem.ProblemException;
import dev.stemma.api.problem.QueryProblems;
import dev.stemma.graph.store.GraphException;
import dev.stemma.queries.problem.QueryProblem;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Problems of a field in the errors of an answer, with the codes that the REST way in has. */
final class Errors implements DataFetcherExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters at) {
        Throwable found = at.getException();
        while (found instanceof CompletionException && found.getCause() != null) {
            found = found.getCause();
        }
        Problem problem =
                switch (found) {
                    case ProblemException known -> known.problem();
                    case QueryProblem question -> QueryProblems.problem(question);
                    case GraphException graph -> QueryProblems.problem(graph);
                    default -> {
                        LOG.error("field {} failed", at.getPath(), found);
                        yield Problem.of(
                                ProblemCode.INTERNAL, "something in the service broke", "Its log has the details.");
                    }
                };
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(GraphqlErrorBuilder.newError()
                                .message("%s", problem.sentence())
                                .path(at.getPath())
                                .location(at.getSourceLocation())
                                .extensions(Map.of("code", problem.code(), "outcome", problem.outcome()))
                                .build())
                        .build());
    }
}
