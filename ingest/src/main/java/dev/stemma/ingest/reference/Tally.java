package dev.stemma.ingest.reference;

import java.util.concurrent.atomic.LongAdder;

/** Counts where bytes come from. For any thread. */
final class Tally {

    final LongAdder reused = new LongAdder();
    final LongAdder moved = new LongAdder();
    final LongAdder zero = new LongAdder();
    final LongAdder reflinked = new LongAdder();

    DeltaReport report() {
        return new DeltaReport(reused.sum(), moved.sum(), zero.sum(), reflinked.sum());
    }
}
