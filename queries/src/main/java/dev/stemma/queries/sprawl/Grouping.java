package dev.stemma.queries.sprawl;

import dev.stemma.queries.similarity.Sketch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Joins inventories into groups by pairs of sketches that are alike enough (union-find: R. Tarjan, JACM 22, 1975, with path
 * halving). A small collection is compared pair by pair, a large one only where two share a band. Not thread-safe.
 */
final class Grouping {

    /** Two million pairs are compared in a fraction of a second. */
    private static final int ALL_PAIRS = 2_000;

    private static final int BUCKET = 200;
    private static final int SAMPLE = 500;

    private final List<String> ids;
    private final List<Sketch> sketches;
    private final Map<String, Integer> places = new HashMap<>();
    private final int[] above;

    Grouping(Map<String, Sketch> byId) {
        ids = byId.keySet().stream().sorted().toList();
        sketches = ids.stream().map(id -> Objects.requireNonNull(byId.get(id))).toList();
        above = new int[ids.size()];
        for (int i = 0; i < above.length; i++) {
            above[i] = i;
            places.put(ids.get(i), i);
        }
    }

    /** Whether pairs that share no band are not compared. */
    boolean viaBands() {
        return ids.size() > ALL_PAIRS;
    }

    /** Groups, each sorted by id; inventories that are like no other are groups of one. */
    List<List<String>> groups(double threshold) {
        if (viaBands()) {
            for (int band = 0; band < Sketch.BANDS; band++) {
                buckets(band).forEach(bucket -> join(bucket, threshold));
            }
        } else {
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                all.add(i);
            }
            join(all, threshold);
        }
        Map<Integer, List<String>> groups = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            groups.computeIfAbsent(top(i), _ -> new ArrayList<>()).add(ids.get(i));
        }
        return List.copyOf(groups.values());
    }

    private Iterable<List<Integer>> buckets(int band) {
        Map<Long, List<Integer>> buckets = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            if (sketches.get(i).size() > 0) {
                buckets.computeIfAbsent(sketches.get(i).band(band), _ -> new ArrayList<>())
                        .add(i);
            }
        }
        return buckets.values();
    }

    /** In a large bucket each is compared with the first ones only: they share a band and are most likely one group. */
    private void join(List<Integer> bucket, double threshold) {
        int others = viaBands() ? BUCKET : bucket.size();
        for (int i = 0; i < bucket.size(); i++) {
            for (int j = 0; j < Math.min(i, others); j++) {
                int a = top(bucket.get(i));
                int b = top(bucket.get(j));
                if (a != b && similar(bucket.get(i), bucket.get(j)) >= threshold) {
                    above[Math.max(a, b)] = Math.min(a, b);
                }
            }
        }
    }

    private double similar(int a, int b) {
        return sketches.get(a).similarity(sketches.get(b));
    }

    private int top(int place) {
        int at = place;
        while (above[at] != at) {
            above[at] = above[above[at]];
            at = above[at];
        }
        return at;
    }

    /** Estimated similarity of two inventories. */
    double similarity(String a, String b) {
        return a.equals(b) ? 1 : similar(place(a), place(b));
    }

    private int place(String id) {
        return Objects.requireNonNull(places.get(id), "an inventory of another grouping");
    }

    /** The one most similar to all others on average; of a large group, to a sample of it. */
    String representative(List<String> group) {
        List<String> sample = group.subList(0, Math.min(group.size(), SAMPLE));
        return sample.stream()
                .max(Comparator.comparingDouble((String candidate) -> sample.stream()
                                .mapToDouble(other -> similarity(candidate, other))
                                .sum())
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }
}
