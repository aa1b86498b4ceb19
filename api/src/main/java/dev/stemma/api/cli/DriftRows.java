package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Changes as rows of a table. */
final class DriftRows {

    static final Table CHANGES = Table.of(
            Column.of("what", "what"),
            Column.of("change", "change"),
            Column.of("name", "name"),
            Column.of("from", "from"),
            Column.of("to", "to"),
            Column.of("owner", "owner"),
            Column.of("noise", "noise"));

    static final Table SUSPECTS = Table.of(
            Column.number("weight", "weight"),
            Column.of("what", "what"),
            Column.of("change", "change"),
            Column.of("name", "name"),
            Column.of("from", "from"),
            Column.of("to", "to"),
            Column.of("why", "why"));

    private DriftRows() {}

    static ObjectNode ofPackage(JsonNode change) {
        boolean state = Answer.text(change, "kind").equals("STATE");
        return row(
                "package",
                change,
                Answer.text(change, "name") + ":" + Answer.text(change, "architecture"),
                Answer.text(change, state ? "fromState" : "fromVersion"),
                Answer.text(change, state ? "toState" : "toVersion"));
    }

    static ObjectNode ofSystem(JsonNode change) {
        String area = Answer.text(change, "area");
        String name = Answer.text(change, "name");
        return row(area, change, area.equals(name) ? "" : name, side(change, "from"), side(change, "to"));
    }

    static ObjectNode ofFile(JsonNode change) {
        StringBuilder owners = new StringBuilder();
        Answer.at(change, "owners")
                .forEach(owner -> owners.append(owners.isEmpty() ? "" : " ").append(PurlNames.brief(owner.asText())));
        return row(
                        "file",
                        change,
                        Answer.text(change, "path"),
                        entry(change.path("from"), change),
                        entry(change.path("to"), change))
                .put("owner", owners.toString())
                .put("noise", Answer.text(change, "noise"));
    }

    static ObjectNode ofSuspect(JsonNode suspect) {
        long paths = Answer.number(suspect, "paths");
        StringBuilder why = new StringBuilder();
        Answer.at(suspect, "reasons")
                .forEach(reason -> why.append(why.isEmpty() ? "" : "; ").append(reason.asText()));
        return Answer.object()
                .put(
                        "weight",
                        String.format(
                                Locale.ROOT, "%.2f", suspect.path("weight").asDouble()))
                .put("what", Answer.text(suspect, "what").toLowerCase(Locale.ROOT))
                .put("change", Answer.text(suspect, "change"))
                .put("name", Answer.text(suspect, "name") + (paths > 1 ? " (" + paths + " paths)" : ""))
                .put("from", Answer.text(suspect, "from"))
                .put("to", Answer.text(suspect, "to"))
                .put("why", why.toString());
    }

    private static ObjectNode row(String what, JsonNode change, String name, String from, String to) {
        return Answer.object()
                .put("what", what)
                .put("change", Answer.text(change, "kind").toLowerCase(Locale.ROOT))
                .put("name", name)
                .put("from", from)
                .put("to", to)
                .put("owner", "")
                .put("noise", "");
    }

    private static String side(JsonNode change, String side) {
        StringBuilder text = new StringBuilder();
        Answer.at(change, "properties").forEach(property -> {
            if (property.hasNonNull(side)) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(Answer.text(property, "name"))
                        .append(' ')
                        .append(Answer.text(property, side));
            }
        });
        return text.toString();
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
