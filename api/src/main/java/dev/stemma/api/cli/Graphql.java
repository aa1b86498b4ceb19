package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stemma.api.problem.Outcome;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A GraphQL query. */
@Command(
        name = "graphql",
        description = "Ask in GraphQL; the answer is JSON. The schema is described in docs/guide/graphql.adoc.",
        footer = "  stemma graphql '{ images(package: \"openssl\") { name operatingSystem { prettyName } } }'")
final class Graphql extends Request {

    @Parameters(paramLabel = "QUERY", description = "A GraphQL document with one operation.")
    String query = "";

    @Option(names = "--variable", paramLabel = "NAME=TEXT", description = "A variable, always text; may be repeated.")
    Map<String, String> variables = Map.of();

    @Override
    public Integer call() {
        ObjectNode body = Answer.object().put("query", query);
        ObjectNode values = body.putObject("variables");
        variables.forEach(values::put);
        JsonNode answer = service().post("/graphql", body);
        if (answer.hasNonNull("data")) {
            terminal().out().println(Answer.pretty(answer.path("data")));
        }
        StringBuilder errors = new StringBuilder();
        Answer.at(answer, "errors")
                .forEach(error -> errors.append(errors.isEmpty() ? "" : "; ").append(Answer.text(error, "message")));
        if (!errors.isEmpty()) {
            String kind = Answer.text(answer.path("errors").path(0), "extensions.outcome");
            throw new CommandProblem(kind.isEmpty() ? Outcome.USAGE : Outcome.parse(kind), errors.toString());
        }
        return 0;
    }
}
