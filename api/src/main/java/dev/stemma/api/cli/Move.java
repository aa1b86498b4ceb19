package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves a version to another chain. */
@Command(
        name = "move",
        description =
                "Move a version to the end of another chain. Its old number is given to no other, and stays known.",
        footer = "  stemma move web:1.3 --chain database -m 'it never was a web server'")
final class Move extends Request {

    @Parameters(index = "0", paramLabel = "REF", description = "A version: web:1.3.")
    String ref = "";

    @Option(names = "--chain", paramLabel = "CHAIN", required = true, description = "The chain that it belongs to.")
    String chain = "";

    @Option(
            names = {"--message", "-m"},
            paramLabel = "TEXT",
            required = true,
            description = "Why; kept with its history.")
    String message = "";

    @Override
    public Integer call() {
        ObjectNode wanted = Answer.object();
        wanted.put("chain", chain);
        wanted.put("message", message);
        JsonNode version = service().post("/api/v1/images/" + ServiceClient.encoded(ref) + "/chain", wanted);
        return ChangeState.told(this, version);
    }
}
