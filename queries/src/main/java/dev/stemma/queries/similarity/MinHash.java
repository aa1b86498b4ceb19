package dev.stemma.queries.similarity;

import java.util.Arrays;

/**
 * MinHash with weights: the sketch of a set has k places, and two sets agree in a place with a probability that is their
 * Jaccard similarity, w(A ∩ B) / w(A ∪ B), where w adds up the weights of elements. With weights of 1 that is the plain one. The share
 * of equal places estimates it, with standard error √(J(1−J)/k) ≤ 1/(2√k).
 *
 * <p>Each element throws points in time at random places, as a Poisson process whose rate is its weight; a place keeps the first
 * that comes. Since the process depends on the element alone, sets that share the element whose point comes first agree. An element is
 * done with as soon as its next point is later than what all places have: n elements take O(n + k log k) steps. The last
 * times are kept in a tournament tree.
 *
 * <p>Sources: A. Broder, <i>On the resemblance and containment of documents</i>, SEQUENCES 1997; O. Ertl, <i>ProbMinHash – A class of
 * locality-sensitive hash algorithms for the (probability) Jaccard similarity</i>, IEEE TKDE 34 (2022), algorithm 1; an element's weight is
 * the same in every set here, and then its probability Jaccard similarity is the weighted one. Numbers come from the finalizer
 * "Mix13" of D. Stafford, which SplitMix64 uses (G. Steele, D. Lea, C. Flood, <i>Fast splittable pseudorandom number generators</i>,
 * OOPSLA 2014).
 *
 * <p>A place keeps 16 bits of the winner, so that unequal ones agree once in 65,536. Everything here is part of
 * {@link #ANALYZER}: a change is a new version, and all sketches are made again. Feeding is not thread-safe.
 */
public final class MinHash {

    /** Name and version of this way to sketch. */
    public static final String ANALYZER = "minhash/2";

    /** Places of a sketch. */
    public static final int K = 512;

    /** The largest standard error of an estimate, at a similarity of one half. */
    public static final double ERROR = 0.5 / Math.sqrt(K);

    /** The golden ratio's bits, SplitMix64's step. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private static final long SEED = 0x5374656d6d612f32L;
    private static final int PLACE_BITS = Integer.numberOfTrailingZeros(K);

    /** From {@link #K} on the times of the places; below, each the later of its two children. */
    private final double[] times = new double[2 * K];

    private final short[] winners = new short[K];

    /** The sketch of nothing, to be fed. */
    public MinHash() {
        Arrays.fill(times, Double.POSITIVE_INFINITY);
    }

    /** Standard error of an estimate of this similarity. */
    public static double standardError(double similarity) {
        return Math.sqrt(Math.max(0, similarity * (1 - similarity)) / K);
    }

    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /**
     * Adds an element, once each.
     *
     * @param element 64 bits of a good hash of it
     * @param weight more than 0; the same for an element in whichever set
     */
    public void add(long element, double weight) {
        long state = mix(element ^ SEED);
        double time = 0;
        while (true) {
            state += STEP;
            double uniform = ((mix(state) >>> 11) + 1) * 0x1.0p-53;
            time -= StrictMath.log(uniform) / weight;
            if (time >= times[1]) {
                return;
            }
            state += STEP;
            long choice = mix(state);
            int place = (int) (choice >>> (Long.SIZE - PLACE_BITS));
            if (time < times[K + place]) {
                winners[place] = (short) choice;
                keep(K + place, time);
            }
        }
    }

    private void keep(int leaf, double time) {
        times[leaf] = time;
        for (int at = leaf / 2; at > 0; at /= 2) {
            double latest = Math.max(times[2 * at], times[2 * at + 1]);
            if (times[at] == latest) {
                return;
            }
            times[at] = latest;
        }
    }

    /**
     * The sketch of what was added so far.
     *
     * @param size sum of the weights
     */
    public Sketch sketch(long size) {
        return Sketch.of(winners, size);
    }
}
