package dev.stemma.api.http;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.home.Home;
import dev.stemma.api.job.JobQueue;
import dev.stemma.api.security.Role;
import dev.stemma.api.wiring.ReferenceStore;
import dev.stemma.api.wiring.Startup;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.search.SearchIndex;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The service itself. */
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "service")
final class StatusController {

    private final Startup startup;
    private final Home home;
    private final Graph graph;
    private final SearchIndex index;
    private final JobQueue jobs;
    private final ReferenceStore store;
    private final AllowedDirectories directories;

    StatusController(
            Startup startup,
            Home home,
            Graph graph,
            SearchIndex index,
            JobQueue jobs,
            ReferenceStore store,
            AllowedDirectories directories) {
        this.startup = startup;
        this.home = home;
        this.graph = graph;
        this.index = index;
        this.jobs = jobs;
        this.store = store;
        this.directories = directories;
    }

    /**
     * How the service stands.
     *
     * @param graph {@code local} or {@code server}
     * @param indexBehind inventories that the search index has not applied yet
     * @param unreadablePacks of the content store, one line each, once something has asked for it
     * @param directories where images may be read from
     */
    record Status(
            String status,
            long pid,
            long uptimeSeconds,
            String home,
            String graph,
            long images,
            long inventories,
            long packages,
            long files,
            long jobsOpen,
            long indexBehind,
            long heapBytes,
            List<String> unreadablePacks,
            List<String> directories) {}

    @Get("/status")
    @Secured(Role.Word.VIEWER)
    @Operation(summary = "How the service stands and how much it knows")
    Status status() throws IOException {
        Row counts = graph.read(Statement.named(StatusController.class, "http/status.cypher"))
                .getFirst();
        Runtime runtime = Runtime.getRuntime();
        return new Status(
                "ready",
                ProcessHandle.current().pid(),
                startup.uptime().toSeconds(),
                home.root().toString(),
                startup.localGraph() ? "local" : "server",
                counts.number("images"),
                counts.number("inventories"),
                counts.number("packages"),
                counts.number("files"),
                jobs.open(),
                index.progress().behind(),
                runtime.totalMemory() - runtime.freeMemory(),
                store.unreadable(),
                directories.list().stream().map(Path::toString).toList());
    }

    @Post("/shutdown")
    @Secured(Role.Word.ADMINISTRATOR)
    @Operation(summary = "End the service cleanly; a job that runs goes on at the next start")
    HttpResponse<Void> shutdown() {
        startup.requestStop();
        return HttpResponse.accepted();
    }
}
