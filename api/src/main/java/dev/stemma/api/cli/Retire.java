package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells that a machine is no more. */
@Command(
        name = "retire",
        description = "Record that a machine is no more. What is known of it stays, and it can be deployed to again.",
        footer = "  stemma retire shop-1 -m 'replaced by shop-2'")
final class Retire extends Request {

    @Parameters(index = "0", paramLabel = "MACHINE", description = "A machine: its name, id, or branch (web:1.2.3).")
    String machine = "";

    @Option(
            names = {"--message", "-m"},
            paramLabel = "TEXT",
            required = true,
            description = "Why; kept with its history.")
    String message = "";

    @Override
    public Integer call() {
        ObjectNode wanted = Answer.object();
        wanted.put("message", message);
        JsonNode retired = service().post("/api/v1/machines/" + ServiceClient.encoded(machine) + "/retirement", wanted);
        return print(retired, List.of(retired), Machines.TABLE);
    }
}
