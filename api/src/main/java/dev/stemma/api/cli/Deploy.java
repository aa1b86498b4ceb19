package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells of a deployment. */
@Command(
        name = "deploy",
        description = {
            "Record that a machine runs an image from now on, and what it ran before no more. Nothing is started.",
            "Of a version, or what was made of one, that opens a branch: web:1.2 becomes web:1.2.1."
        },
        footer = "  stemma deploy web:1.2 shop-1 -m 'the new shop'")
final class Deploy extends Request {

    @Parameters(
            index = "0",
            paramLabel = "REF",
            description = "What it runs: a version (web:1.2), a channel, a branch, or any image.")
    String ref = "";

    @Parameters(
            index = "1",
            paramLabel = "MACHINE",
            description = "Name of the machine, known before or not: letters, digits, points, underscores, hyphens.")
    String machine = "";

    @Option(
            names = {"--message", "-m"},
            paramLabel = "TEXT",
            description = "Why; kept with its history.")
    @Nullable
    String message;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "virtual or physical. Default: what it was, else virtual.")
    @Nullable
    String kind;

    @Option(names = "--force", description = "Although the version is revoked or deleted.")
    boolean force;

    @Override
    public Integer call() {
        ObjectNode wanted = Answer.object();
        wanted.put("image", ref);
        wanted.put("machine", machine);
        wanted.put("kind", kind);
        wanted.put("message", message);
        wanted.put("force", force);
        JsonNode deployed = service().post("/api/v1/deployments", wanted);
        if (output != Output.TABLE) {
            return print(deployed, List.of(deployed.path("machine")), Machines.TABLE);
        }
        String branch = Answer.text(deployed, "branch");
        terminal()
                .line(Answer.text(deployed, "machine.name") + " runs " + ref
                        + (branch.isEmpty() ? "" : "; that is " + branch));
        Answer.at(deployed, "warnings").forEach(warning -> terminal().err().println("note: " + Tree.sentence(warning)));
        return 0;
    }
}
