package dev.stemma.queries.lineage;

import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Places a family in layers from left to right: an image lies right of all that it derives from, in the layer of its longest line
 * of descent, and layers are ordered so that few derivations cross. A derivation that passes layers is given a slot in each, and
 * none runs through an image. After Sugiyama, Tagawa and Toda, Methods for visual understanding of hierarchical system
 * structures (1981), with barycentres for the order. Used once.
 */
final class FamilyLayout {

    /** More than a person can look at. */
    static final int MAX_IMAGES = 2_000;

    private static final int MAX_SLOTS = 50_000;
    private static final int SWEEPS = 12;

    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final List<List<Slot>> layers = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private int passing;

    /**
     * A place in a layer.
     *
     * @param relative the image there; empty where a derivation passes by
     */
    static final class Slot {
        final Optional<Relative> relative;
        final int layer;
        final List<Slot> left = new ArrayList<>();
        final List<Slot> right = new ArrayList<>();
        int index;
        double row;

        Slot(Optional<Relative> relative, int layer) {
            this.relative = relative;
            this.layer = layer;
        }
    }

    /**
     * A derivation from parent to child.
     *
     * @param through the slots that it runs through, from left to right, its ends among them
     * @param backward whether it runs against the others, in a circle; then the child is on the left
     */
    record Line(Derivation derivation, List<Slot> through, boolean backward) {}

    /**
     * @throws QueryProblem {@code INVALID} for a family that is too large to be drawn
     */
    FamilyLayout(FamilyView family) {
        requireDrawable(family);
        Set<Derivation> backward = backward(family);
        Map<String, Integer> depths = depths(family, backward);
        for (Relative relative : family.relatives()) {
            Slot slot = new Slot(Optional.of(relative), depths.getOrDefault(relative.imageId(), 0));
            slots.put(relative.imageId(), slot);
            layer(slot.layer).add(slot);
        }
        for (Derivation derivation : family.derivations()) {
            boolean turned = backward.contains(derivation);
            Slot from = slot(turned ? derivation.childId() : derivation.parentId());
            Slot to = slot(turned ? derivation.parentId() : derivation.childId());
            if (from != to) {
                lines.add(new Line(derivation, through(from, to), turned));
            }
        }
        order();
        straighten();
    }

    /**
     * @throws QueryProblem {@code INVALID} when there are too many images or derivations
     */
    static void requireDrawable(FamilyView family) {
        if (family.relatives().size() > MAX_IMAGES || family.derivations().size() > 2 * MAX_IMAGES) {
            throw tooLarge(family.relatives().size() + " images with "
                    + family.derivations().size() + " derivations");
        }
    }

    private static QueryProblem tooLarge(String what) {
        return new QueryProblem(
                QueryProblem.Code.INVALID,
                what + " are too many to be drawn; ask for fewer steps (depth), or for json, which holds them all");
    }

    private Slot slot(String id) {
        return Objects.requireNonNull(slots.get(id));
    }

    private List<Slot> layer(int number) {
        while (layers.size() <= number) {
            layers.add(new ArrayList<>());
        }
        return layers.get(number);
    }

    /** The derivations that would have to go for no circle to be left: those that lead back in a walk from parents to children. */
    private static Set<Derivation> backward(FamilyView family) {
        Map<String, List<Derivation>> below = new HashMap<>();
        family.derivations().forEach(each -> below.computeIfAbsent(each.parentId(), _ -> new ArrayList<>())
                .add(each));
        Set<Derivation> backward = new HashSet<>();
        Set<String> done = new HashSet<>();
        Set<String> open = new HashSet<>();
        record Step(String id, Iterator<Derivation> left) {}
        Deque<Step> path = new ArrayDeque<>();
        for (Relative root : family.relatives()) {
            if (done.contains(root.imageId())) {
                continue;
            }
            open.add(root.imageId());
            path.push(new Step(
                    root.imageId(),
                    below.getOrDefault(root.imageId(), List.of()).iterator()));
            while (!path.isEmpty()) {
                Step step = path.element();
                if (!step.left().hasNext()) {
                    path.pop();
                    open.remove(step.id());
                    done.add(step.id());
                    continue;
                }
                Derivation next = step.left().next();
                if (open.contains(next.childId())) {
                    backward.add(next);
                } else if (!done.contains(next.childId())) {
                    open.add(next.childId());
                    path.push(new Step(
                            next.childId(),
                            below.getOrDefault(next.childId(), List.of()).iterator()));
                }
            }
        }
        return backward;
    }

