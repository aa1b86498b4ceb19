package dev.stemma.queries.drift;

import dev.stemma.graph.model.Basis;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.lineage.Derivation;
import dev.stemma.queries.lineage.FamilyLimits;
import dev.stemma.queries.lineage.FamilyTree;
import dev.stemma.queries.lineage.FamilyView;
import dev.stemma.queries.lineage.Relative;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the image to compare with: the nearest ancestor that has an inventory, through recorded derivations alone; if
 * there is none, through recorded and observed ones; only then through inferred ones too. The image that a version was checked in from is the version itself,
 * and counts only where there is nothing else.
 */
final class BaselineFinder {

    private final FamilyTree family;

    BaselineFinder(Graph graph) {
        family = new FamilyTree(graph);
    }

    /** An ancestor with an inventory and the way to it. */
    record Found(Relative image, Baseline baseline) {}

    /**
     * @param at as of when; empty for now
     * @throws QueryProblem {@code NOT_FOUND}, {@code NO_BASELINE}
     */
    Found require(String imageId, Optional<AsOf> at) {
        FamilyView view = family.ancestors(imageId, FamilyLimits.DEFAULT, at);
        Map<String, Relative> images =
                view.relatives().stream().collect(Collectors.toMap(Relative::imageId, Function.identity()));
        for (Basis weakest : Basis.values()) {
            Optional<Found> found = nearest(imageId, images, view.derivations(), weakest, false);
            if (found.isPresent()) {
                return found.get();
            }
        }
        Optional<Found> source = nearest(imageId, images, view.derivations(), Basis.RECORDED, true);
        if (source.isPresent()) {
            return source.get();
        }
        throw new QueryProblem(
                QueryProblem.Code.NO_BASELINE,
                view.derivations().isEmpty()
                        ? "nothing is known that this image derives from; name the image to compare with"
                        : "none of the " + (images.size() - 1)
                                + " images that this one derives from was indexed; index one, or name the image to compare with");
    }

    private static Optional<Found> nearest(
            String imageId,
            Map<String, Relative> images,
            List<Derivation> derivations,
            Basis weakest,
            boolean sourcesToo) {
        Map<String, List<Derivation>> up = derivations.stream()
                .filter(derivation -> derivation.basis().compareTo(weakest) <= 0)
                .sorted(Comparator.comparing(Derivation::basis)
                        .thenComparing(derivation -> -derivation.confidence().orElse(1.0))
                        .thenComparing(derivation -> name(images, derivation.parentId()))
                        .thenComparing(Derivation::parentId))
                .collect(Collectors.groupingBy(Derivation::childId));
        Map<String, Derivation> reachedBy = new HashMap<>();
        Deque<String> waiting = new ArrayDeque<>(List.of(imageId));
        while (!waiting.isEmpty()) {
            String at = waiting.remove();
            Relative image = images.get(at);
            if (image != null
                    && image.indexed()
                    && !at.equals(imageId)
                    && (sourcesToo || !checkedInFrom(reachedBy.get(at)))) {
                return Optional.of(new Found(image, new Baseline(steps(imageId, at, reachedBy, images))));
            }
            for (Derivation derivation : up.getOrDefault(at, List.of())) {
                String parent = derivation.parentId();
                if (!parent.equals(imageId) && reachedBy.putIfAbsent(parent, derivation) == null) {
                    waiting.add(parent);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean checkedInFrom(@Nullable Derivation derivation) {
        return derivation != null && derivation.kind().equals("check-in");
    }

    private static List<Baseline.Step> steps(
            String from, String to, Map<String, Derivation> reachedBy, Map<String, Relative> images) {
        List<Baseline.Step> steps = new ArrayList<>();
        for (String at = to; !at.equals(from); ) {
            Derivation derivation = java.util.Objects.requireNonNull(reachedBy.get(at));
            steps.addFirst(new Baseline.Step(
                    derivation.childId(),
                    name(images, derivation.childId()),
                    derivation.parentId(),
                    name(images, derivation.parentId()),
                    derivation.kind(),
                    derivation.basis(),
                    derivation.confidence()));
            at = derivation.childId();
        }
        return steps;
    }

    private static String name(Map<String, Relative> images, String id) {
        Relative image = images.get(id);
        return image == null ? id : image.name();
    }
}
