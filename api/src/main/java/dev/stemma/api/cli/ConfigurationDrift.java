package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Prints changes of configuration: for each path what happened, and the text diff below it. */
final class ConfigurationDrift {

    private static final Table CHANGES = Table.of(
            Column.of("change", "change"),
            Column.of("name", "name"),
            Column.of("from", "from"),
            Column.of("to", "to"),
            Column.of("owner", "owner"),
            Column.of("difference", "difference"),
            Column.of("note", "note"));

    private final Request request;
    private final int limit;

    ConfigurationDrift(Request request, int limit) {
        this.request = request;
        this.limit = limit;
    }

    int print(JsonNode answer, ServiceClient.Query query) {
        List<JsonNode> changes = changes(answer, query);
        List<JsonNode> rows = new ArrayList<>();
        changes.forEach(change -> rows.add(row(change)));
        if (request.output != Output.TABLE) {
            ObjectNode page = (ObjectNode) answer.path("configuration");
            page.putArray("items").addAll(changes);
            page.remove("next");
            return request.print(answer, rows, CHANGES);
        }
        Terminal terminal = request.terminal();
        terminal.line(Drift.sides(answer));
        Answer.at(answer, "notes").forEach(note -> terminal.err().println("note: " + Terminal.safe(note.asText())));
        for (JsonNode row : rows) {
            terminal.line(heading(row));
            for (String line : Answer.text(row, "difference").split("\n", -1)) {
                if (!line.isEmpty()) {
                    terminal.line(line);
                }
            }
        }
        if (rows.isEmpty()) {
            terminal.err().println("(none)");
        }
        long more = Answer.number(answer, "configuration.total") - rows.size();
        if (more > 0) {
            terminal.err().println("note: " + more + " more files; see --limit");
        }
        return 0;
    }

    private List<JsonNode> changes(JsonNode answer, ServiceClient.Query query) {
        List<JsonNode> changes = new ArrayList<>(Answer.list(answer, "configuration.items"));
        String next = Answer.text(answer, "configuration.next");
        while (!next.isEmpty() && changes.size() < limit) {
            JsonNode page = request.service().get("/api/v1/drift" + query.replace("cursor", next));
            changes.addAll(Answer.list(page, "configuration.items"));
            next = Answer.text(page, "configuration.next");
        }
        return changes;
    }

    private static ObjectNode row(JsonNode change) {
        return DriftRows.ofFile(change.path("change"))
                .put("difference", Answer.text(change, "difference"))
                .put("note", Answer.text(change, "note"));
    }

    private static String heading(JsonNode row) {
        String owner = Answer.text(row, "owner");
        String note = Answer.text(row, "note");
        boolean shown = !Answer.text(row, "difference").isEmpty();
        String sides = shown ? "" : " " + (Answer.text(row, "from") + " → " + Answer.text(row, "to")).strip();
        return Answer.text(row, "change") + " " + Answer.text(row, "name")
                + (owner.isEmpty() ? " (owned by no package)" : " (" + owner + ")") + sides
                + (note.isEmpty() ? "" : ": " + note);
    }
}
