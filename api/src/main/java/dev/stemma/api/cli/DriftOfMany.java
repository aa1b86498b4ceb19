package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Prints many comparisons in brief: of a fleet, or of one image over time. */
final class DriftOfMany {

    private static final Column[] COUNTS = {
        Column.of("packages", "packages"),
        Column.number("system", "system"),
        Column.of("files", "files"),
        Column.number("noise", "noise"),
        Column.of("first to look at", "first")
    };

    private static final Table FLEET = Table.of(
            with(Column.of("image", "name"), Column.of("branch", "branch"), Column.list("machines", "machines")));
    private static final Table STEPS = Table.of(with(Column.time("from", "from"), Column.time("to", "to")));
    private static final Table COMMON = Table.of(
            Column.number("images", "members"),
            Column.of("what", "what"),
            Column.of("change", "change"),
            Column.of("name", "name"),
            Column.of("to", "to"));

    private final Request request;

    DriftOfMany(Request request) {
        this.request = request;
    }

    private static Column[] with(Column... first) {
        List<Column> columns = new ArrayList<>(List.of(first));
        columns.addAll(List.of(COUNTS));
        return columns.toArray(Column[]::new);
    }

    int fleet(String master, int limit) {
        var query = new ServiceClient.Query().with("image", master).with("limit", Math.clamp(limit, 1, 100));
        JsonNode answer = request.service().get("/api/v1/drift/fleet" + query);
        List<JsonNode> members = new ArrayList<>(Answer.list(answer, "members.items"));
        String next = Answer.text(answer, "members.next");
        while (!next.isEmpty() && members.size() < limit) {
            JsonNode page = request.service().get("/api/v1/drift/fleet" + query.replace("cursor", next));
            members.addAll(Answer.list(page, "members.items"));
            next = Answer.text(page, "members.next");
        }
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode member : members) {
            rows.add(counts(member)
                    .put("name", Answer.text(member, "name"))
                    .put("branch", Answer.text(member, "branch"))
                    .set("machines", member.path("machines")));
        }
        if (request.output != Output.TABLE) {
            ((ObjectNode) answer.path("members")).putArray("items").addAll(members);
            ((ObjectNode) answer.path("members")).remove("next");
            return request.print(answer, rows, FLEET);
        }
        Terminal terminal = request.terminal();
        terminal.line("made of " + Answer.text(answer, "masterName") + ": " + Answer.text(answer, "members.total"));
        request.print(answer, rows, FLEET);
        List<JsonNode> common = Answer.list(answer, "common");
        if (!common.isEmpty()) {
            terminal.line("");
            terminal.line("what several have alike:");
            COMMON.print(common, terminal);
        }
        Answer.at(answer, "unknown").forEach(one -> note(one.asText()));
        Answer.at(answer, "notes").forEach(one -> note(one.asText()));
        long more = Answer.number(answer, "members.total") - rows.size();
        if (more > 0) {
            note(more + " more images; see --limit");
        }
        return 0;
    }

    int overTime(String image, int limit) {
        var query = new ServiceClient.Query().with("image", image).with("limit", Math.clamp(limit, 1, 50));
        JsonNode answer = request.service().get("/api/v1/drift/over-time" + query);
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode step : Answer.list(answer, "steps")) {
            rows.add(counts(step).put("from", Answer.text(step, "from")).put("to", Answer.text(step, "to")));
        }
        request.print(answer, rows, STEPS);
        if (request.output == Output.TABLE && Answer.number(answer, "earlier") > 0) {
            note(Answer.text(answer, "earlier") + " earlier steps; see --limit");
        }
        return 0;
    }

    private void note(String text) {
        request.terminal().err().println("note: " + Terminal.safe(text));
    }

    private static ObjectNode counts(JsonNode compared) {
        JsonNode summary = compared.path("summary");
        List<String> packages = new ArrayList<>();
        summary.path("packages")
                .properties()
                .forEach(kind -> packages.add(kind.getValue().asText() + " " + kind.getKey()));
        JsonNode suspect = summary.path("suspects").path(0);
        return Answer.object()
                .put("packages", packages.isEmpty() ? "same" : String.join(", ", packages))
                .put("system", Answer.text(summary, "system"))
                .put(
                        "files",
                        summary.hasNonNull("files")
                                ? "+" + Answer.text(summary, "files.added") + " -"
                                        + Answer.text(summary, "files.removed") + " ~"
                                        + Answer.text(summary, "files.changed")
                                : "not known")
                .put("noise", Answer.text(summary, "noise"))
                .put(
                        "first",
                        suspect.isMissingNode()
                                ? ""
                                : Answer.text(suspect, "name") + " " + Answer.text(suspect, "change"));
    }
}
