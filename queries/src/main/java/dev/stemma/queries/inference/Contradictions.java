package dev.stemma.queries.inference;

import dev.stemma.graph.model.Basis;
import dev.stemma.graph.store.Row;
import dev.stemma.queries.inference.InferredFamily.Contradiction;
import java.util.Locale;
import java.util.Map;

/** Puts contradictions into words. */
final class Contradictions {

    private Contradictions() {}

    static Contradiction of(Row row, InferredForest.Edge edge, String how, Map<String, TraitReader.Known> known) {
        Basis basis = Basis.valueOf(row.text("basis"));
        String words = String.format(
                Locale.ROOT,
                "%s derives from %s as it was %s (%s); its contents say that it was made %s: %s from %s, confidence"
                        + " %.2f",
                name(row.text("childId"), known),
                row.text("parentName"),
                basis == Basis.RECORDED ? "recorded" : "observed",
                row.findText("kind").orElse("copy"),
                how,
                name(edge.childId(), known),
                name(edge.parentId(), known),
                edge.confidence());
        return new Contradiction(
                row.text("childId"),
                row.text("parentId"),
                row.findText("kind").orElse("copy"),
                basis,
                edge.parentId(),
                edge.confidence(),
                words);
    }

    private static String name(String imageId, Map<String, TraitReader.Known> known) {
        TraitReader.Known found = known.get(imageId);
        return found == null ? imageId : found.member().name();
    }
}
