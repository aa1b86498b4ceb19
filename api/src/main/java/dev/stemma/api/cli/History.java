package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What happened to an image. */
@Command(
        name = "history",
        description =
                "Show what happened to an image, newest first; for a version also what happened to all that was made of it.",
        footer = "  stemma history web:1.2")
final class History extends Request {

    private static final Table ACTIVITIES = Table.of(
            Column.time("when", "endedAt"),
            Column.of("what", "kind"),
            Column.of("by", activity -> Answer.list(activity, "agents").stream()
                    .findFirst()
                    .map(JsonNode::asText)
                    .orElse("")),
            Column.of("used", activity -> names(activity, "used")),
            Column.of("made", activity -> names(activity, "made")),
            Column.of("changed", History::changes),
            Column.of("message", "message"),
            Column.of("id", "id"));

    @Parameters(
            index = "0",
            paramLabel = "REF",
            description = "An image or machine: its id, version, channel, unique name, location, or digest prefix.")
    String ref = "";

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "Show so many. Default: 100.")
    int limit = 100;

    @Mixin
    AsOf at = new AsOf();

    @Override
    public Integer call() {
        return print(
                all(
                        "/api/v1/history",
                        new ServiceClient.Query()
                                .with("image", ref)
                                .with("at", at.date)
                                .with("limit", Math.min(limit, 1_000)),
                        limit),
                "items",
                ACTIVITIES);
    }

    private static String names(JsonNode activity, String member) {
        List<String> names = new ArrayList<>();
        for (JsonNode subject : Answer.list(activity, member)) {
            String name = Answer.text(subject, "name");
            // An inventory has no other name than its digest.
            names.add(
                    Answer.text(subject, "kind").equals("Inventory")
                            ? "inventory " + name.substring(0, Math.min(name.length(), 12))
                            : name);
        }
        return String.join(" ", names);
    }

    private static String changes(JsonNode activity) {
        List<String> changes = new ArrayList<>();
        for (JsonNode change : Answer.list(activity, "changed")) {
            String from = state(Answer.text(change, "from"));
            changes.add(Answer.text(change, "name") + ": " + (from.isEmpty() ? "" : from + " ") + "→ "
                    + state(Answer.text(change, "to")));
        }
        boolean forced = Answer.text(activity, "parameters").contains("\"forced\":true");
        return String.join("; ", changes) + (forced ? " (forced)" : "");
    }

    /** States are words as they are everywhere else; what else changes is a name, with a colon in it. */
    private static String state(String text) {
        return text.indexOf(':') < 0 ? text.toLowerCase(Locale.ROOT) : text;
    }
}
