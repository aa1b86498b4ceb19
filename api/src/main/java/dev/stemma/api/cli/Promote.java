package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stemma.api.problem.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a channel point to a version. */
@Command(
        name = "promote",
        description =
                "Have a channel of a chain, such as web:stable, point to one of its versions. A channel that is not there yet comes to be.",
        footer = "  stemma promote web:1.2 --to stable -m 'passed the tests'")
final class Promote extends Request {

    @Parameters(index = "0", paramLabel = "REF", description = "A version: web:1.2.")
    String ref = "";

    @Option(
            names = "--to",
            paramLabel = "CHANNEL",
            required = true,
            description = "The channel, with or without its chain.")
    String channel = "";

    @Option(
            names = {"--message", "-m"},
            paramLabel = "TEXT",
            required = true,
            description = "Why; kept with its history.")
    String message = "";

    @Override
    public Integer call() {
        int colon = ref.lastIndexOf(':');
        if (colon < 1) {
            throw new CommandProblem(Outcome.USAGE, "name the version by its chain: web:1.2");
        }
        String chain = ref.substring(0, colon);
        String name = channel.startsWith(chain + ":") ? channel.substring(colon + 1) : channel;
        ObjectNode wanted = Answer.object();
        wanted.put("version", ref);
        wanted.put("message", message);
        JsonNode version = service()
                .put(
                        "/api/v1/chains/" + ServiceClient.encoded(chain) + "/channels/" + ServiceClient.encoded(name),
                        wanted);
        return ChangeState.told(this, version);
    }
}
