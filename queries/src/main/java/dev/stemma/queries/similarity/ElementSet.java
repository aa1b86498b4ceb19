package dev.stemma.queries.similarity;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A set of elements, each as 64 bits of its hash, sorted, with the bytes of each where they are contents. Immutable. */
final class ElementSet {

    private static final long[] NONE = {};

    private final long[] elements;
    private final long[] bytes;

    private ElementSet(long[] elements, long[] bytes) {
        this.elements = elements;
        this.bytes = bytes;
    }

    int count() {
        return elements.length;
    }

    /** Bytes of all contents; 0 for packages. */
    long bytes() {
        return Arrays.stream(bytes).sum();
    }

    /** How many numbers it holds. */
    int numbers() {
        return elements.length + bytes.length;
    }

    /** Its elements, sorted; do not write to it. */
    long[] elements() {
        return elements;
    }

    /** The sketch of a trait. */
    Sketch sketch(Trait trait) {
        MinHash hash = new MinHash();
        for (int i = 0; i < elements.length; i++) {
            hash.add(elements[i], trait == Trait.BYTES ? bytes[i] : 1);
        }
        return hash.sketch(trait == Trait.BYTES ? bytes() : count());
    }

    /** What this set, the one asked about, shares with another of its kind. */
    Overlap overlap(ElementSet other) {
        long shared = 0;
        long sharedBytes = 0;
        for (int i = 0, j = 0; i < elements.length && j < other.elements.length; ) {
            int order = Long.compare(elements[i], other.elements[j]);
            if (order == 0) {
                shared++;
                sharedBytes += bytes.length == 0 ? 0 : bytes[i];
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return new Overlap(
                shared,
                count() - shared,
                other.count() - shared,
                sharedBytes,
                bytes() - sharedBytes,
                other.bytes() - sharedBytes);
    }

    /** Elements that another set lacks, the first so many. */
    long[] without(ElementSet other, int limit) {
        return Arrays.stream(elements)
                .filter(element -> Arrays.binarySearch(other.elements, element) < 0)
                .limit(limit)
                .toArray();
    }

    /** Reads {@link #encoded()}, without bytes of contents. */
    static ElementSet decode(byte[] encoded) {
        long[] elements = new long[encoded.length / Long.BYTES];
        ByteBuffer.wrap(encoded).asLongBuffer().get(elements);
        return new ElementSet(elements, NONE);
    }

    /** Its elements, big-endian, one after the other. */
    byte[] encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(elements.length * Long.BYTES);
        buffer.asLongBuffer().put(elements);
        return buffer.array();
    }

    /** Collects elements in any order, each as often as one likes. Not thread-safe. */
    static final class Builder {
        private long[] elements = new long[1024];
        private long[] bytes = NONE;
        private int size;

        void add(long element) {
            if (size == elements.length) {
                elements = Arrays.copyOf(elements, 2 * size);
            }
            elements[size++] = element;
        }

        /** @param sizeBytes more than 0, the same for an element each time */
        void add(long element, long sizeBytes) {
            add(element);
            if (bytes.length < elements.length) {
                bytes = Arrays.copyOf(bytes, elements.length);
            }
            bytes[size - 1] = sizeBytes;
        }

        ElementSet build() {
            long[] sorted = Arrays.stream(elements, 0, size).sorted().distinct().toArray();
            if (bytes.length == 0) {
                return new ElementSet(sorted, NONE);
            }
            long[] sizes = new long[sorted.length];
            for (int i = 0; i < size; i++) {
                sizes[Arrays.binarySearch(sorted, elements[i])] = bytes[i];
            }
            return new ElementSet(sorted, sizes);
        }
    }
}
