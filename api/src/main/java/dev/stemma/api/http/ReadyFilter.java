package dev.stemma.api.http;

import dev.stemma.api.problem.Problem;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.wiring.Startup;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/** Answers for the graph while it is still starting, instead of letting requests wait for it. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ReadyFilter {

    private final Startup startup;

    ReadyFilter(Startup startup) {
        this.startup = startup;
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> refuseUntilReady(HttpRequest<?> request) {
        String path = request.getPath();
        boolean needsGraph = path.startsWith("/api/")
                || path.startsWith("/cypher")
                || path.startsWith("/sparql")
                || path.startsWith("/graphql");
        return !needsGraph || startup.isReady()
                ? null
                : ProblemResponse.of(Problem.of(
                                ProblemCode.STARTING, "the service is still starting", "Ask again in a few seconds."))
                        .header("Retry-After", "2");
    }
}
