package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What differs. */
@Command(
        name = "drift",
        description = {
            "Show what differs between two images, packages and files.",
            "With one image: from the nearest image that it derives from."
        },
        footer = {"  stemma drift web-1", "  stemma drift base base-patched --packages", "  stemma drift web-1 --config"
        })
final class Drift extends Request {

    private static final Table CHANGES = Table.of(
            Column.of("what", "what"),
            Column.of("change", "change"),
            Column.of("name", "name"),
            Column.of("from", "from"),
            Column.of("to", "to"),
            Column.of("owner", "owner"));

    @Parameters(index = "0", paramLabel = "REF", description = "The image, or the older one of two.")
    String first = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "REF", description = "The newer one.")
    @Nullable
    String second;

    @Option(names = "--packages", description = "Packages only.")
    boolean packages;

    @Option(names = "--files", description = "Files only.")
    boolean files;

    @Option(names = "--config", description = "Configuration only, as text diffs; secrets are not in them.")
    boolean configuration;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "List so many files. Default: 1000.")
    int limit = 1_000;

    @Mixin
    AsOf at = new AsOf();

    @Override
    public Integer call() {
        var query = new ServiceClient.Query()
                .with("image", second == null ? first : second)
                .with("from", second == null ? null : first)
                .with("what", what())
                .with("at", at.date)
                .with("limit", Math.clamp(limit, 1, 1_000));
        JsonNode answer = service().get("/api/v1/drift" + query);
        if (configuration) {
            return new ConfigurationDrift(this, limit).print(answer, query);
        }
        List<JsonNode> rows = new ArrayList<>();
        Answer.list(answer, "packages.changes").forEach(change -> rows.add(packageRow(change)));
        fileChanges(answer, query).forEach(change -> rows.add(fileRow(change)));
        if (output != Output.TABLE) {
            return print(answer, rows, CHANGES);
        }
        terminal().line(sides(answer));
        summary(answer);
        Answer.at(answer, "notes").forEach(note -> terminal().err().println("note: " + Terminal.safe(note.asText())));
        if (!rows.isEmpty()) {
            CHANGES.print(rows, terminal());
        }
        long all = Answer.number(answer, "files.changes.total");
        long shown = rows.size() - Answer.list(answer, "packages.changes").size();
        if (all > shown) {
            terminal().err().println("note: " + (all - shown) + " more files; see --limit");
        }
        return 0;
    }

    private @Nullable String what() {
        return configuration ? "configuration" : packages == files ? null : packages ? "packages" : "files";
    }

    /** What is compared with what, as the first line says it. */
    static String sides(JsonNode answer) {
        return "from " + side(answer.path("from")) + " to " + side(answer.path("to")) + baseline(answer);
    }

    private List<JsonNode> fileChanges(JsonNode answer, ServiceClient.Query query) {
        List<JsonNode> changes = new ArrayList<>(Answer.list(answer, "files.changes.items"));
        String next = Answer.text(answer, "files.changes.next");
        while (!next.isEmpty() && changes.size() < limit) {
            JsonNode page = service().get("/api/v1/drift" + query.replace("cursor", next));
            changes.addAll(Answer.list(page, "files.changes.items"));
            next = Answer.text(page, "files.changes.next");
        }
        return changes;
    }

    private void summary(JsonNode answer) {
        if (answer.path("same").asBoolean()) {
            terminal().line("nothing differs: both are the same inventory");
            return;
        }
        if (answer.hasNonNull("packages")) {
            terminal()
                    .line("packages: " + Answer.list(answer, "packages.changes").size() + " differ, "
                            + Answer.text(answer, "packages.unchanged") + " are the same");
        }
        if (answer.hasNonNull("files")) {
            terminal()
                    .line(String.format(
                            Locale.ROOT,
                            "files: %,d added, %,d removed, %,d changed",
                            Answer.number(answer, "files.added"),
                            Answer.number(answer, "files.removed"),
                            Answer.number(answer, "files.changed")));
            for (JsonNode owner : Answer.list(answer, "files.byOwner")) {
                String purl = Answer.text(owner, "purl");
                terminal()
                        .line("  " + (purl.isEmpty() ? "owned by no package" : PurlNames.brief(purl)) + ": "
                                + (Answer.number(owner, "added")
                                        + Answer.number(owner, "removed")
                                        + Answer.number(owner, "changed")));
            }
        }
    }

    private static String side(JsonNode side) {
        String name = Answer.text(side, "imageName");
        return name.isEmpty() ? Ls.shortened(Answer.text(side, "inventoryId")) : name;
    }

    private static String baseline(JsonNode answer) {
        StringBuilder text = new StringBuilder();
        Answer.at(answer, "baseline.steps").forEach(step -> text.append(text.isEmpty() ? " (" : ", ")
                .append(Answer.text(step, "childName"))
                .append(" derives from ")
                .append(Answer.text(step, "parentName"))
                .append(" by ")
                .append(Answer.text(step, "kind"))
                .append(", ")
                .append(Answer.text(step, "basis").toLowerCase(Locale.ROOT)));
        return text.isEmpty() ? "" : text + ")";
    }

    private static ObjectNode packageRow(JsonNode change) {
        boolean state = Answer.text(change, "kind").equals("STATE");
        return Answer.object()
                .put("what", "package")
                .put("change", Answer.text(change, "kind").toLowerCase(Locale.ROOT))
                .put("name", Answer.text(change, "name") + ":" + Answer.text(change, "architecture"))
                .put("from", Answer.text(change, state ? "fromState" : "fromVersion"))
                .put("to", Answer.text(change, state ? "toState" : "toVersion"))
                .put("owner", "");
    }

    static ObjectNode fileRow(JsonNode change) {
        StringBuilder owners = new StringBuilder();
        Answer.at(change, "owners")
                .forEach(owner -> owners.append(owners.isEmpty() ? "" : " ").append(PurlNames.brief(owner.asText())));
        return Answer.object()
                .put("what", "file")
                .put("change", Answer.text(change, "kind").toLowerCase(Locale.ROOT))
                .put("name", Answer.text(change, "path"))
                .put("from", entry(change.path("from"), change))
                .put("to", entry(change.path("to"), change))
                .put("owner", owners.toString());
    }

    /** What of an entry tells it from the other side's. */
    private static String entry(JsonNode entry, JsonNode change) {
        if (entry.isMissingNode() || entry.isNull()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode aspect : Answer.list(change, "aspects")) {
            String part =
                    switch (aspect.asText()) {
                        case "KIND" -> Answer.text(entry, "kind");
                        case "CONTENT" ->
                            Column.size(Answer.number(entry, "sizeBytes")) + " "
                                    + Ls.shortened(Answer.text(entry, "digest"));
                        case "MODE" -> Ls.mode(entry);
                        case "OWNER" -> Answer.text(entry, "uid") + ":" + Answer.text(entry, "gid");
                        case "TARGET" -> "-> " + Answer.text(entry, "target");
                        case "DEVICE" -> Answer.text(entry, "device");
                        default -> "attributes";
                    };
            text.append(text.isEmpty() ? "" : ", ").append(part);
        }
        return text.isEmpty() ? Answer.text(entry, "kind") + sizeOf(entry) : text.toString();
    }

    private static String sizeOf(JsonNode entry) {
        return entry.hasNonNull("sizeBytes") ? " " + Column.size(Answer.number(entry, "sizeBytes")) : "";
    }
}
