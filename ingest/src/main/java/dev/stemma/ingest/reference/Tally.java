package dev.stemma.ingest.reference;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Counts where bytes come from. For any thread. */
final class Tally {

    final LongAdder reused = new LongAdder();
    final LongAdder moved = new LongAdder();
    final LongAdder zero = new LongAdder();
    final LongAdder reflinked = new LongAdder();

    private final LongConsumer told;

    /** @param told what came so far from the store and from seeds */
    Tally(LongConsumer told) {
        this.told = told;
    }

    /** Says how far it has come. */
    void tell() {
        told.accept(moved.sum() + reused.sum());
    }

    DeltaReport report() {
        return new DeltaReport(reused.sum(), moved.sum(), zero.sum(), reflinked.sum());
    }
}
