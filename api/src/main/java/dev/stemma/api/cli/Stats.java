package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** What the content store holds. */
@Command(
        name = "stats",
        description =
                "Show what the content store holds: what guests see, what of that is data, what is left once each thing is kept once, and what it takes.",
        footer = "  stemma stats")
final class Stats extends Request {

    private static final Table IMAGES = Table.of(
            Column.of("version", Stats::versions),
            Column.bytes("disk", "diskBytes"),
            Column.bytes("data", "dataBytes"),
            Column.bytes("alone", "aloneBytes"));

    private static String versions(JsonNode image) {
        List<JsonNode> versions = Answer.list(image, "versions");
        return versions.isEmpty()
                ? "(none)"
                : versions.stream().map(JsonNode::asText).collect(Collectors.joining(", "));
    }

    @Override
    public Integer call() {
        JsonNode found = service().get("/api/v1/store/statistics");
        if (output == Output.TABLE) {
            fact("disks", "diskBytes", "that guests see", found);
            fact("data", "dataBytes", "of these, what is not zeros", found);
            fact("unique", "uniqueBytes", "each thing once, before compression", found);
            fact("needed", "neededBytes", "of the packs, about", found);
            fact("packs", "packBytes", "on the medium; what is not needed is garbage (stemma gc)", found);
            damage(found);
            terminal().line("");
        }
        return print(found, "images", IMAGES);
    }

    private void damage(JsonNode found) {
        List<JsonNode> unreadable = Answer.list(found, "unreadable");
        String hit = Answer.list(found, "images").stream()
                .filter(image -> !image.path("whole").asBoolean(true))
                .map(Stats::versions)
                .collect(Collectors.joining(", "));
        if (!unreadable.isEmpty()) {
            terminal()
                    .line(unreadable.size() + " packs cannot be read, the first: "
                            + unreadable.getFirst().asText());
        }
        if (!hit.isEmpty()) {
            terminal()
                    .line("damaged: " + hit
                            + " (stemma verify says more, and stemma verify --repair --from IMAGE mends it)");
        }
    }

    private void fact(String name, String member, String meaning, JsonNode found) {
        terminal()
                .line(String.format(
                        Locale.ROOT, "%-8s %10s  %s", name, Column.size(Answer.number(found, member)), meaning));
    }
}
