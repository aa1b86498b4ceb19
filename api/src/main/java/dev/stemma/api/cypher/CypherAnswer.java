package dev.stemma.api.cypher;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.graph.store.ReadOnlyCypher;
import dev.stemma.graph.store.Row;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer of columns and rows.
 *
 * @param rows each with a value for each column
 */
record CypherAnswer(List<String> columns, List<List<@Nullable Object>> rows, long millis) {

    private static final long MAX_ROWS = 100_000;
    private static final long MAX_SECONDS = 120;

    /** The limits that were asked for, or the usual ones. */
    static ReadOnlyCypher.Limits limits(@Nullable Long maxRows, @Nullable Long timeoutSeconds) {
        return ReadOnlyCypher.Limits.STANDARD.with(
                within("maxRows", maxRows, ReadOnlyCypher.Limits.STANDARD.rows(), MAX_ROWS),
                Duration.ofSeconds(within(
                        "timeoutSeconds",
                        timeoutSeconds,
                        ReadOnlyCypher.Limits.STANDARD.time().toSeconds(),
                        MAX_SECONDS)));
    }

    /** JSON or, for whoever accepts that alone, CSV. */
    static HttpResponse<?> respond(ReadOnlyCypher.Answer found, long begunNanos, HttpRequest<?> request) {
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
        return HttpResponse.ok(new CypherAnswer(found.columns(), rows, (System.nanoTime() - begunNanos) / 1_000_000))
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
