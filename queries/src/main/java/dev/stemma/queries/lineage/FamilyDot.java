package dev.stemma.queries.lineage;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Writes a family as a graph for Graphviz, in the DOT language (graphviz.org/doc/info/lang.html). */
public final class FamilyDot {

    private static final int MAX_TEXT = 200;

    private FamilyDot() {}

    /**
     * Writes it; derivations run from parent to child. Nodes are numbered, and names are in labels alone.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code INVALID} for a family that is too large to be drawn
     * @throws IOException from {@code out}, which stays open
     */
    public static void write(FamilyView asked, Appendable out) throws IOException {
        FamilyView family = FamilyMachines.drawn(asked);
        FamilyLayout.requireDrawable(family);
        out.append("digraph family {\n");
        out.append("  graph [rankdir=LR, nodesep=0.25, ranksep=0.8];\n");
        out.append(
                "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\", fontsize=11];\n");
        out.append("  edge [fontname=\"sans-serif\", fontsize=9, color=\"#57606a\"];\n");
        Map<String, String> nodes = new HashMap<>();
        for (Relative relative : family.relatives()) {
            String node = "n" + nodes.size();
            nodes.put(relative.imageId(), node);
            out.append("  ").append(node).append(" [label=").append(label(relative));
            out.append(", tooltip=")
                    .append(quoted(FamilyMachines.is(relative) ? "machine " + relative.name() : relative.location()));
            if (FamilyMachines.is(relative)) {
                out.append(", shape=component");
            }
            if (relative.imageId().equals(family.imageId())) {
                out.append(", penwidth=2.5");
            }
            if (!relative.warnings().isEmpty()) {
                out.append(", color=\"#bf8700\"");
            }
            if (!relative.state().orElse("ACTIVE").equals("ACTIVE")) {
                out.append(", fillcolor=\"#eaeef2\"");
            }
            out.append("];\n");
        }
        for (Derivation derivation : family.derivations()) {
            String style =
                    switch (derivation.basis()) {
                        case RECORDED -> "solid";
                        case OBSERVED -> "dashed";
                        case INFERRED -> "dotted";
                    };
            out.append("  ").append(Objects.requireNonNull(nodes.get(derivation.parentId())));
            out.append(" -> ").append(Objects.requireNonNull(nodes.get(derivation.childId())));
            out.append(" [label=").append(quoted(derivation.kind()));
            out.append(", tooltip=").append(quoted(FamilyText.basis(derivation)));
            out.append(", style=").append(style).append("];\n");
        }
        out.append("}\n");
    }

    private static String label(Relative relative) {
        StringBuilder label = new StringBuilder(inner(relative.title()));
        // A line break as it is: escapes of labels are Graphviz's own, and other readers of DOT do not know them.
        label.append('\n').append(inner(FamilyText.below(relative)));
        relative.warnings().forEach(warning -> label.append("\n! ").append(inner(warning.sentence())));
        return '"' + label.toString() + '"';
    }

    private static String quoted(String text) {
        return '"' + inner(text) + '"';
    }

    /** In a quoted string of DOT a quote ends it, and in a label a backslash begins an escape and an ampersand an entity. */
    private static String inner(String text) {
        return FamilyText.line(text, MAX_TEXT)
                .replace("&", "&amp;")
                .replace("\\", "\\\\")
                .replace("\"", "\\\"");
    }
}
