package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A read-only Cypher query. */
@Command(
        name = "cypher",
        description =
                "Ask the graph in Cypher, read-only and within limits. The graph is described in docs/reference/graph-schema.adoc.",
        footer = "  stemma cypher 'MATCH (i:Image) WHERE i.name STARTS WITH $start RETURN i.name' --param start=web")
final class Cypher extends Request {

    @Parameters(paramLabel = "QUERY", description = "Cypher 25.")
    String query = "";

    @Option(names = "--param", paramLabel = "NAME=TEXT", description = "A parameter, always text; may be repeated.")
    Map<String, String> parameters = Map.of();

    @Override
    public Integer call() {
        ObjectNode body = Answer.object().put("query", query);
        ObjectNode values = body.putObject("parameters");
        parameters.forEach(values::put);
        if (output == Output.CSV) {
            terminal().out().print(service().text("POST", "/cypher", ServiceClient.Body.json(body), "text/csv"));
            return 0;
        }
        JsonNode answer = service().post("/cypher", body);
        return print(answer, Answer.list(answer, "rows"), table(answer));
    }

    /** Columns as the answer names them. */
    static Table table(JsonNode answer) {
        List<Column> columns = new ArrayList<>();
        int index = 0;
        for (JsonNode name : Answer.list(answer, "columns")) {
            int at = index++;
            columns.add(Column.chosen(name.asText(), row -> cell(row.path(at))));
        }
        return new Table(columns);
    }

    static String cell(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }
}
