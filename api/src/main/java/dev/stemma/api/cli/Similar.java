package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Images that are like one. */
@Command(
        name = "similar",
        description = "List images from most to least similar to one: estimated from sketches, the best ones exact.",
        footer = "  stemma similar web-1 --by files")
final class Similar extends Request {

    private static final Table TABLE = Table.of(
            Column.of("images", Similar::names),
            Column.of("similarity", node -> percent(node, node.hasNonNull("exact") ? "exact" : "estimate")),
            Column.of("how", node -> node.hasNonNull("exact") ? "exact" : "estimate"),
            Column.number("shared", "shared"),
            Column.number("size", "size"),
            Column.of("inventory", node -> Ls.shortened(Answer.text(node, "inventoryId"))));

    @Parameters(
            index = "0",
            paramLabel = "REF",
            description = "An image: its id, unique name, location, or digest prefix.")
    String ref = "";

    @Option(
            names = "--by",
            paramLabel = "TRAIT",
            defaultValue = "packages",
            description = "packages or files. Default: packages.")
    String by = "packages";

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "List so many. Default: 20.")
    int limit = 20;

    @Override
    public Integer call() {
        JsonNode answer = service()
                .get("/api/v1/similarity"
                        + new ServiceClient.Query()
                                .with("image", ref)
                                .with("by", by)
                                .with("limit", limit));
        if (output == Output.TABLE) {
            Answer.at(answer, "notes")
                    .forEach(note -> terminal().err().println("note: " + Terminal.safe(note.asText())));
        }
        return print(answer, "similar", TABLE);
    }

    private static String names(JsonNode node) {
        StringBuilder names = new StringBuilder();
        Answer.at(node, "images")
                .forEach(image -> names.append(names.isEmpty() ? "" : " ").append(Answer.text(image, "name")));
        long more = Answer.number(node, "imageCount") - node.path("images").size();
        return more > 0 ? names + " and " + more + " more" : names.toString();
    }

    private static String percent(JsonNode node, String path) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * Answer.at(node, path).asDouble());
    }
}
