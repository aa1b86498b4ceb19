package dev.stemma.queries.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The heaviest forest of a directed graph: each node has one parent or none, and nothing runs in a circle. By the algorithm of Chu and Liu
 * (1965) and Edmonds (Optimum Branchings, 1967), circles contracted one after the other; O(n³).
 */
final class Arborescence {

    /** There is no such edge. */
    static final double NONE = Double.NEGATIVE_INFINITY;

    private Arborescence() {}

    /**
     * Finds it.
     *
     * @param weights of the edge from one node to another, {@link #NONE} for none; node 0 is the root, which stands for "no parent here", and
     *     reaches all others
     * @return by node its parent; −1 for the root
     */
    static int[] heaviest(double[][] weights) {
        int n = weights.length;
        int[] parents = new int[n];
        Arrays.fill(parents, -1);
        for (int node = 1; node < n; node++) {
            parents[node] = best(weights, node);
        }
        List<Integer> circle = circle(parents);
        return circle.isEmpty() ? parents : contracted(weights, parents, circle);
    }

    private static int best(double[][] weights, int node) {
        int best = 0;
        for (int from = 0; from < weights.length; from++) {
            if (from != node && weights[from][node] > weights[best][node]) {
                best = from;
            }
        }
        return best;
    }

    private static List<Integer> circle(int[] parents) {
        int[] seen = new int[parents.length];
        for (int start = 1; start < parents.length; start++) {
            int node = start;
            while (node > 0 && seen[node] == 0) {
                seen[node] = start;
                node = parents[node];
            }
            if (node > 0 && seen[node] == start) {
                List<Integer> circle = new ArrayList<>();
                int at = node;
                do {
                    circle.add(at);
                    at = parents[at];
                } while (at != node);
                return circle;
            }
        }
        return List.of();
    }

    /** Makes the circle one node, solves that, and opens the circle where the solution enters it. */
    private static int[] contracted(double[][] weights, int[] parents, List<Integer> circle) {
        int n = weights.length;
        List<Integer> kept = new ArrayList<>();
        for (int node = 0; node < n; node++) {
            if (!circle.contains(node)) {
                kept.add(node);
            }
        }
        int m = kept.size() + 1;
        int whole = kept.size();
        double[][] smaller = new double[m][m];
        int[] enters = new int[m];
        int[] leaves = new int[m];
        for (int i = 0; i < whole; i++) {
            for (int k = 0; k < whole; k++) {
                smaller[i][k] = weights[kept.get(i)][kept.get(k)];
            }
            smaller[i][whole] = NONE;
            smaller[whole][i] = NONE;
            for (int node : circle) {
                double in = weights[kept.get(i)][node] - weights[parents[node]][node];
                if (in > smaller[i][whole]) {
                    smaller[i][whole] = in;
                    enters[i] = node;
                }
                double out = weights[node][kept.get(i)];
                if (out > smaller[whole][i]) {
                    smaller[whole][i] = out;
                    leaves[i] = node;
                }
            }
        }
        smaller[whole][whole] = NONE;
        int[] solved = heaviest(smaller);
        int[] result = parents.clone();
        for (int i = 0; i < whole; i++) {
            int parent = solved[i];
            result[kept.get(i)] = parent < 0 ? -1 : parent == whole ? leaves[i] : kept.get(parent);
        }
        int into = solved[whole];
        result[enters[into]] = kept.get(into);
        return result;
    }
}
