package dev.stemma.queries.similarity;

import java.util.List;

/**
 * All pairs of inventories at least so alike, as an undirected graph in arrays: the neighbours of inventory i stand at
 * {@code first[i]} to {@code first[i + 1]} of {@code others}, each pair once from either side. Do not write to the arrays.
 *
 * @param inventories by place
 * @param imageCounts how many images have each
 * @param first one more than there are inventories
 * @param others places of neighbours
 * @param equal equal places of sketches, of {@link MinHash#K}; over {@code K} an estimated similarity
 * @param floor the least similarity of a pair that is held, an estimate
 */
public record Pairs(
        Trait trait,
        List<String> inventories,
        long[] imageCounts,
        int[] first,
        int[] others,
        short[] equal,
        double floor) {

    public Pairs {
        inventories = List.copyOf(inventories);
    }

    /** How many pairs. */
    public long count() {
        return others.length / 2;
    }

    /** Estimated similarity of the pair at a position of {@code others}. */
    public double similarity(int position) {
        return (double) equal[position] / MinHash.K;
    }
}
