package dev.stemma.ingest.bytes;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A part of a source, bounded, with a name of its own. Closing it does nothing. */
record Slice(ByteSource outer, Origin origin, long startBytes, long sizeBytes) implements ByteSource {

    static Slice of(ByteSource outer, Origin origin, long offsetBytes, long lengthBytes) throws Corrupt {
        checkWithin(outer.sizeBytes(), origin, offsetBytes, lengthBytes);
        return outer instanceof Slice slice
                ? new Slice(slice.outer, origin, slice.startBytes + offsetBytes, lengthBytes)
                : new Slice(outer, origin, offsetBytes, lengthBytes);
    }

    static void checkWithin(long sizeBytes, Origin origin, long offsetBytes, long lengthBytes) throws Corrupt {
        if (offsetBytes < 0 || lengthBytes < 0 || offsetBytes > sizeBytes - lengthBytes) {
            throw new Corrupt(
                    "out-of-bounds",
                    origin,
                    "needs bytes " + offsetBytes + " to " + (offsetBytes + lengthBytes) + " of " + sizeBytes);
        }
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
        checkWithin(sizeBytes, origin, offsetBytes, target.byteSize());
        outer.read(startBytes + offsetBytes, target);
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
        checkWithin(sizeBytes, origin, offsetBytes, lengthBytes);
        return outer.extents(startBytes + offsetBytes, lengthBytes).stream()
                .map(extent -> new Extent(extent.offsetBytes() - startBytes, extent.lengthBytes(), extent.hole()))
                .toList();
    }

    @Override
    public boolean trace(long offsetBytes, long lengthBytes, Trace trace) throws ImageProblem {
        checkWithin(sizeBytes, origin, offsetBytes, lengthBytes);
        return outer.trace(startBytes + offsetBytes, lengthBytes, trace);
    }

    @Override
    public void close() {}
}
