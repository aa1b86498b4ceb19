package dev.stemma.queries.report;

import dev.stemma.graph.model.Basis;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.queries.inventory.ImageView;
import dev.stemma.queries.lineage.Derivation;
import dev.stemma.queries.lineage.FamilyView;
import dev.stemma.queries.lineage.Relative;
import java.util.ArrayList;
import java.util.List;

/** What a lineage report must admit, in sentences. */
final class UnknownFacts {

    private final List<String> sentences = new ArrayList<>();

    UnknownFacts(ImageView image, FamilyView view, List<LineageReport.Step> steps, List<Derivation> others) {
        contents(image);
        if (steps.isEmpty()) {
            sentences.add("Nothing is known that " + image.image().name() + " derives from.");
        } else {
            sentences.add("Nothing is known that " + steps.getLast().parent().name()
                    + ", the end of the chain, derives from.");
        }
        steps.forEach(this::step);
        if (!others.isEmpty()) {
            sentences.add("The chain follows one parent of each image; there are " + others.size()
                    + " further derivations, listed below.");
        }
        if (!view.complete()) {
            sentences.add("The family is larger than this report follows.");
        }
        if (view.cyclic()) {
            sentences.add("The derivations run in a circle, so at least one of them is wrong.");
        }
    }

    List<String> sentences() {
        return sentences;
    }

    private void contents(ImageView image) {
        String name = image.image().name();
        if (image.image().state().filter("MISSING"::equals).isPresent()) {
            sentences.add("The file of " + name + " was not there when it was last looked for.");
        }
        if (image.inventory().isEmpty()) {
            sentences.add(name + " was never indexed; what it holds is not known.");
            return;
        }
        if (image.inventory().get().level() == Level.BASIC) {
            sentences.add(name + " was indexed at the basic level; its files are not known.");
        }
        long grave = image.observations().stream()
                .filter(observation -> observation.severity() != Observation.Severity.NOTE)
                .count();
        if (grave > 0) {
            sentences.add("Parts of " + name + " could not be read: " + grave + " observations, listed below.");
        }
    }

    private void step(LineageReport.Step step) {
        Derivation derivation = step.derivation();
        String pair = step.child().name() + " derives from " + step.parent().name();
        switch (derivation.basis()) {
            case RECORDED -> {
                if (derivation.agent().isEmpty()) {
                    sentences.add("That " + pair + " is recorded, but not by whom.");
                }
            }
            case OBSERVED ->
                sentences.add("That " + pair + " was observed in the image itself; who made it and when is not known.");
            case INFERRED ->
                sentences.add("That " + pair + " is inferred from content"
                        + derivation
                                .confidence()
                                .map(confidence -> " with a confidence of " + Math.round(confidence * 100) + " %")
                                .orElse("")
                        + "; nobody recorded it.");
        }
        for (Relative relative : List.of(step.child(), step.parent())) {
            if (!relative.indexed()) {
                sentences.add(relative.name() + " was never indexed, so what changed between "
                        + step.parent().name() + " and " + step.child().name() + " is not known.");
            }
        }
        if (step.drift().isPresent() && derivation.basis() != Basis.RECORDED) {
            sentences.add(step.child().name() + " is compared with what "
                    + step.parent().name()
                    + " held when it was last indexed; what it held when "
                    + step.child().name()
                    + " was made from it is not known.");
        } else if (step.drift().isEmpty()
                && step.child().indexed()
                && step.parent().indexed()) {
            sentences.add(pair + "; the two were not compared, because the chain has more than "
                    + LineageReporter.MAX_COMPARED + " steps.");
        }
    }
}
