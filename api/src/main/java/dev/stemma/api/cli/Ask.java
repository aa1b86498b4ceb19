package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A question that has a name. */
@Command(
        name = "ask",
        description = {
            "Ask a question that has a name, or, without a name, list those that there are.",
            "Your own are files of Cypher, NAME.cypher, in config/questions in the data directory."
        },
        footer = {"  stemma ask", "  stemma ask expiring-certificates days=60"})
final class Ask extends Request {

    private static final String PATH = "/api/v1/questions";

    private static final Table QUESTIONS = Table.of(
            Column.of("name", row -> Answer.text(row, "name")),
            Column.of("question", Ask::title),
            Column.of("parameters", Ask::parameters));

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The question.")
    @Nullable
    String name;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NAME=TEXT",
            description = "What the question wants to be told; a list has commas between its items.")
    Map<String, String> told = Map.of();

    @Option(names = "--param", paramLabel = "NAME=TEXT", description = "The same. May be repeated.")
    Map<String, String> parameters = Map.of();

    @Override
    public Integer call() {
        if (name == null) {
            return print(service().get(PATH), "items", QUESTIONS);
        }
        String path = PATH + "/" + ServiceClient.encoded(name);
        ObjectNode body = Answer.object();
        ObjectNode values = body.putObject("parameters");
        told.forEach(values::put);
        parameters.forEach(values::put);
        if (output == Output.CSV) {
            terminal().out().print(service().text("POST", path, ServiceClient.Body.json(body), "text/csv"));
            return 0;
        }
        JsonNode answer = service().post(path, body);
        return print(answer, Answer.list(answer, "rows"), Cypher.table(answer));
    }

    private static String title(JsonNode question) {
        return question.hasNonNull("problem") ? Answer.text(question, "problem") : Answer.text(question, "title");
    }

    private static String parameters(JsonNode question) {
        List<JsonNode> wanted = Answer.list(question, "parameters");
        return wanted.stream()
                .map(one -> Answer.text(one, "name")
                        + (one.hasNonNull("usual") ? "=" + Answer.text(one, "usual") : " (must be told)"))
                .collect(Collectors.joining(", "));
    }
}