    /** The longest line of descent that leads to each image, by taking away roots (Kahn 1962). */
    private static Map<String, Integer> depths(FamilyView family, Set<Derivation> backward) {
        Map<String, Integer> waiting = new LinkedHashMap<>();
        Map<String, List<String>> next = new HashMap<>();
        family.relatives().forEach(relative -> waiting.put(relative.imageId(), 0));
        for (Derivation derivation : family.derivations()) {
            boolean turned = backward.contains(derivation);
            String from = turned ? derivation.childId() : derivation.parentId();
            String to = turned ? derivation.parentId() : derivation.childId();
            if (!from.equals(to)) {
                next.computeIfAbsent(from, _ -> new ArrayList<>()).add(to);
                waiting.merge(to, 1, Integer::sum);
            }
        }
        Map<String, Integer> depths = new HashMap<>();
        Deque<String> free = new ArrayDeque<>();
        waiting.forEach((id, count) -> {
            if (count == 0) {
                free.add(id);
            }
        });
        while (!free.isEmpty()) {
            String id = free.remove();
            int depth = depths.computeIfAbsent(id, _ -> 0);
            for (String child : next.getOrDefault(id, List.of())) {
                depths.merge(child, depth + 1, Math::max);
                if (waiting.merge(child, -1, Integer::sum) == 0) {
                    free.add(child);
                }
            }
        }
        return depths;
    }

    private List<Slot> through(Slot from, Slot to) {
        List<Slot> through = new ArrayList<>(List.of(from));
        for (int number = from.layer + 1; number < to.layer; number++) {
            if (++passing > MAX_SLOTS) {
                throw tooLarge("derivations that pass so many others");
            }
            Slot slot = new Slot(Optional.empty(), number);
            layer(number).add(slot);
            through.add(slot);
        }
        through.add(to);
        for (int i = 1; i < through.size(); i++) {
            through.get(i - 1).right.add(through.get(i));
            through.get(i).left.add(through.get(i - 1));
        }
        return through;
    }

    private void order() {
        layers.forEach(FamilyLayout::number);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean rightwards = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                List<Slot> layer = layers.get(rightwards ? i : layers.size() - 1 - i);
                Map<Slot, Double> centres = new IdentityHashMap<>();
                layer.forEach(slot -> centres.put(slot, centre(rightwards ? slot.left : slot.right, slot.index)));
                layer.sort(Comparator.comparingDouble(slot -> centres.getOrDefault(slot, 0.0)));
                number(layer);
            }
        }
    }

    private static void number(List<Slot> layer) {
        for (int i = 0; i < layer.size(); i++) {
            layer.get(i).index = i;
        }
    }

    private static double centre(List<Slot> neighbours, double own) {
        return neighbours.stream().mapToInt(slot -> slot.index).average().orElse(own);
    }

    /** Gives each slot a row near those that it is joined to, a row apart from its neighbours in the layer at least. */
    private void straighten() {
        layers.forEach(layer -> layer.forEach(slot -> slot.row = slot.index));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean rightwards = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                List<Slot> layer = layers.get(rightwards ? i : layers.size() - 1 - i);
                place(layer, rightwards);
            }
        }
        double top = layers.stream()
                .flatMap(List::stream)
                .mapToDouble(slot -> slot.row)
                .min()
                .orElse(0);
        layers.forEach(layer -> layer.forEach(slot -> slot.row -= top));
    }

    /** Wanted rows in order: who wants to lie too high is pushed down, then the layer is moved so that it fits best on average. */
    private static void place(List<Slot> layer, boolean rightwards) {
        double[] wanted = new double[layer.size()];
        for (int i = 0; i < wanted.length; i++) {
            Slot slot = layer.get(i);
            List<Slot> neighbours = rightwards ? slot.left : slot.right;
            wanted[i] =
                    neighbours.stream().mapToDouble(each -> each.row).average().orElse(slot.row);
        }
        double last = Double.NEGATIVE_INFINITY;
        double off = 0;
        for (int i = 0; i < wanted.length; i++) {
            layer.get(i).row = Math.max(wanted[i], last + 1);
            last = layer.get(i).row;
            off += last - wanted[i];
        }
        double shift = wanted.length == 0 ? 0 : off / wanted.length;
        layer.forEach(slot -> slot.row -= shift);
    }

    List<List<Slot>> layers() {
        return layers;
    }

    List<Line> lines() {
        return lines;
    }
}
