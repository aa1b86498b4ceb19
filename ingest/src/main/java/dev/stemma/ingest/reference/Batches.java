package dev.stemma.ingest.reference;

import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gathers what one thread does at once. Not thread-safe. */
final class Batches<T> {

    /** Several frames of the store, so that two threads rarely decompress the same one. */
    static final long BYTES = 16 << 20;

    private static final int MAX_ITEMS = 16_384;

    private final Taker<T> taker;
    private final List<T> batch = new ArrayList<>();
    private long bytes;

    /** Takes what was gathered. */
    interface Taker<T> {
        void take(List<T> batch) throws ImageProblem, IOException;
    }

    Batches(Taker<T> taker) {
        this.taker = taker;
    }

    void add(T one, long lengthBytes) throws ImageProblem, IOException {
        batch.add(one);
        bytes += lengthBytes;
        if (bytes >= BYTES || batch.size() >= MAX_ITEMS) {
            finish();
        }
    }

    /** Hands over what is left. */
    void finish() throws ImageProblem, IOException {
        if (!batch.isEmpty()) {
            taker.take(List.copyOf(batch));
            batch.clear();
            bytes = 0;
        }
    }
}
