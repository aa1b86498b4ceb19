package dev.stemma.queries.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two methods from books, by the Jaccard index of packages and files together. Both know no direction and no images without parents. */
final class Baselines {

    /** How much a parent needs to be one; what is best in hindsight counts. */
    static final double[] LEAST = {0.3, 0.5, 0.7, 0.9};

    /** A leaf that is nearer than this to the inner node that it hangs on is taken for it; what is best in hindsight counts. */
    static final double[] NEAR = {0.003, 0.01, 0.03, 0.1};

    private Baselines() {}

    private static Set<Object> elements(ImageTraits image) {
        Set<Object> elements = new HashSet<>();
        image.packages().forEach((name, mark) -> {
            if (mark.present()) {
                elements.add(Map.entry(name, mark.version()));
            }
        });
        elements.addAll(image.own().contents());
        return elements;
    }

    private static double[][] similarities(List<ImageTraits> images) {
        List<Set<Object>> sets = images.stream().map(Baselines::elements).toList();
        double[][] similarities = new double[sets.size()][sets.size()];
        for (int i = 0; i < sets.size(); i++) {
            for (int k = 0; k < i; k++) {
                similarities[i][k] = dev.stemma.queries.Guest.jaccard(sets.get(i), sets.get(k));
                similarities[k][i] = similarities[i][k];
            }
        }
        return similarities;
    }

    /** The arborescence of the greatest sum of similarities; of all roots that which gives the greatest. */
    static void jaccard(GeneratedWorld world, double least, Outcome outcome) {
        List<ImageTraits> images = world.visible();
        double[][] similarities = similarities(images);
        int n = images.size() + 1;
        double[][] weights = new double[n][n];
        for (double[] row : weights) {
            Arrays.fill(row, Arborescence.NONE);
        }
        for (int child = 1; child < n; child++) {
            weights[0][child] = least;
            for (int parent = 1; parent < n; parent++) {
                if (parent != child) {
                    weights[parent][child] = similarities[parent - 1][child - 1];
                }
            }
        }
        int[] parents = Arborescence.heaviest(weights);
        Map<String, String> found = new HashMap<>();
        for (int child = 1; child < n; child++) {
            if (parents[child] > 0) {
                found.put(
                        images.get(child - 1).imageId(),
                        images.get(parents[child] - 1).imageId());
            }
        }
        outcome.parents(world, found);
    }

    /** Neighbour joining (Saitou and Nei 1987), rooted at the image that has the oldest file system, the smallest of those. */
    static void neighbourJoining(GeneratedWorld world, double near, Outcome outcome) {
        List<ImageTraits> images = world.visible();
        double[][] similarities = similarities(images);
        int n = images.size();
        double[][] d = new double[2 * n][2 * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                d[i][k] = i == k ? 0 : 1 - similarities[i][k];
            }
        }
        Map<Integer, Map<Integer, Double>> tree = new HashMap<>();
        List<Integer> active = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            active.add(i);
        }
        int next = n;
        while (active.size() > 2) {
            int m = active.size();
            double[] sums = new double[2 * n];
            for (int i : active) {
                sums[i] = active.stream().mapToDouble(k -> d[i][k]).sum();
            }
            int a = -1;
            int b = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int i : active) {
                for (int k : active) {
                    double q = (m - 2) * d[i][k] - sums[i] - sums[k];
                    if (i < k && q < least) {
                        least = q;
                        a = i;
                        b = k;
                    }
                }
            }
            double toA = Math.max(0, d[a][b] / 2 + (sums[a] - sums[b]) / (2 * (m - 2)));
            link(tree, a, next, toA);
            link(tree, b, next, Math.max(0, d[a][b] - toA));
            active.removeAll(List.of(a, b));
            for (int k : active) {
                d[next][k] = (d[a][k] + d[b][k] - d[a][b]) / 2;
                d[k][next] = d[next][k];
            }
            active.add(next++);
        }
        link(tree, active.getFirst(), active.getLast(), d[active.getFirst()][active.getLast()]);
        int root = 0;
        for (int i = 1; i < n; i++) {
            root = older(images.get(i), images.get(root)) ? i : root;
        }
        Map<String, String> found = new HashMap<>();
        walk(tree, images, near, root, -1, root, found);
        outcome.parents(world, found);
    }

    private static boolean older(ImageTraits a, ImageTraits b) {
        int order = made(a).compareTo(made(b));
        return order < 0 || (order == 0 && a.packages().size() < b.packages().size());
    }

    private static java.time.Instant made(ImageTraits image) {
        return image.fileSystems().values().iterator().next().orElseThrow();
    }

    private static void link(Map<Integer, Map<Integer, Double>> tree, int a, int b, double length) {
        tree.computeIfAbsent(a, _ -> new HashMap<>()).put(b, length);
        tree.computeIfAbsent(b, _ -> new HashMap<>()).put(a, length);
    }

    /** An inner node is taken for the leaf that is nearest to it, where one is near. */
    private static void walk(
            Map<Integer, Map<Integer, Double>> tree,
            List<ImageTraits> images,
            double least,
            int node,
            int from,
            int ancestor,
            Map<String, String> found) {
        int mine = ancestor;
        if (node < images.size()) {
            if (node != ancestor) {
                found.put(images.get(node).imageId(), images.get(ancestor).imageId());
            }
            mine = node;
        } else {
            double near = least;
            for (Map.Entry<Integer, Double> each :
                    tree.getOrDefault(node, Map.of()).entrySet()) {
                if (each.getKey() != from && each.getKey() < images.size() && each.getValue() <= near) {
                    near = each.getValue();
                    mine = each.getKey();
                }
            }
        }
        for (int to : tree.getOrDefault(node, Map.of()).keySet()) {
            if (to != from) {
                walk(tree, images, least, to, node, to == mine ? ancestor : mine, found);
            }
        }
    }
}
