package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An inferred family as text: each image below what it was probably made from, with what speaks for it. */
final class InferredTree {

    static final Table EDGES = Table.of(
            Column.of("child", "child"),
            Column.of("parent", "parent"),
            Column.of("confidence", edge -> confidence(edge)),
            Column.of("evidence", edge -> String.join("; ", words(edge))));

    private static final int SHOWN = 5;

    private final JsonNode family;
    private final Map<String, JsonNode> members = new LinkedHashMap<>();
    private final Map<String, List<JsonNode>> children = new HashMap<>();
    private final Map<String, JsonNode> hiddenOf = new HashMap<>();

    InferredTree(JsonNode family) {
        this.family = family;
        Answer.list(family, "members").forEach(member -> members.put(Answer.text(member, "imageId"), member));
        Answer.list(family, "edges")
                .forEach(edge -> children.computeIfAbsent(Answer.text(edge, "parentId"), _ -> new ArrayList<>())
                        .add(edge));
        Answer.list(family, "hidden").forEach(hidden -> Answer.at(hidden, "children")
                .forEach(child -> hiddenOf.put(child.asText(), hidden)));
    }

    private static String confidence(JsonNode edge) {
        return String.format(Locale.ROOT, "%.2f", edge.path("confidence").asDouble());
    }

    private static List<String> words(JsonNode edge) {
        return Answer.list(edge, "evidence").stream()
                .map(evidence ->
                        (evidence.path("logOdds").asDouble() < 0 ? "− " : "+ ") + Answer.text(evidence, "words"))
                .toList();
    }

    private String name(String imageId) {
        JsonNode member = members.get(imageId);
        if (member == null) {
            return imageId;
        }
        int copies = member.path("copies").size();
        return Answer.text(member, "name") + (copies == 0 ? "" : " (and " + copies + " with the same contents)");
    }

    /** The edges with names. */
    List<JsonNode> rows() {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode edge : Answer.list(family, "edges")) {
            rows.add(((ObjectNode) edge.deepCopy())
                    .put("child", name(Answer.text(edge, "childId")))
                    .put("parent", name(Answer.text(edge, "parentId"))));
        }
        return rows;
    }

    void print(Terminal terminal) {
        Set<String> haveParents = new HashSet<>();
        children.values().forEach(edges -> edges.forEach(edge -> haveParents.add(Answer.text(edge, "childId"))));
        Set<JsonNode> begun = new HashSet<>();
        members.keySet().stream()
                .filter(id -> !haveParents.contains(id))
                .sorted(Comparator.comparing(this::name))
                .forEach(root -> {
                    JsonNode hidden = hiddenOf.get(root);
                    if (hidden == null) {
                        draw(terminal, root, "", "", "", List.of());
                    } else if (begun.add(hidden)) {
                        hidden(terminal, hidden, "", "");
                    }
                });
        Answer.list(family, "undecided")
                .forEach(open -> terminal.line("undecided: " + name(Answer.text(open, "imageId")) + ", perhaps from "
                        + name(Answer.text(open, "candidateId")) + " (" + confidence(open) + ")"));
        Answer.list(family, "contradictions")
                .forEach(each -> terminal.line("contradiction: " + Answer.text(each, "words")));
        long confirmed = Answer.number(family, "confirmed");
        if (confirmed > 0) {
            terminal.line("recorded or observed, and inferred as well: " + confirmed);
        }
        Answer.list(family, "notes").forEach(note -> terminal.err().println("note: " + Terminal.safe(note.asText())));
    }

    private void hidden(Terminal terminal, JsonNode hidden, String lead, String below) {
        terminal.line(lead + "(an image that is not here)");
        Answer.at(hidden, "evidence").forEach(words -> terminal.line(below + "│    " + words.asText()));
        List<String> ids = new ArrayList<>();
        Answer.at(hidden, "children").forEach(child -> ids.add(child.asText()));
        for (int i = 0; i < ids.size(); i++) {
            boolean last = i == ids.size() - 1;
            draw(terminal, ids.get(i), below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "), "", List.of());
        }
    }

    private void draw(Terminal terminal, String id, String lead, String below, String how, List<String> evidence) {
        terminal.line(lead + name(id) + how + (id.equals(Answer.text(family, "imageId")) ? "  ← this one" : ""));
        evidence.forEach(words -> terminal.line(below + "     " + words));
        List<JsonNode> edges = children.getOrDefault(id, List.of());
        Set<JsonNode> begun = new HashSet<>();
        for (int i = 0; i < edges.size(); i++) {
            JsonNode edge = edges.get(i);
            String child = Answer.text(edge, "childId");
            boolean last = i == edges.size() - 1;
            String next = below + (last ? "   " : "│  ");
            JsonNode hidden = hiddenOf.get(child);
            if (hidden != null && begun.add(hidden)) {
                terminal.line(below + "│  (some of these by way of an image that is not here: "
                        + String.join(
                                "; ",
                                Answer.list(hidden, "evidence").stream()
                                        .map(JsonNode::asText)
                                        .toList())
                        + ")");
            }
            List<String> words = words(edge).stream().limit(SHOWN).toList();
            draw(terminal, child, below + (last ? "└─ " : "├─ "), next, "  (inferred " + confidence(edge) + ")", words);
        }
    }
}
