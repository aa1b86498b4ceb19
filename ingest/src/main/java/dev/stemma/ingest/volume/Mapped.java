package dev.stemma.ingest.volume;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Segments one after another, as one source. Closing it does nothing; safe for use by several threads, as what lies below is. */
final class Mapped implements ByteSource {

    /** Most extents of one answer; what is more fragmented than that has its tail called data. */
    private static final int MAX_EXTENTS = 1 << 20;

    private final Origin origin;
    private final NavigableMap<Long, Segment> segments = new TreeMap<>();
    private final long sizeBytes;

    private Mapped(Origin origin, List<Segment> segments) throws Corrupt {
        this.origin = origin;
        long at = 0;
        for (Segment segment : segments) {
            this.segments.put(at, segment);
            at += segment.lengthBytes();
            if (at < 0) {
                throw new Corrupt("bad-value", origin, "is larger than a disk can be");
            }
        }
        this.sizeBytes = at;
    }

    /** @throws Corrupt {@code bad-value} where the sum of lengths does not fit into 63 bits */
    static ByteSource of(Origin origin, List<Segment> segments) throws Corrupt {
        return new Mapped(origin, segments);
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
        requireWithin(offsetBytes, target.byteSize());
        long done = 0;
        while (done < target.byteSize()) {
            Segment.Place place = place(offsetBytes + done);
            long length = Math.min(place.lengthBytes(), target.byteSize() - done);
            place.source().read(place.offsetBytes(), target.asSlice(done, length));
            done += length;
        }
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
        requireWithin(offsetBytes, lengthBytes);
        List<Extent> extents = new ArrayList<>();
        long end = offsetBytes + lengthBytes;
        for (long at = offsetBytes; at < end; ) {
            if (extents.size() >= MAX_EXTENTS) {
                add(extents, new Extent(at, end - at, false));
                break;
            }
            Segment.Place place = place(at);
            long length = Math.min(place.lengthBytes(), end - at);
            long shift = at - place.offsetBytes();
            for (Extent inner : place.source().extents(place.offsetBytes(), length)) {
                add(extents, new Extent(inner.offsetBytes() + shift, inner.lengthBytes(), inner.hole()));
            }
            at += length;
        }
        return extents;
    }

    @Override
    public boolean trace(long offsetBytes, long lengthBytes, Trace trace) throws ImageProblem {
        requireWithin(offsetBytes, lengthBytes);
        long end = offsetBytes + lengthBytes;
        for (long at = offsetBytes; at < end; ) {
            Segment.Place place = place(at);
            long length = Math.min(place.lengthBytes(), end - at);
            if (!place.source().trace(place.offsetBytes(), length, trace)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Neighbours of one kind become one, or each chunk of a striped volume would be an extent. */
    private static void add(List<Extent> extents, Extent next) {
        if (!extents.isEmpty() && extents.getLast().hole() == next.hole()) {
            Extent last = extents.removeLast();
            extents.add(new Extent(last.offsetBytes(), last.lengthBytes() + next.lengthBytes(), next.hole()));
        } else {
            extents.add(next);
        }
    }

    private Segment.Place place(long offsetBytes) {
        Map.Entry<Long, Segment> entry = segments.floorEntry(offsetBytes);
        return entry.getValue().place(offsetBytes - entry.getKey());
    }

    private void requireWithin(long offsetBytes, long lengthBytes) throws Corrupt {
        if (offsetBytes < 0 || lengthBytes < 0 || offsetBytes > sizeBytes - lengthBytes) {
            throw new Corrupt(
                    "out-of-bounds",
                    origin,
                    "needs bytes " + offsetBytes + " to " + (offsetBytes + lengthBytes) + " of " + sizeBytes);
        }
    }

    @Override
    public void close() {}
}
