package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Groups of images that are alike, and what merging one would take. */
@Command(
        name = "clusters",
        description =
                "List groups of images that are alike and what could go; with an image, its group: what a merge changes, saves and touches.",
        footer = "  stemma clusters web-1")
final class Clusters extends Request {

    private static final Table CLUSTERS = Table.of(
            Column.of("representative", "representative.name"),
            Column.number("images", "imageCount"),
            Column.number("contents", "inventoryCount"),
            Column.of("similarity", node -> Likeness.percent(node, "cohesion")),
            Column.number("machines", "machines"),
            Column.number("withdrawable", "withdrawable"),
            Column.bytes("saves", "savedBytes"));

    private static final Table MEMBERS = Table.of(
            Column.of("image", "image.name"),
            Column.of("similarity", node -> Likeness.percent(node, "similarity")),
            Column.of("advice", node -> Answer.text(node, "advice").toLowerCase(Locale.ROOT)),
            Column.bytes("size", "allocatedBytes"),
            Column.of("because", Clusters::because),
            Column.of("differs", node -> Likeness.difference(node.path("change"))),
            Column.of("id", "image.id"));

    @Parameters(index = "0", arity = "0..1", paramLabel = "REF", description = "An image, for its group alone.")
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
            defaultValue = "0.8",
            description = "The least mean similarity within a group, 0.5 to 1. Default: 0.8.")
    double threshold = 0.8;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "List so many. Default: 20.")
    int limit = 20;

    @Override
    public Integer call() {
        ServiceClient.Query query = new ServiceClient.Query().with("by", by).with("threshold", threshold);
        if (!ref.isEmpty()) {
            JsonNode plan = service().get("/api/v1/images/" + ServiceClient.encoded(ref) + "/cluster" + query);
            inform(summary(plan.path("cluster")));
            return print(plan, "members", MEMBERS);
        }
        JsonNode answer = service().get("/api/v1/clusters" + query.with("limit", limit));
        inform(Answer.number(answer, "clustered") + " of " + Answer.number(answer, "images") + " images in "
                + Answer.number(answer, "total") + (Answer.number(answer, "total") == 1 ? " group" : " groups"));
        if (Answer.number(answer, "unsketched") > 0) {
            inform("note: images left out because nothing is known to compare them by: "
                    + Answer.number(answer, "unsketched"));
        }
        return print(answer, "clusters", CLUSTERS);
    }

    private void inform(String line) {
        if (output == Output.TABLE) {
            terminal().err().println(line);
        }
    }

    private static String summary(JsonNode cluster) {
        return Terminal.safe(Answer.text(cluster, "representative.name")) + " in place of "
                + (Answer.number(cluster, "imageCount") - 1) + ": " + Answer.number(cluster, "withdrawable")
                + " could be withdrawn, which saves " + Column.size(Answer.number(cluster, "savedBytes"))
                + "; machines that run the others: " + Answer.number(cluster, "machines");
    }

    private static String because(JsonNode member) {
        List<String> reasons = new ArrayList<>();
        Answer.list(member, "because").forEach(reason -> reasons.add(reason.asText()));
        List<String> machines = new ArrayList<>();
        Answer.list(member, "machines").forEach(machine -> machines.add(machine.asText()));
        String names = machines.isEmpty() ? "" : " (" + String.join(" ", machines) + ")";
        return String.join("; ", reasons) + names;
    }
}
