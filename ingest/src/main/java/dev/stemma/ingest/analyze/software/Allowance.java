package dev.stemma.ingest.analyze.software;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** How many bytes may still be read from one image to find software. Not thread-safe. */
final class Allowance {

    /** What is thrown when nothing is left. */
    static final String CODE = "software-limit";

    /** Far more than the largest images need, where manifests and section tables are some hundred megabytes at most. */
    static final long MAX_BYTES = 4L << 30;

    private final Budget budget;
    private long leftBytes;

    Allowance(Budget budget, long leftBytes) {
        this.budget = budget;
        this.leftBytes = leftBytes;
    }

    private void spend(long bytes, Origin origin) throws OverBudget {
        budget.check(origin);
        if (bytes > leftBytes) {
            leftBytes = 0;
            throw new OverBudget("software-limit", origin, "finding software would read more than is allowed");
        }
        leftBytes -= bytes;
    }

    /** A view of the source that counts. */
    ByteSource counted(ByteSource source) {
        return new Counted(this, source);
    }

    private record Counted(Allowance allowance, ByteSource source) implements ByteSource {
        @Override
        public long sizeBytes() {
            return source.sizeBytes();
        }

        @Override
        public Origin origin() {
            return source.origin();
        }

        @Override
        public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
            allowance.spend(target.byteSize(), source.origin());
            source.read(offsetBytes, target);
        }

        @Override
        public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
            return source.extents(offsetBytes, lengthBytes);
        }

        @Override
        public void close() {}
    }
}
