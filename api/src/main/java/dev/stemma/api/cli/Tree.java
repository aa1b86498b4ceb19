package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.problem.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The family of an image. */
@Command(
        name = "tree",
        description = "Show the family tree of an image: what it derives from and what derives from it, and how that is"
                + " known.",
        footer = "  stemma tree web:1.2 --form svg > web.svg")
final class Tree extends Request {

    private static final Table DERIVATIONS = Table.of(
            Column.of("child", "child"),
            Column.of("parent", "parent"),
            Column.of("kind", "kind"),
            Column.of("basis", node -> Answer.text(node, "basis").toLowerCase(Locale.ROOT)),
            Column.of("confidence", "confidence"),
            Column.time("since", "since"));

    @Parameters(
            index = "0",
            paramLabel = "REF",
            description =
                    "An image or machine: its id, version (web:1.2), channel, unique name, location, or digest prefix.")
    String ref = "";

    @Option(
            names = "--form",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text, dot (for Graphviz), svg or json. Default: ${DEFAULT-VALUE}.")
    Form form = Form.TEXT;

    @Option(names = "--depth", paramLabel = "N", description = "Follow so many steps up and down. Default: 100.")
    @Nullable
    Integer depth;

    @Option(
            names = "--images",
            paramLabel = "N",
            description = "Show so many images up and down, the nearest first. Default: 200.")
    @Nullable
    Integer images;

    @Option(
            names = "--inferred",
            description =
                    "Infer it from what the images hold, with evidence and confidence, where nobody wrote it down."
                            + " Nothing is stored.")
    boolean inferred;

    @Option(
            names = "--members",
            paramLabel = "N",
            description = "With --inferred: hold so many images against one another, 2 to 100. Default: 50.")
    @Nullable
    Integer members;

    @Mixin
    AsOf at = new AsOf();

    /** How the tree is shown. */
    enum Form {
        TEXT,
        DOT,
        SVG,
        JSON
    }

    private final Map<String, JsonNode> relatives = new HashMap<>();
    private final Map<String, List<JsonNode>> children = new HashMap<>();
    private final Set<String> drawn = new HashSet<>();
    private String self = "";

    @Override
    public Integer call() {
        if (inferred) {
            return inferred();
        }
        ServiceClient.Query query = new ServiceClient.Query()
                .with("image", ref)
                .with("depth", depth)
                .with("images", images)
                .with("at", at.date);
        if (form == Form.DOT || form == Form.SVG) {
            String word = form.name().toLowerCase(Locale.ROOT);
            terminal().out().print(service().text("GET", "/api/v1/lineage" + query.with("form", word), null, "*/*"));
            return 0;
        }
        JsonNode family = service().get("/api/v1/lineage" + query);
        if (form == Form.JSON) {
            terminal().out().println(Answer.pretty(family));
            return 0;
        }
        Answer.at(family, "relatives").forEach(each -> relatives.put(Answer.text(each, "imageId"), each));
        List<JsonNode> rows = machineRows();
        Set<String> haveParents = new HashSet<>();
        for (JsonNode derivation : Answer.list(family, "derivations")) {
            children.computeIfAbsent(Answer.text(derivation, "parentId"), _ -> new ArrayList<>())
                    .add(derivation);
            haveParents.add(Answer.text(derivation, "childId"));
            rows.add(((com.fasterxml.jackson.databind.node.ObjectNode) derivation.deepCopy())
                    .put("child", name(Answer.text(derivation, "childId")))
                    .put("parent", name(Answer.text(derivation, "parentId"))));
        }
        if (output != Output.TABLE) {
            return print(family, rows, DERIVATIONS);
        }
        self = Answer.text(family, "imageId");
        relatives.keySet().stream()
                .filter(id -> !haveParents.contains(id))
                .sorted(java.util.Comparator.comparing(this::name))
                .forEach(root -> draw(root, "", "", ""));
        if (drawn.size() < relatives.size()) {
            relatives.keySet().stream()
                    .filter(id -> !drawn.contains(id))
                    .findFirst()
                    .ifPresent(id -> draw(id, "", "", ""));
        }
        if (!family.path("complete").asBoolean(true)) {
            terminal()
                    .err()
                    .println(
                            "note: there is more than was followed; see --images and --depth, or list it in pages: stemma lineage"
                                    + " ancestors|descendants " + ref);
        }
        return 0;
    }

    private int inferred() {
        if (form == Form.DOT || form == Form.SVG || at.date != null || depth != null || images != null) {
            throw new CommandProblem(
                    Outcome.USAGE,
                    "--inferred goes with --form text and json, and not with --as-of, --depth or --images");
        }
        JsonNode family = service()
                .get("/api/v1/lineage/inferred"
                        + new ServiceClient.Query().with("image", ref).with("members", members));
        if (form == Form.JSON || output == Output.JSON) {
            terminal().out().println(Answer.pretty(family));
            return 0;
        }
        InferredTree tree = new InferredTree(family);
        if (output == Output.CSV) {
            return print(family, tree.rows(), InferredTree.EDGES);
        }
        tree.print(terminal());
        return 0;
    }

    private void draw(String id, String lead, String below, String how) {
        boolean again = !drawn.add(id);
        JsonNode relative = relatives.getOrDefault(id, Answer.object());
        terminal()
                .line(lead
                        + name(id)
                        + how
                        + (id.equals(self) ? "  ← this one" : "")
                        + told(relative)
                        + (again ? "  (see above)" : ""));
        if (again) {
            return;
        }
        Answer.at(relative, "warnings").forEach(warning -> terminal().line(below + "   ⚠ " + sentence(warning)));
        List<JsonNode> derived = children.getOrDefault(id, List.of());
        List<JsonNode> machines = Answer.list(relative, "machines");
        for (int i = 0; i < machines.size(); i++) {
            boolean last = derived.isEmpty() && i == machines.size() - 1;
            JsonNode machine = machines.get(i);
            terminal()
                    .line(below + (last ? "└─ " : "├─ ") + machine(machine) + "  (machine, recorded)"
                            + (Answer.text(machine, "id").equals(self) ? "  ← this one" : ""));
        }
        for (int i = 0; i < derived.size(); i++) {
            JsonNode derivation = derived.get(i);
            boolean last = i == derived.size() - 1;
            String basis = Answer.text(derivation, "basis").toLowerCase(Locale.ROOT);
            String confidence = derivation.hasNonNull("confidence") ? " " + Answer.text(derivation, "confidence") : "";
            draw(
                    Answer.text(derivation, "childId"),
                    below + (last ? "└─ " : "├─ "),
                    below + (last ? "   " : "│  "),
                    "  (" + Answer.text(derivation, "kind") + ", " + basis + confidence + ")");
        }
    }

    /** The machines of all relatives, as derivations. */
    private List<JsonNode> machineRows() {
        List<JsonNode> rows = new ArrayList<>();
        relatives.forEach((id, relative) -> Answer.at(relative, "machines")
                .forEach(machine -> rows.add(Answer.object()
                        .put("child", machine(machine))
                        .put("parent", name(id))
                        .put("kind", "deployment")
                        .put("basis", "RECORDED")
                        .put("since", Answer.text(machine, "since")))));
        return rows;
    }

    private static String machine(JsonNode machine) {
        String branch = Answer.text(machine, "branch");
        String name = Answer.text(machine, "name");
        return branch.isEmpty() ? name : branch + " (" + name + ")";
    }

    /** What is to be said of an image besides its name. */
    private static String told(JsonNode relative) {
        StringBuilder told = new StringBuilder();
        Answer.at(relative, "place.channels").forEach(channel -> told.append("  [" + channel.asText() + "]"));
        String state = Answer.text(relative, "state");
        if (!state.isEmpty() && !state.equals("ACTIVE")) {
            told.append("  ").append(state.toLowerCase(Locale.ROOT));
        }
        return told.append(relative.hasNonNull("inventoryId") ? "" : "  (not indexed)")
                .toString();
    }

    /** A warning in words. */
    static String sentence(JsonNode warning) {
        String from = "made from " + Answer.text(warning, "ancestor");
        return Answer.text(warning, "kind").equals("REVOKED_ANCESTOR")
                ? from + ", which is revoked"
                : from + ", and there is " + Answer.text(warning, "newer");
    }

    private String name(String id) {
        JsonNode relative = relatives.get(id);
        if (relative == null) {
            return id;
        }
        String name = Answer.text(relative, "name");
        if (!relative.hasNonNull("place")) {
            return name;
        }
        String branch = Answer.text(relative, "place.branch");
        String reference = Answer.text(relative, "place.chain") + ":" + Answer.text(relative, "place.version")
                + (branch.isEmpty() ? "" : "." + branch);
        return reference.equals(name) ? name : reference + " (" + name + ")";
    }
}
