package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.ontology.export.ProvExport;
import dev.stemma.ontology.export.ProvFormat;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.report.LineageReport;
import dev.stemma.queries.report.LineageReporter;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reports for people and for auditors' tools. */
@Controller("/api/v1/reports")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "reports")
final class ReportController {

    private final References references;
    private final LineageReporter reporter;
    private final ProvExport prov;

    ReportController(References references, LineageReporter reporter, ProvExport prov) {
        this.references = references;
        this.reporter = reporter;
        this.prov = prov;
    }

    @Get("/lineage")
    @Produces(MediaType.ALL)
    @Operation(
            summary = "Where an image came from, step by step",
            description =
                    "format: html (a page that stands alone), json, or W3C PROV as prov (Turtle), jsonld or prov-json.")
    HttpResponse<?> lineage(@QueryValue String image, @QueryValue @Nullable String format) throws IOException {
        String id = references.require(image).imageId();
        String wanted = format == null ? "html" : format;
        return switch (wanted) {
            case "html" -> {
                StringBuilder page = new StringBuilder();
                LineageReporter.html(reporter.report(id), page);
                yield HttpResponse.ok(page.toString().getBytes(StandardCharsets.UTF_8))
                        .contentType("text/html; charset=utf-8")
                        .header(
                                "Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox");
            }
            case "json" ->
                HttpResponse.<LineageReport>ok(reporter.report(id)).contentType(MediaType.APPLICATION_JSON_TYPE);
            default -> prov(id, wanted);
        };
    }

    private HttpResponse<byte[]> prov(String id, String wanted) throws IOException {
        ProvFormat format = ProvFormat.parse(wanted.equals("prov") ? "turtle" : wanted)
                .orElseThrow(() -> ProblemCode.BAD_REQUEST.because(
                        "format is html, json, prov, jsonld or prov-json, not: " + wanted));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!prov.write(id, format, out)) {
            throw ProblemCode.NOT_FOUND.because("there is no image " + id);
        }
        return HttpResponse.ok(out.toByteArray()).contentType(format.mediaType() + "; charset=utf-8");
    }
}
