package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Collects garbage of the content store. */
@Command(
        name = "gc",
        description =
                "Let go of versions that were deleted long enough ago, and free what nothing in the content store leads to.",
        footer = "  stemma gc --grace 30d")
final class Gc extends JobCommand {

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "14d",
            description = "What was deleted or written since then stays. Default: 14d.")
    String grace = "14d";

    @Override
    public Integer call() {
        ObjectNode wanted = Answer.object();
        wanted.put("graceSeconds", Durations.seconds(grace));
        wanted.put("timeLimitSeconds", Durations.seconds(timeLimit));
        return submit("/api/v1/store/collections", wanted);
    }
}
