package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.problem.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One image. */
@Command(name = "show", description = "Show what is known of an image or a machine.", footer = "  stemma show web-1")
final class Show extends Request {

    @Parameters(
            index = "0",
            paramLabel = "REF",
            description =
                    "An image or machine: its id, version (web:1.2), channel, unique name, location, or digest prefix.")
    String ref = "";

    @Mixin
    AsOf at = new AsOf();

    @Override
    public Integer call() {
        String query = ServiceClient.encoded(ref) + new ServiceClient.Query().with("at", at.date);
        JsonNode view;
        try {
            view = service().get("/api/v1/images/" + query);
        } catch (CommandProblem noImage) {
            return machine(query, noImage);
        }
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

    /** What has no image of that name may be a machine. */
    private int machine(String query, CommandProblem noImage) {
        String path = "/api/v1/machines/";
        try {
            if (noImage.outcome() != Outcome.NOT_FOUND) {
                throw noImage;
            }
            service().get(path + ServiceClient.encoded(ref));
        } catch (CommandProblem noMachine) {
            throw noImage;
        }
        // There is one; whether it was there then is for it to say.
        JsonNode machine = service().get(path + query);
        if (output != Output.TABLE) {
            return print(machine, List.of(machine), Machines.TABLE);
        }
        fact("machine", Answer.text(machine, "name") + " (" + Answer.text(machine, "id") + ")");
        fact("as of", at.date == null ? "" : at.date);
        fact("kind", Answer.text(machine, "kind").toLowerCase(Locale.ROOT));
        fact("state", Answer.text(machine, "state").toLowerCase(Locale.ROOT));
        fact("known since", Answer.text(machine, "registeredAt"));
        for (JsonNode run : Answer.list(machine, "runs")) {
            String branch = Answer.text(run, "branch");
            fact(
                    run.hasNonNull("until") ? "ran" : "runs",
                    Answer.text(run, "name") + (branch.isEmpty() ? "" : " as " + branch) + ", since "
                            + Answer.text(run, "since")
                            + (run.hasNonNull("until") ? " until " + Answer.text(run, "until") : ""));
        }
        for (JsonNode capture : Answer.list(machine, "captures")) {
            fact("captured", Machines.captured(capture) + ", " + Answer.text(capture, "capturedAt"));
        }
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
        fact("state", state(Answer.text(view, "image.state").toLowerCase(Locale.ROOT)));
        Answer.at(view, "warnings").forEach(warning -> fact("warning", Tree.sentence(warning)));
        for (JsonNode machine : Answer.list(view, "deployedTo")) {
            String as = Answer.text(machine, "branch");
            fact("runs on", Answer.text(machine, "name") + (as.isEmpty() ? "" : ", as " + as));
        }
    }

    private static String state(String state) {
        return state.equals("deleted")
                ? "deleted: its bytes go, or are gone, by stemma gc; stemma restore takes back what is still there"
                : state;
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
        String state = Answer.text(kin, "state");
        String told = state.isEmpty() || state.equals("ACTIVE") ? "" : state.toLowerCase(Locale.ROOT) + ", ";
        return Answer.text(kin, "name") + " (" + told + Answer.text(kin, "kind") + ", "
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
                        ? "no file system was read"
                        : Answer.text(facts, "type") + " " + Answer.text(facts, "label") + " "
                                + Answer.text(facts, "uuid");
                fact(
                        name,
                        Column.size(Answer.number(part, "partition.sizeBytes")) + ", " + holds
                                + assembled(Answer.text(part, "partition.type"))
                                + mounted(part.path("held")));
            }
        }
    }

    /** What no table names has a name for its type, {@code lvm:vg/root}, and a colon in it, which no type of a table has. */
    private static String assembled(String type) {
        return type.contains(":") ? ", " + type : "";
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
