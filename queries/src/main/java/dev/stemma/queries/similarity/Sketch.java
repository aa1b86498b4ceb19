package dev.stemma.queries.similarity;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A MinHash sketch of a set; see {@link MinHash}. Immutable.
 *
 * <p>For candidates the places are cut into {@value #BANDS} bands of {@value #ROWS} (P. Indyk, R. Motwani, <i>Approximate
 * nearest neighbors</i>, STOC 1998; the scheme as in J. Leskovec, A. Rajaraman, J. Ullman, <i>Mining of Massive
 * Datasets</i>, chapter 3): two sets of similarity s share a band with probability 1 − (1 − s⁴)³², which is 0.87 for 0.5,
 * 0.99 for 0.6 and 0.9998 for 0.7.
 */
public final class Sketch {

    /** How many bands. */
    public static final int BANDS = 32;

    /** Places in each. */
    public static final int ROWS = MinHash.K / BANDS;

    private final long[] places;
    private final long size;

    Sketch(long[] places, long size) {
        this.places = places;
        this.size = size;
    }

    /**
     * Reads {@link #bytes()}.
     *
     * @throws IllegalArgumentException when it is of another length
     */
    static Sketch of(byte[] bytes, long size) {
        if (bytes.length != MinHash.K * Long.BYTES) {
            throw new IllegalArgumentException(
                    "a sketch has " + MinHash.K * Long.BYTES + " bytes, not " + bytes.length);
        }
        long[] places = new long[MinHash.K];
        ByteBuffer.wrap(bytes).asLongBuffer().get(places);
        return new Sketch(places, size);
    }

    /** The places, big-endian, one after the other. */
    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(MinHash.K * Long.BYTES);
        buffer.asLongBuffer().put(places);
        return buffer.array();
    }

    /** How many elements the set has. */
    public long size() {
        return size;
    }

    /** Estimated Jaccard similarity, 0 to 1; 0 when either set is empty. */
    public double similarity(Sketch other) {
        if (size == 0 || other.size == 0) {
            return 0;
        }
        int equal = 0;
        for (int i = 0; i < MinHash.K; i++) {
            if (places[i] == other.places[i]) {
                equal++;
            }
        }
        return (double) equal / MinHash.K;
    }

    /** The hash of a band, 0 to 31. */
    public long band(int index) {
        long hash = index;
        for (int row = 0; row < ROWS; row++) {
            hash = MinHash.mix(hash ^ places[index * ROWS + row]) + row;
        }
        return MinHash.mix(hash);
    }

    /** The ids of its band nodes: {@code packages/3/9f…}; none for the empty set. */
    List<String> bands(Trait trait) {
        List<String> bands = new ArrayList<>();
        for (int i = 0; i < BANDS && size > 0; i++) {
            bands.add(trait.word() + "/" + i + "/" + HexFormat.of().toHexDigits(band(i)));
        }
        return bands;
    }
}
