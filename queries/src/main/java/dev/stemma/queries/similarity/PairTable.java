package dev.stemma.queries.similarity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All pairs of one trait above a floor, kept up to date: an inventory that comes is compared with all that are there, one that goes takes
 * its pairs with it. When there are more pairs than it may hold, it drops the least similar ones and raises the floor for good; it falls
 * again when a table is made anew. Not thread-safe.
 */
final class PairTable {

    /** Below a half, pairs say little, and there are many. */
    static final double LEAST = 0.5;

    private final Trait trait;
    private final long most;
    private final List<@Nullable Node> nodes = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int floor = (int) Math.ceil(LEAST * MinHash.K);
    private long pairs;
    private @Nullable Pairs pairsAsTheyAre;

    /** An inventory and its neighbours, in no order. */
    private static final class Node {
        private static final int[] NOBODY = {};

        final Sketch sketch;
        final String inventoryId;
        long images;
        int[] others = NOBODY;
        short[] equal = {};
        int degree;

        Node(String inventoryId, Sketch sketch, long images) {
            this.inventoryId = inventoryId;
            this.sketch = sketch;
            this.images = images;
        }

        void add(int other, int equalPlaces) {
            if (degree == others.length) {
                others = Arrays.copyOf(others, Math.max(8, degree + degree / 2));
                equal = Arrays.copyOf(equal, others.length);
            }
            others[degree] = other;
            equal[degree++] = (short) equalPlaces;
        }

        void remove(int position) {
            degree--;
            others[position] = others[degree];
            equal[position] = equal[degree];
        }

        void removeOther(int other) {
            for (int i = 0; i < degree; i++) {
                if (others[i] == other) {
                    remove(i);
                    return;
                }
            }
        }
    }

    /** @param most pairs held at most, a dozen bytes each */
    PairTable(Trait trait, long most) {
        this.trait = trait;
        this.most = most;
    }

    /** Brings the table to these sketches and gives its pairs. */
    Pairs follow(Sketches sketches) {
        boolean changed = pairsAsTheyAre == null;
        for (String id : List.copyOf(places.keySet())) {
            Sketches.Entry entry = sketches.byId().get(id);
            if (entry == null || entry.sketch(trait).isEmpty()) {
                remove(id);
                changed = true;
            }
        }
        for (Sketches.Entry entry : sketches.entries()) {
            Optional<Sketch> sketch = entry.sketch(trait).filter(each -> each.size() > 0);
            Integer place = places.get(entry.inventoryId());
            if (sketch.isPresent() && place == null) {
                add(new Node(entry.inventoryId(), sketch.get(), entry.images()));
                changed = true;
            } else if (place != null && node(place).images != entry.images()) {
                node(place).images = entry.images();
                changed = true;
            }
        }
        Pairs known = pairsAsTheyAre;
        if (known == null || changed) {
            known = pairs();
            pairsAsTheyAre = known;
        }
        return known;
    }

    private Node node(int place) {
        return Objects.requireNonNull(nodes.get(place));
    }

    private void add(Node node) {
        int place = free.isEmpty() ? nodes.size() : free.pop();
        for (int other = 0; other < nodes.size(); other++) {
            Node there = nodes.get(other);
            int equal = there == null ? 0 : node.sketch.equalPlaces(there.sketch, floor);
            if (there != null && equal >= floor) {
                node.add(other, equal);
                there.add(place, equal);
                pairs++;
            }
        }
        if (place == nodes.size()) {
            nodes.add(node);
        } else {
            nodes.set(place, node);
        }
        places.put(node.inventoryId, place);
        if (pairs > most) {
            raise();
        }
    }

    private void remove(String id) {
        int place = Objects.requireNonNull(places.remove(id));
        Node node = node(place);
        for (int i = 0; i < node.degree; i++) {
            node(node.others[i]).removeOther(place);
        }
        pairs -= node.degree;
        nodes.set(place, null);
        free.push(place);
    }

    /** Raises the floor until a tenth of the room is free. All pairs may be equally alike; then none is kept. */
    private void raise() {
        long[] counts = new long[MinHash.K + 2];
        List<Node> present = nodes.stream().filter(Objects::nonNull).toList();
        for (Node node : present) {
            for (int i = 0; i < node.degree; i++) {
                counts[node.equal[i]]++;
            }
        }
        while (pairs > most - most / 10) {
            pairs -= counts[floor++] / 2;
        }
        for (Node node : present) {
            for (int i = node.degree - 1; i >= 0; i--) {
                if (node.equal[i] < floor) {
                    node.remove(i);
                }
            }
        }
    }

    private Pairs pairs() {
        int[] order = new int[nodes.size()];
        List<String> inventories = new ArrayList<>();
        List<Node> present = new ArrayList<>();
        for (int place = 0; place < order.length; place++) {
            Node node = nodes.get(place);
            if (node != null) {
                order[place] = present.size();
                present.add(node);
                inventories.add(node.inventoryId);
            }
        }
        int[] first = new int[present.size() + 1];
        for (int i = 0; i < present.size(); i++) {
            first[i + 1] = first[i] + present.get(i).degree;
        }
        int[] others = new int[first[present.size()]];
        short[] equal = new short[others.length];
        for (int i = 0; i < present.size(); i++) {
            Node node = present.get(i);
            System.arraycopy(node.equal, 0, equal, first[i], node.degree);
            for (int k = 0; k < node.degree; k++) {
                others[first[i] + k] = order[node.others[k]];
            }
        }
        return new Pairs(
                trait,
                inventories,
                present.stream().mapToLong(node -> node.images).toArray(),
                first,
                others,
                equal,
                (double) floor / MinHash.K);
    }
}
