package dev.stemma.api.sparql;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.ontology.sparql.SparqlEngine;
import dev.stemma.ontology.sparql.SparqlFormat;
import dev.stemma.ontology.sparql.SparqlLimits;
import dev.stemma.ontology.sparql.SparqlProblem;
import dev.stemma.ontology.sparql.SparqlQuery;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SPARQL 1.1 Protocol, query operation (section 2.1): GET with {@code query}, POST of a form or of {@code
 * application/sparql-query}; the format by the Accept header. There is one graph, so graph parameters are refused; update is
 * not offered.
 *
 * <p>An answer is held whole, within the engine's limit on rows, before its first byte is sent: a limit that is met half-way
 * must be an error and not a short answer.
 */
@Controller("/sparql")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "sparql")
final class SparqlController {

    private static final String QUERY_TYPE = "application/sparql-query";

    private final SparqlEngine engine;

    SparqlController(SparqlEngine engine) {
        this.engine = engine;
    }

    @Get
    @Produces(MediaType.ALL)
    @Operation(summary = "A SPARQL 1.1 query")
    HttpResponse<byte[]> get(@QueryValue @Nullable String query, HttpRequest<?> request) throws IOException {
        refuseGraphs(request.getParameters().names());
        return answer(query, request);
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.ALL)
    @Operation(summary = "A SPARQL 1.1 query as a form")
    HttpResponse<byte[]> form(@Body Map<String, Object> form, HttpRequest<?> request) throws IOException {
        refuseGraphs(form.keySet());
        return answer(form.get("query") instanceof String query ? query : null, request);
    }

    @Post
    @Consumes(QUERY_TYPE)
    @Produces(MediaType.ALL)
    @Operation(summary = "A SPARQL 1.1 query as the body")
    HttpResponse<byte[]> direct(@Body String query, HttpRequest<?> request) throws IOException {
        refuseGraphs(request.getParameters().names());
        return answer(query, request);
    }

    private static void refuseGraphs(Iterable<String> names) {
        for (String name : names) {
            if (name.equals("default-graph-uri") || name.equals("named-graph-uri") || name.startsWith("using-")) {
                throw ProblemCode.BAD_REQUEST.because("there is one graph; leave out " + name);
            }
            if (name.equals("update")) {
                throw ProblemCode.READ_ONLY.because("this endpoint takes queries, not updates");
            }
        }
    }

    private HttpResponse<byte[]> answer(@Nullable String text, HttpRequest<?> request) throws IOException {
        if (text == null || text.isBlank()) {
            throw ProblemCode.BAD_REQUEST.because("the parameter query is missing");
        }
        SparqlQuery query = engine.parse(text);
        SparqlFormat format = choose(query, Accepted.types(request.getHeaders().getAll("Accept")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        engine.run(query, format, SparqlLimits.DEFAULT, out);
        return HttpResponse.ok(out.toByteArray())
                .contentType(format.mediaType() + (format.mediaType().startsWith("text/") ? "; charset=utf-8" : ""))
                .header("Vary", "Accept");
    }

    private static SparqlFormat choose(SparqlQuery query, List<Accepted> wanted) {
        for (Accepted type : wanted) {
            Optional<SparqlFormat> fitting = query.formats().stream()
                    .filter(format -> type.covers(format.mediaType()))
                    .findFirst();
            if (fitting.isPresent()) {
                return fitting.get();
            }
        }
        if (wanted.isEmpty()) {
            return query.formats().getFirst();
        }
        throw new SparqlProblem(
                SparqlProblem.Code.NOT_ACCEPTABLE,
                "this query's answer comes as "
                        + query.formats().stream().map(SparqlFormat::mediaType).toList());
    }
}
