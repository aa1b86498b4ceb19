package dev.stemma.api.cypher;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.graph.store.ReadOnlyCypher;
import dev.stemma.graph.store.Row;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cypher that somebody typed: read-only, bounded in time, rows and bytes; as JSON or, for {@code text/csv}, as CSV. */
@Controller("/cypher")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "cypher")
final class CypherController {

    private static final int MAX_LENGTH = 100_000;
    private static final long MAX_ROWS = 100_000;
    private static final long MAX_SECONDS = 120;

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

    /**
     * An answer.
     *
     * @param rows each with a value for each column
     */
    record Answer(List<String> columns, List<List<@Nullable Object>> rows, long millis) {}

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
        ReadOnlyCypher.Limits limits = ReadOnlyCypher.Limits.STANDARD.with(
                within("maxRows", question.maxRows(), ReadOnlyCypher.Limits.STANDARD.rows(), MAX_ROWS),
                Duration.ofSeconds(within(
                        "timeoutSeconds",
                        question.timeoutSeconds(),
                        ReadOnlyCypher.Limits.STANDARD.time().toSeconds(),
                        MAX_SECONDS)));
        long begun = System.nanoTime();
        ReadOnlyCypher.Answer found =
                cypher.run(question.query(), question.parameters() == null ? Map.of() : question.parameters(), limits);
        List<List<@Nullable Object>> rows = new ArrayList<>(found.rows().size());
        for (Row row : found.rows()) {
            List<@Nullable Object> cells = new ArrayList<>(found.columns().size());
            found.columns().forEach(column -> cells.add(row.values().get(column)));
            rows.add(cells);
        }
        if (request.accept().stream().anyMatch(type -> type.matches(MediaType.TEXT_CSV_TYPE))
                && request.accept().stream().noneMatch(type -> type.matches(MediaType.APPLICATION_JSON_TYPE))) {
            return HttpResponse.ok(Csv.text(found.columns(), rows))
                    .contentType("text/csv; charset=utf-8; header=present");
        }
        return HttpResponse.ok(new Answer(found.columns(), rows, (System.nanoTime() - begun) / 1_000_000))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static long within(String name, @Nullable Long stated, long usual, long most) {
        if (stated == null) {
            return usual;
        }
        if (stated < 1 || stated > most) {
            throw ProblemCode.BAD_REQUEST.because(name + " is 1 to " + most + ", not " + stated);
        }
        return stated;
    }
}
