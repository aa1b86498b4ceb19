package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.search.KnownPackage;
import dev.stemma.queries.search.SoftwareList;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What lies around images: repositories, all software known, inventories by digest. */
@Controller("/api/v1")
@Secured(Role.Word.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "catalog")
final class CatalogController {

    private final Graph graph;
    private final SoftwareList software;

    CatalogController(Graph graph, SoftwareList software) {
        this.graph = graph;
        this.software = software;
    }

    @Get("/repositories")
    @Operation(summary = "The places where images are")
    Page<Repository> repositories() {
        List<Repository> all = graph.read(Statement.named(CatalogController.class, "http/repositories.cypher")).stream()
                .map(Repository::of)
                .toList();
        return new Page<>(all, Optional.empty(), all.size());
    }

    /** A place where images are. */
    record Repository(String id, String name, String kind, String connector, String uri, long images) {
        static Repository of(Row row) {
            return new Repository(
                    row.text("id"),
                    row.findText("name").orElse(""),
                    row.findText("kind").orElse(""),
                    row.findText("connector").orElse(""),
                    row.findText("uri").orElse(""),
                    row.number("images"));
        }
    }

    @Get("/packages")
    @Operation(
            summary =
                    "All software known, by name, or what starts with prefix; with typed, what completes it, typing errors forgiven",
            description = "Each with how many images have it now and how many versions are known.")
    Page<KnownPackage> packages(
            @QueryValue @Nullable String prefix,
            @QueryValue @Nullable String typed,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        if (typed != null) {
            List<KnownPackage> fitting = software.complete(typed, limit == null ? 20 : limit);
            return new Page<>(fitting, Optional.empty(), fitting.size());
        }
        return software.list(prefix == null ? "" : prefix, Paging.of(limit, cursor));
    }

    @Get("/inventories/{id}")
    @Operation(summary = "An inventory by its digest, with the images that have or had it")
    Map<String, @Nullable Object> inventory(String id) {
        if (!id.matches("[0-9a-f]{64}")) {
            throw ProblemCode.BAD_REQUEST.because("an inventory's id is 64 hexadecimal digits");
        }
        return graph
                .read(Statement.named(CatalogController.class, "http/inventory.cypher")
                        .with(Map.of("id", id)))
                .stream()
                .findFirst()
                .map(Row::values)
                .orElseThrow(() -> ProblemCode.NOT_FOUND.because("there is no inventory " + id));
    }
}
