package dev.stemma.queries.similarity;

import java.util.Arrays;

/**
 * MinHash: of each of k random orders of all elements, a set's sketch keeps the hash of the element that comes first. Two
 * sets agree in one place with a probability that is their Jaccard similarity |A ∩ B| / |A ∪ B|, so the share of equal
 * places estimates it, with standard error √(J(1−J)/k) ≤ 1/(2√k).
 *
 * <p>Sources: A. Broder, <i>On the resemblance and containment of documents</i>, SEQUENCES 1997; A. Broder, M. Charikar,
 * A. Frieze, M. Mitzenmacher, <i>Min-wise independent permutations</i>, JCSS 60 (2000). The orders come from mixing an
 * element's 64 bits with one seed each by the finalizer "Mix13" of D. Stafford, which SplitMix64 uses (G. Steele, D. Lea,
 * C. Flood, <i>Fast splittable pseudorandom number generators</i>, OOPSLA 2014).
 *
 * <p>Everything here is part of {@link #ANALYZER}: a change is a new version, and all sketches are made again. Feeding is
 * not thread-safe.
 */
public final class MinHash {

    /** Name and version of this way to sketch. */
    public static final String ANALYZER = "minhash/1";

    /** Places of a sketch. */
    public static final int K = 128;

    /** What {@code expectedError} states: an upper bound of twice the standard error. */
    public static final double ERROR = 1 / Math.sqrt(K);

    /** The golden ratio's bits, SplitMix64's step. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private static final long[] SEEDS = seeds(0x5374656d6d612f31L);

    private final long[] minima = new long[K];
    private long size;

    /** The sketch of nothing, to be fed. */
    public MinHash() {
        Arrays.fill(minima, Long.MAX_VALUE);
    }

    private static long[] seeds(long start) {
        long[] seeds = new long[K];
        long state = start;
        for (int i = 0; i < K; i++) {
            state += STEP;
            seeds[i] = mix(state);
        }
        return seeds;
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
     */
    public void add(long element) {
        size++;
        for (int i = 0; i < K; i++) {
            long hash = mix(element ^ SEEDS[i]);
            if (hash < minima[i]) {
                minima[i] = hash;
            }
        }
    }

    /** The sketch of what was added so far. */
    public Sketch sketch() {
        return new Sketch(minima.clone(), size);
    }
}
