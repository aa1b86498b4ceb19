package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The family of an image. */
@Command(
        name = "tree",
        description =
                "Show the family tree of an image: what it derives from and what derives from it, and how that is known.",
        footer = "  stemma tree web-1")
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
            description = "An image: its id, unique name, location, or digest prefix.")
    String ref = "";

    private final Map<String, JsonNode> relatives = new HashMap<>();
    private final Map<String, List<JsonNode>> children = new HashMap<>();
    private final Set<String> drawn = new HashSet<>();

    @Override
    public Integer call() {
        JsonNode family = service().get("/api/v1/lineage" + new ServiceClient.Query().with("image", ref));
        Answer.at(family, "relatives").forEach(each -> relatives.put(Answer.text(each, "imageId"), each));
        List<JsonNode> rows = new ArrayList<>();
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
        String self = Answer.text(family, "imageId");
        relatives.keySet().stream()
                .filter(id -> !haveParents.contains(id))
                .sorted(java.util.Comparator.comparing(this::name))
                .forEach(root -> draw(root, "", "", "", self));
        if (drawn.size() < relatives.size()) {
            draw(self, "", "", "", self);
        }
        if (!family.path("complete").asBoolean(true)) {
            terminal().err().println("note: there is more than was followed");
        }
        return 0;
    }

    private void draw(String id, String lead, String below, String how, String self) {
        boolean again = !drawn.add(id);
        JsonNode relative = relatives.getOrDefault(id, Answer.object());
        terminal()
                .line(lead
                        + name(id)
                        + how
                        + (id.equals(self) ? "  ← this one" : "")
                        + (relative.hasNonNull("inventoryId") ? "" : "  (not indexed)")
                        + (again ? "  (see above)" : ""));
        if (again) {
            return;
        }
        List<JsonNode> derived = children.getOrDefault(id, List.of());
        for (int i = 0; i < derived.size(); i++) {
            JsonNode derivation = derived.get(i);
            boolean last = i == derived.size() - 1;
            String basis = Answer.text(derivation, "basis").toLowerCase(Locale.ROOT);
            String confidence = derivation.hasNonNull("confidence") ? " " + Answer.text(derivation, "confidence") : "";
            draw(
                    Answer.text(derivation, "childId"),
                    below + (last ? "└─ " : "├─ "),
                    below + (last ? "   " : "│  "),
                    "  (" + Answer.text(derivation, "kind") + ", " + basis + confidence + ")",
                    self);
        }
    }

    private String name(String id) {
        JsonNode relative = relatives.get(id);
        return relative == null ? id : Answer.text(relative, "name");
    }
}
