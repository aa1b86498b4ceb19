package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All machines. */
@Command(
        name = "machines",
        description = "List the machines that are recorded, and what they run.",
        footer = "  stemma machines --as-of 2026-11-01")
final class Machines extends Request {

    static final Table TABLE = Table.of(
            Column.of("machine", "name"),
            Column.of("kind", machine -> Answer.text(machine, "kind").toLowerCase(Locale.ROOT)),
            Column.of("state", machine -> Answer.text(machine, "state").toLowerCase(Locale.ROOT)),
            Column.of("runs", machine -> running(machine)
                    .map(run -> Answer.text(run, "name"))
                    .orElse("")),
            Column.of("branch", machine -> running(machine)
                    .map(run -> Answer.text(run, "branch"))
                    .orElse("")),
            Column.time("since", machine -> running(machine)
                    .map(run -> Answer.text(run, "since"))
                    .orElse("")),
            Column.of("captured as", Machines::captures),
            Column.of("id", "id"));

    @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "List so many. Default: 1000.")
    int limit = 1_000;

    @Mixin
    AsOf at = new AsOf();

    @Override
    public Integer call() {
        return print(
                all(
                        "/api/v1/machines",
                        new ServiceClient.Query().with("at", at.date).with("limit", Math.min(limit, 1_000)),
                        limit),
                "items",
                TABLE);
    }

    /** The deployment that has not ended. */
    static Optional<JsonNode> running(JsonNode machine) {
        return Answer.list(machine, "runs").stream()
                .filter(run -> !run.hasNonNull("until"))
                .findFirst();
    }

    private static String captures(JsonNode machine) {
        return Answer.list(machine, "captures").stream()
                .map(Machines::captured)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** What a captured image is called: the versions that it was checked in as, or its name. */
    static String captured(JsonNode capture) {
        String versions =
                Answer.list(capture, "versions").stream().map(JsonNode::asText).collect(Collectors.joining(" "));
        return versions.isEmpty() ? Answer.text(capture, "name") : versions;
    }
}
