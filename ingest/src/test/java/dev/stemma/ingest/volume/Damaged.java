package dev.stemma.ingest.volume;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;

/** A source with a stretch of its bits flipped, where metadata lie: at the start, or in the last 64 KiB. */
record Damaged(ByteSource whole, long at, int length, int mask) implements ByteSource {

    static Damaged of(ByteSource whole, SplittableRandom random) {
        long end = Math.max(0, (whole.sizeBytes() & -65_536) - 65_536);
        long at = random.nextInt(4) == 0
                ? end + random.nextInt(4_096)
                : random.nextInt(random.nextBoolean() ? 8_192 : 65_536);
        return new Damaged(whole, at, random.nextInt(1, 40), 1 << random.nextInt(8));
    }

    @Override
    public long sizeBytes() {
        return whole.sizeBytes();
    }

    @Override
    public Origin origin() {
        return whole.origin();
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
        whole.read(offsetBytes, target);
        for (long i = Math.max(offsetBytes, at); i < Math.min(offsetBytes + target.byteSize(), at + length); i++) {
            byte found = target.get(ValueLayout.JAVA_BYTE, i - offsetBytes);
            target.set(ValueLayout.JAVA_BYTE, i - offsetBytes, (byte) (found ^ mask));
        }
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
        return whole.extents(offsetBytes, lengthBytes);
    }

    @Override
    public void close() {}
}
