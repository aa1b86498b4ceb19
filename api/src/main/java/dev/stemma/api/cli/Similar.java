package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Images that are like one, or the pairs of all that are most alike. */
@Command(
        name = "similar",
        description =
                "List images from most to least similar to one, and why; without one, the pairs of images that are most alike.",
        footer = "  stemma similar web-1 --by files --threshold 0.9")
final class Similar extends Request {

    private static final Table TABLE = Table.of(
            Column.of("images", Likeness::images),
            Column.of("similarity", node -> Likeness.percent(node, node.hasNonNull("exact") ? "exact" : "estimate")),
            Column.of("how", node -> node.hasNonNull("exact") ? "exact" : "estimate"),
            Column.number("shared", "shared"),
            Column.number("size", "size"),
            Column.of("has of it", node -> Likeness.percent(node, "reason.ofAsked")),
            Column.of("differs", node -> Likeness.difference(node.path("reason"))),
            Column.of("inventory", node -> Ls.shortened(Answer.text(node, "inventoryId"))));

    private static final Table PAIRS = Table.of(
            Column.of("images", node -> Likeness.images(node.path("one"))),
            Column.of("and", node -> Likeness.images(node.path("other"))),
            Column.of("similarity", node -> Likeness.percent(node, node.hasNonNull("exact") ? "exact" : "estimate")),
            Column.of("how", node -> node.hasNonNull("exact") ? "exact" : "estimate"));

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "REF",
            description = "An image: its id, unique name, location, or digest prefix.")
    String ref = "";

    @Option(
            names = "--by",
            paramLabel = "TRAIT",
            defaultValue = "packages",
            description = "packages, files (their contents) or bytes (contents by their size). Default: packages.")
    String by = "packages";

    @Option(
            names = "--threshold",
            paramLabel = "S",
            description = "Only those at least so alike, 0 to 1. Default: 0; of pairs 0.9.")
    @Nullable
    Double threshold;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "List so many. Default: 20.")
    int limit = 20;

    @Override
    public Integer call() {
        ServiceClient.Query query =
                new ServiceClient.Query().with("by", by).with("limit", limit).with("threshold", threshold);
        if (ref.isEmpty()) {
            JsonNode answer = service().get("/api/v1/similarity/pairs" + query);
            if (output == Output.TABLE) {
                long total = Answer.number(answer, "total");
                terminal().err().println(total == 1 ? "1 pair" : total + " pairs");
            }
            return print(answer, "pairs", PAIRS);
        }
        JsonNode answer = service().get("/api/v1/similarity" + query.with("image", ref));
        if (output == Output.TABLE) {
            Answer.at(answer, "notes")
                    .forEach(note -> terminal().err().println("note: " + Terminal.safe(note.asText())));
        }
        return print(answer, "similar", TABLE);
    }
}
