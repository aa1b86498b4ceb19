package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A SPARQL query. */
@Command(
        name = "sparql",
        description = "Ask in SPARQL 1.1: SELECT, ASK, CONSTRUCT and DESCRIBE.",
        footer =
                "  stemma sparql 'PREFIX stemma: <https://stemma.dev/ns#> SELECT ?n { ?i a stemma:Image ; stemma:name ?n }'")
final class Sparql extends Request {

    @Parameters(paramLabel = "QUERY", description = "SPARQL 1.1.")
    String query = "";

    @Option(
            names = "--accept",
            paramLabel = "TYPE",
            description = "The media type to print as it comes: text/turtle, application/ld+json …")
    @Nullable
    String accept;

    @Override
    public Integer call() {
        ServiceClient.Body body = new ServiceClient.Body("application/sparql-query", query);
        if (accept != null) {
            terminal().out().print(service().text("POST", "/sparql", body, accept));
            return 0;
        }
        if (output == Output.CSV) {
            terminal().out().print(service().text("POST", "/sparql", body, "text/csv"));
            return 0;
        }
        String text = service().text("POST", "/sparql", body, "application/sparql-results+json, text/turtle;q=0.5");
        if (!text.stripLeading().startsWith("{")) {
            terminal().out().print(text);
            return 0;
        }
        JsonNode answer = Answer.parse(text);
        if (answer.has("boolean") && output == Output.TABLE) {
            terminal().out().println(answer.path("boolean").asBoolean() ? "yes" : "no");
            return 0;
        }
        List<Column> columns = new ArrayList<>();
        Answer.at(answer, "head.vars")
                .forEach(name -> columns.add(Column.chosen(
                        name.asText(),
                        row -> row.path(name.asText()).path("value").asText())));
        return print(answer, Answer.list(answer, "results.bindings"), new Table(columns));
    }
}
