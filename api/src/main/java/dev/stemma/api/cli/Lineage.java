package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.problem.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Questions about descent. */
@Command(
        name = "lineage",
        description =
                "Ask about descent: ancestors, descendants, path between two, origin of a package or file, outdated"
                        + " parents.",
        footer = {
            "  stemma lineage origin web-1 --package nginx",
            "  stemma lineage descendants web:1.2 --file /etc/ssh/sshd_config"
        })
final class Lineage extends Request {

    private static final Table IMAGES = Table.of(
            Column.number("steps", "distance"),
            Column.of("name", Lineage::name),
            Column.of("state", image -> Answer.text(image, "state").toLowerCase(Locale.ROOT)),
            Column.of(
                    "machines", image -> Integer.toString(image.path("machines").size())),
            Column.of("note", Lineage::notes),
            Column.of("location", "location"),
            Column.of("id", "imageId"));

    /** Those that have an ancestor of some kind are at no distance from anything. */
    private static final Table OUTDATED =
            new Table(IMAGES.columns().subList(1, IMAGES.columns().size()));

    private static final Table PATH = Table.of(
            Column.of("image", "name"),
            Column.of("", "turn"),
            Column.of("derivation to the next", "how"),
            Column.of("id", "id"));

    @Parameters(index = "0", paramLabel = "QUESTION", description = "ancestors, descendants, path, origin or outdated.")
    Question question = Question.ANCESTORS;

    @Parameters(index = "1", arity = "0..1", paramLabel = "REF", description = "An image; for outdated none.")
    @Nullable
    String ref;

    @Parameters(index = "2", arity = "0..1", paramLabel = "OTHER", description = "For path: another image.")
    @Nullable
    String other;

    @Option(
            names = "--package",
            paramLabel = "NAME",
            description = "ancestors, descendants: only those that have this package; origin: who brought it in.")
    @Nullable
    String packageName;

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description = "The same for the content that the image has at this path, or for sha256:DIGEST.")
    @Nullable
    String file;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "List so many. Default: 1000.")
    int limit = 1_000;

    /** What is asked. */
    enum Question {
        ANCESTORS,
        DESCENDANTS,
        PATH,
        ORIGIN,
        OUTDATED
    }

    @Override
    public Integer call() {
        if ((ref == null) != (question == Question.OUTDATED) || (other == null) == (question == Question.PATH)) {
            throw new CommandProblem(
                    Outcome.USAGE, "path takes two images, outdated none, and each other question one");
        }
        if (question == Question.PATH) {
            return path();
        }
        return print(
                all(
                        "/api/v1/lineage/" + question.name().toLowerCase(Locale.ROOT),
                        new ServiceClient.Query()
                                .with("image", ref)
                                .with("package", packageName)
                                .with("file", file)
                                .with("limit", Math.min(limit, 1_000)),
                        limit),
                "items",
                question == Question.OUTDATED ? OUTDATED : IMAGES);
    }

    private int path() {
        JsonNode path = service()
                .get("/api/v1/lineage/path"
                        + new ServiceClient.Query().with("from", ref).with("to", other));
        List<JsonNode> images = Answer.list(path, "images");
        List<JsonNode> derivations = Answer.list(path, "derivations");
        long top = Answer.number(path, "top");
        List<JsonNode> rows = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            rows.add(Answer.object()
                    .put("name", name(images.get(i)))
                    .put("turn", i == top ? "both derive from it" : "")
                    .put("how", i < derivations.size() ? how(derivations.get(i), i < top) : "")
                    .put("id", Answer.text(images.get(i), "imageId")));
        }
        return print(path, rows, PATH);
    }

    private static String how(JsonNode derivation, boolean upwards) {
        return (upwards ? "derives from " : "is parent of ")
                + "("
                + Answer.text(derivation, "kind")
                + ", "
                + Answer.text(derivation, "basis").toLowerCase(Locale.ROOT)
                + ")";
    }

    private static String name(JsonNode image) {
        String name = Answer.text(image, "name");
        if (!image.hasNonNull("place")) {
            return name;
        }
        String branch = Answer.text(image, "place.branch");
        return Answer.text(image, "place.chain") + ":" + Answer.text(image, "place.version")
                + (branch.isEmpty() ? "" : "." + branch);
    }

    private static String notes(JsonNode image) {
        List<String> notes = new ArrayList<>();
        Answer.list(image, "warnings").forEach(warning -> notes.add(Tree.sentence(warning)));
        return String.join("; ", notes);
    }
}
