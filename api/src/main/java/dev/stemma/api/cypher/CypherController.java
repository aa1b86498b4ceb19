package dev.stemma.api.cypher;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.graph.store.ReadOnlyCypher;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cypher that somebody typed: read-only, bounded in time, rows and bytes; as JSON or, for {@code text/csv}, as CSV. */
@Controller("/cypher")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "cypher")
final class CypherController {

    private static final int MAX_LENGTH = 100_000;

    private final ReadOnlyCypher cypher;

    CypherController(ReadOnlyCypher cypher) {
        this.cypher = cypher;
    }

    /**
     * A query.
     *
     * @param query Cypher 25
     * @param parameters its parameters, any JSON
     * @param maxRows 1 to 100,000; 10,000 by default. More rows are an error, never a short answer
     * @param timeoutSeconds 1 to 120; 30 by default
     */
    record Question(
            @Nullable String query,
            @Nullable Map<String, @Nullable Object> parameters,
            @Nullable Long maxRows,
            @Nullable Long timeoutSeconds) {}

    @Post
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_CSV})
    @Operation(summary = "A read-only Cypher query")
    HttpResponse<?> ask(@Body Question question, HttpRequest<?> request) {
        if (question.query() == null || question.query().isBlank()) {
            throw ProblemCode.BAD_REQUEST.because("the member query is missing");
        }
        if (question.query().length() > MAX_LENGTH) {
            throw ProblemCode.BAD_REQUEST.because("a query has at most " + MAX_LENGTH + " characters");
        }
        ReadOnlyCypher.Limits limits = CypherAnswer.limits(question.maxRows(), question.timeoutSeconds());
        long begun = System.nanoTime();
        return CypherAnswer.respond(
                cypher.run(question.query(), question.parameters() == null ? Map.of() : question.parameters(), limits),
                begun,
                request);
    }
}
