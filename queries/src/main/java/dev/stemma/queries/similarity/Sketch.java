package dev.stemma.queries.similarity;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A MinHash sketch of a set; see {@link MinHash}. Immutable. Four places of 16 bits lie in a word, so that four are compared at once.
 *
 * <p>For candidates the first words are {@value #BANDS} bands of {@value #ROWS} places (P. Indyk, R. Motwani, <i>Approximate
 * nearest neighbors</i>, STOC 1998; the scheme as in J. Leskovec, A. Rajaraman, J. Ullman, <i>Mining of Massive
 * Datasets</i>, chapter 3): two sets of similarity s share a band with probability 1 − (1 − s⁴)³², which is 0.87 for 0.5,
 * 0.99 for 0.6 and 0.9998 for 0.7.
 */
public final class Sketch {

    /** How many bands. */
    public static final int BANDS = 32;

    /** Places in each. */
    public static final int ROWS = 4;

    private static final int WORDS = MinHash.K / ROWS;
    private static final int STRIDE = 16;
    private static final long LOW = 0x7fff_7fff_7fff_7fffL;

    private final long[] words;
    private final long size;

    private Sketch(long[] words, long size) {
        this.words = words;
        this.size = size;
    }

    static Sketch of(short[] places, long size) {
        long[] words = new long[WORDS];
        for (int i = 0; i < places.length; i++) {
            words[i / ROWS] = words[i / ROWS] << Short.SIZE | places[i] & 0xffff;
        }
        return new Sketch(words, size);
    }

    /**
     * Reads {@link #bytes()}.
     *
     * @throws IllegalArgumentException when it is of another length
     */
    static Sketch of(byte[] bytes, long size) {
        if (bytes.length != WORDS * Long.BYTES) {
            throw new IllegalArgumentException("a sketch has " + WORDS * Long.BYTES + " bytes, not " + bytes.length);
        }
        long[] words = new long[WORDS];
        ByteBuffer.wrap(bytes).asLongBuffer().get(words);
        return new Sketch(words, size);
    }

    /** The places, big-endian, one after the other. */
    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(WORDS * Long.BYTES);
        buffer.asLongBuffer().put(words);
        return buffer.array();
    }

    /** How large the set is: its elements or, where they are weighted, their weights added up. */
    public long size() {
        return size;
    }

    /** Estimated Jaccard similarity, 0 to 1; 0 when either set is empty. */
    public double similarity(Sketch other) {
        return (double) equalPlaces(other, 0) / MinHash.K;
    }

    /**
     * How many places are equal, 0 to {@link MinHash#K}; 0 when either set is empty.
     *
     * @param least where they are fewer than this, any smaller number may be given, which takes less time
     */
    public int equalPlaces(Sketch other, int least) {
        if (size == 0 || other.size == 0) {
            return 0;
        }
        int equal = 0;
        for (int from = 0; from < WORDS; from += STRIDE) {
            if (equal + ROWS * (WORDS - from) < least) {
                return 0;
            }
            for (int i = from; i < from + STRIDE; i++) {
                equal += zeroPlaces(words[i] ^ other.words[i]);
            }
        }
        return equal;
    }

    /** How many of the four 16-bit parts are zero: the sum carries into a part's highest bit unless all below it are zero. */
    private static int zeroPlaces(long word) {
        return Long.bitCount(~((word & LOW) + LOW | word | LOW));
    }

    /** The hash of a band, 0 to 31. */
    public long band(int index) {
        return MinHash.mix(words[index] ^ MinHash.mix(index + 1L));
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
