package dev.stemma.api.http;

import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.security.Role;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.search.KnownPackage;
import dev.stemma.queries.search.SearchIndex;
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
    private final SearchIndex index;

    CatalogController(Graph graph, SearchIndex index) {
        this.graph = graph;
        this.index = index;
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
            summary = "All software known, by ecosystem and name; with typed, what completes it, best first",
            description = "Each with how many images have it now and how many versions are known.")
    Page<KnownPackage> packages(
            @QueryValue @Nullable String typed,
            @QueryValue @Nullable Integer limit,
            @QueryValue @Nullable String cursor) {
        PageRequest page = Paging.of(limit, cursor);
        if (typed != null) {
            List<KnownPackage> fitting = index.completePackages(typed, page.limit());
            return new Page<>(fitting, Optional.empty(), fitting.size());
        }
        String after = page.after().map(at -> at.require(1).getFirst()).orElse("");
        List<Row> rows = graph.read(Statement.named(CatalogController.class, "http/packages.cypher")
                .with(Map.of("after", after, "limit", page.limit() + 1)));
        List<KnownPackage> known = rows.stream()
                .limit(page.limit())
                .map(row -> new KnownPackage(
                        row.text("id"),
                        row.text("ecosystem"),
                        row.text("name"),
                        row.number("images"),
                        row.number("versions")))
                .toList();
        Optional<String> next = rows.size() > page.limit()
                ? Optional.of(Cursor.of(known.getLast().id()).text())
                : Optional.empty();
        long total = graph.read(Statement.of("MATCH (p:Package) RETURN count(p) AS total"))
                .getFirst()
                .number("total");
        return new Page<>(known, next, total);
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
