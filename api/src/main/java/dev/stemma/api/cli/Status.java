package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;

/** How the service stands. */
@Command(
        name = "status",
        description = "Show how the service stands and how much it knows.",
        footer = "  stemma status --output json")
final class Status extends Request {

    @Override
    public Integer call() {
        ServiceClient service = service();
        JsonNode status = service.get("/api/v1/status");
        ((com.fasterxml.jackson.databind.node.ObjectNode) status).put("url", service.url());
        if (output != Output.TABLE) {
            return print(
                    status,
                    List.of(status),
                    Table.of(
                            Column.of("status", "status"),
                            Column.of("url", "url"),
                            Column.of("pid", "pid"),
                            Column.number("images", "images"),
                            Column.number("inventories", "inventories"),
                            Column.number("packages", "packages"),
                            Column.number("files", "files"),
                            Column.number("jobs open", "jobsOpen")));
        }
        fact(
                "service",
                Answer.text(status, "status") + " at " + Answer.text(status, "url") + ", process "
                        + Answer.text(status, "pid") + ", up "
                        + Progress.duration(Answer.number(status, "uptimeSeconds")));
        fact("graph", Answer.text(status, "graph").equals("local") ? "Neo4j of its own" : "another server");
        fact(
                "knows",
                Answer.text(status, "images") + " images, " + Answer.text(status, "inventories")
                        + " inventories, " + Answer.text(status, "packages") + " packages, "
                        + Answer.text(status, "files") + " distinct files");
        fact("jobs", Answer.text(status, "jobsOpen") + " open");
        long behind = Answer.number(status, "indexBehind");
        fact("search index", behind == 0 ? "up to date" : behind + " inventories behind");
        List<JsonNode> unreadable = Answer.list(status, "unreadablePacks");
        if (!unreadable.isEmpty()) {
            fact(
                    "store",
                    unreadable.size() + " packs cannot be read, the first: "
                            + unreadable.getFirst().asText() + "; see: stemma verify");
        }
        fact("memory", Column.size(Answer.number(status, "heapBytes")) + " of heap in use");
        fact("data", Answer.text(status, "home"));
        Answer.at(status, "directories").forEach(each -> fact("may read", each.asText()));
        return 0;
    }

    private void fact(String name, String value) {
        terminal().line(String.format("%-13s %s", name, value));
    }
}
