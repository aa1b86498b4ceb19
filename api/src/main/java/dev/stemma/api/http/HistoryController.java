package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.queries.deployment.MachineFacts;
import dev.stemma.queries.deployment.MachineList;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.lineage.FamilyDot;
import dev.stemma.queries.lineage.FamilyLimits;
import dev.stemma.queries.lineage.FamilySvg;
import dev.stemma.queries.lineage.FamilyTree;
import dev.stemma.queries.lineage.FamilyView;
import dev.stemma.queries.lineage.History;
import dev.stemma.queries.lineage.HistoryView;
import dev.stemma.queries.moment.AsOf;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
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
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where images come from, what came of them, and what happened to them; now or as of a date. */
@Controller("/api/v1")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "lineage")
final class HistoryController {

    private static final String SVG = "image/svg+xml";
    private static final String DOT = "text/vnd.graphviz";

    private final References references;
    private final FamilyTree tree;
    private final History history;
    private final MachineList machines;

    HistoryController(References references, FamilyTree tree, History history, MachineList machines) {
        this.references = references;
        this.tree = tree;
        this.history = history;
        this.machines = machines;
    }

    @Get("/lineage")
    @Produces(MediaType.ALL)
    @Operation(
            summary = "Ancestors and descendants of an image, or of what a machine runs",
            description =
                    "form: json, dot (Graphviz) or svg; without it what Accept asks for first of application/json,"
                            + " text/vnd.graphviz and image/svg+xml. depth, images: steps, and images, followed up and down, the"
                            + " nearest first; 100 and 200 if not said, complete is false when there are more. at: a date or time, as of which it is answered.")
    HttpResponse<?> lineage(
            @QueryValue String image,
            @QueryValue @Nullable Integer depth,
            @QueryValue @Nullable Integer images,
            @QueryValue @Nullable String at,
            @QueryValue @Nullable String form,
            HttpRequest<?> request)
            throws IOException {
        String wanted = form == null ? accepted(request) : form;
        if (!wanted.matches("json|dot|svg")) {
            throw ProblemCode.BAD_REQUEST.because("form is json, dot or svg, not: " + wanted);
        }
        FamilyLimits limits = new FamilyLimits(
                depth == null ? FamilyLimits.SHOWN.depth() : depth,
                images == null ? FamilyLimits.SHOWN.images() : images);
        Optional<AsOf> moment = Moments.of(at);
        FamilyView family = family(references.requireAny(image, moment), limits, moment);
        StringWriter text = new StringWriter();
        return switch (wanted) {
            case "svg" -> {
                FamilySvg.write(family, text);
                yield drawn(text, SVG);
            }
            case "dot" -> {
                FamilyDot.write(family, text);
                yield drawn(text, DOT);
            }
            default ->
                HttpResponse.<FamilyView>ok(family)
                        .contentType(MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        };
    }

    /** The family of a machine is that of the image that it runs, or ran last. */
    private FamilyView family(Reference asked, FamilyLimits limits, Optional<AsOf> at) {
        if (!asked.machine()) {
            return tree.tree(asked.imageId(), limits, at);
        }
        MachineFacts machine = machines.machine(asked.imageId(), at);
        String imageId = machine.runs().stream()
                .findFirst()
                .map(MachineFacts.Run::imageId)
                .orElseThrow(() ->
                        ProblemCode.NOT_FOUND.because("the machine " + machine.name() + " runs nothing that is known"));
        return tree.tree(imageId, limits, at).ofMachine(machine.id());
    }

    private static String accepted(HttpRequest<?> request) {
        return request.accept().stream()
                .map(type -> switch (type.getName()) {
                    case SVG -> "svg";
                    case DOT -> "dot";
                    case MediaType.APPLICATION_JSON, MediaType.ALL -> "json";
                    default -> "";
                })
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("json");
    }

    /** A drawing may be opened by itself, and must not do there what a page may. */
    private static HttpResponse<byte[]> drawn(StringWriter text, String type) {
        return HttpResponse.ok(text.toString().getBytes(StandardCharsets.UTF_8))
                .contentType(type + "; charset=utf-8")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    }

    @Get("/history")
    @Operation(
            summary = "What happened to an image and, for a version, to what was made of it, newest first",
            description = "at: a date or time; what came later is left out.")
    HistoryView history(
            @QueryValue String image,
            @QueryValue @Nullable String at,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        Optional<AsOf> moment = Moments.of(at);
        Reference asked = references.requireAny(image, moment);
        if (asked.machine()) {
            // It must have been there then.
            machines.machine(asked.imageId(), moment);
        }
        return history.of(asked.imageId(), moment, Paging.of(limit, cursor));
    }
}
