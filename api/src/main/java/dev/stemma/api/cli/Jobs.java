package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Long work, past and present. */
@Command(
        name = "jobs",
        description = "List jobs, show one, follow it or cancel it.",
        footer = "  stemma jobs --limit 5")
final class Jobs extends Request {

    static final Table TABLE = Table.of(
            Column.of("job", "id"),
            Column.of("state", "state"),
            Column.time("submitted", "submittedAt"),
            Column.time("ended", "endedAt"),
            Column.of("kind", "request.kind"),
            Column.of("of", job -> paths(job)));

    static final Table ITEMS = Table.of(
            Column.of("path", "path"),
            Column.of("state", "state"),
            Column.of("image", item -> JobResults.name(item.path("result"))),
            Column.number("files", "result.files"),
            Column.bytes("bytes", "result.fileBytes"),
            Column.number("packages", "result.packages"),
            Column.of("problem", "problem.code"),
            Column.of(
                    "detail", item -> item.hasNonNull("problem") ? ServiceClient.sentence(item.path("problem")) : ""));

    @Parameters(paramLabel = "JOB", arity = "0..1", description = "Show this job, path by path.")
    @Nullable
    String job;

    @Option(names = "--follow", description = "Show its progress until it has ended; Ctrl-C cancels it.")
    boolean follow;

    @Option(names = "--cancel", description = "Cancel it; what it has done stays.")
    boolean cancel;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "List so many. Default: 20.")
    int limit = 20;

    private static String paths(JsonNode job) {
        var items = Answer.list(job, "items");
        return items.isEmpty()
                ? ""
                : Answer.text(items.getFirst(), "path")
                        + (items.size() > 1 ? " and " + (items.size() - 1) + " more" : "");
    }

    @Override
    public Integer call() {
        if (job == null) {
            return print(
                    all("/api/v1/jobs", new ServiceClient.Query().with("limit", Math.min(limit, 1_000)), limit),
                    "items",
                    TABLE);
        }
        String path = "/api/v1/jobs/" + ServiceClient.encoded(job);
        if (cancel) {
            return print(service().delete(path), "items", ITEMS);
        }
        if (follow) {
            JsonNode ended = new Follower(service(), terminal(), output == Output.TABLE).follow(job);
            if (output != Output.TABLE) {
                print(ended, "items", ITEMS);
            }
            return Follower.outcome(ended).exitCode();
        }
        return print(service().get(path), "items", ITEMS);
    }
}
