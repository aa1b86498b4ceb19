package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One image. */
@Command(name = "show", description = "Show what is known of an image.", footer = "  stemma show web-1")
final class Show extends Request {

    @Parameters(
            index = "0",
            paramLabel = "REF",
            description = "An image: its id, version (web:1.2), channel, unique name, location, or digest prefix.")
    String ref = "";

    @Mixin
    AsOf at = new AsOf();

    @Override
    public Integer call() {
        JsonNode view = service()
                .get("/api/v1/images/" + ServiceClient.encoded(ref) + new ServiceClient.Query().with("at", at.date));
        if (output != Output.TABLE) {
            return print(view, List.of(view), FLAT);
        }
        fact("image", Answer.text(view, "image.name") + " (" + Answer.text(view, "image.id") + ")");
        fact("as of", Answer.text(view, "at"));
        place(view);
        fact("description", Answer.text(view, "image.description"));
        fact("location", Answer.text(view, "image.location"));
        fact("format", Answer.text(view, "image.format") + size(view));
        fact("modified", Answer.text(view, "image.modifiedAt"));
        Answer.at(view, "operatingSystems").forEach(os -> fact("system", system(os)));
        inventory(view);
        Answer.at(view, "parents").forEach(kin -> fact("derives from", kin(kin)));
        Answer.at(view, "children").forEach(kin -> fact("parent of", kin(kin)));
        volumes(view);
        machine(view);
        observations(view);
        return 0;
    }

    private void place(JsonNode view) {
        String branch = Answer.text(view, "place.branch");
        if (view.hasNonNull("place")) {
            fact(
                    branch.isEmpty() ? "version" : "branch",
                    Answer.text(view, "place.chain") + ":" + Answer.text(view, "place.version")
                            + (branch.isEmpty() ? "" : "." + branch)
                            + Answer.list(view, "place.channels").stream()
                                    .map(channel -> ", " + channel.asText())
                                    .collect(Collectors.joining()));
        }
        fact("state", Answer.text(view, "image.state").toLowerCase(Locale.ROOT));
        Answer.at(view, "warnings").forEach(warning -> fact("warning", Tree.sentence(warning)));
        Answer.at(view, "deployedTo").forEach(machine -> fact("runs on", Answer.text(machine, "name")));
    }

    private static final Table FLAT = Table.of(
            Column.of("id", "image.id"),
            Column.of("name", "image.name"),
            Column.of("location", "image.location"),
            Column.of("format", "image.format"),
            Column.bytes("virtual bytes", "image.virtualBytes"),
            Column.bytes("allocated bytes", "image.allocatedBytes"),
            Column.time("modified", "image.modifiedAt"),
            Column.of("level", "inventory.level"),
            Column.of("inventory", "inventory.id"),
            Column.number("packages", "inventory.packages"),
            Column.number("files", "inventory.counts.files"));

    private static String size(JsonNode view) {
        return view.path("image").hasNonNull("virtualBytes")
                ? ", " + Column.size(Answer.number(view, "image.virtualBytes")) + " for the guest, "
                        + Column.size(Answer.number(view, "image.allocatedBytes")) + " on disk"
                : "";
    }

    private static String system(JsonNode os) {
        String pretty = Answer.text(os, "prettyName");
        return (pretty.isEmpty() ? Answer.text(os, "distribution") + " " + Answer.text(os, "version") : pretty)
                + (os.hasNonNull("patchLevel") ? ", " + Answer.text(os, "patchLevel") : "")
                + (os.hasNonNull("architecture") ? ", " + Answer.text(os, "architecture") : "");
    }

    private void inventory(JsonNode view) {
        JsonNode inventory = view.path("inventory");
        if (inventory.isMissingNode() || inventory.isNull()) {
            fact("inventory", "none: it was never indexed. Run: stemma index " + Answer.text(view, "image.location"));
            return;
        }
        fact(
                "inventory",
                Answer.text(inventory, "id") + ", " + Answer.text(inventory, "level") + ", observed "
                        + Answer.text(inventory, "observedAt"));
        fact(
                "holds",
                String.format(
                        Locale.ROOT,
                        "%,d packages, %,d files with %s",
                        Answer.number(inventory, "packages"),
                        Answer.number(inventory, "counts.files"),
                        Column.size(Answer.number(inventory, "counts.fileBytes"))));
    }

    private static String kin(JsonNode kin) {
        String confidence = kin.hasNonNull("confidence") ? ", confidence " + Answer.text(kin, "confidence") : "";
        return Answer.text(kin, "name") + " (" + Answer.text(kin, "kind") + ", "
                + Answer.text(kin, "basis").toLowerCase(Locale.ROOT) + confidence + ")";
    }

    private void volumes(JsonNode view) {
        for (JsonNode volume : Answer.list(view, "volumes")) {
            fact(
                    "disk " + Answer.text(volume, "index"),
                    Column.size(Answer.number(volume, "virtualBytes")) + ", table " + Answer.text(volume, "table"));
            for (JsonNode part : Answer.list(volume, "parts")) {
                JsonNode facts = part.path("held").path("facts");
                String name = "  part " + Answer.text(part, "partition.number");
                String holds = facts.isMissingNode()
                        ? "nothing that Stemma knows"
                        : Answer.text(facts, "type") + " " + Answer.text(facts, "label") + " "
                                + Answer.text(facts, "uuid");
                fact(
                        name,
                        Column.size(Answer.number(part, "partition.sizeBytes")) + ", " + holds
                                + mounted(part.path("held")));
            }
        }
    }

    private static String mounted(JsonNode held) {
        List<String> points = new ArrayList<>();
        Answer.at(held, "mountPoints").forEach(point -> points.add(point.asText()));
        return (points.isEmpty() ? "" : ", at " + String.join(", ", points))
                + (held.path("chosen").asBoolean() ? ", system" : "");
    }

    private void machine(JsonNode view) {
        MachineFacts.sections(view.path("machine")).forEach((section, lines) -> {
            terminal().line("");
            terminal().line(section);
            lines.forEach(line -> fact(line.name(), line.value()));
        });
        terminal().line("");
    }

    private void observations(JsonNode view) {
        for (JsonNode observation : Answer.list(view, "observations")) {
            String remedy = Answer.text(observation, "remedy");
            fact(
                    Answer.text(observation, "severity").toLowerCase(Locale.ROOT),
                    Answer.text(observation, "where") + ": " + Answer.text(observation, "message")
                            + (remedy.isEmpty() ? "" : ". " + remedy) + " [" + Answer.text(observation, "code") + "]");
        }
    }

    private void fact(String name, String value) {
        if (!value.isBlank()) {
            terminal().line(String.format("%-13s %s", name, value.strip()));
        }
    }
}
