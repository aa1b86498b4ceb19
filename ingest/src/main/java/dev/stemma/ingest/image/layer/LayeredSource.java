package dev.stemma.ingest.image.layer;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * A layer and what lies below it, as the bytes that a guest sees. Stretches that lie one after the other in a file are read
 * at once; compressed blocks are unpacked by the thread that reads, so that several unpack at once; holes are never read.
 *
 * <p>Safe for use by several threads. Closing it frees its buffers and closes the source below; files belong to whoever opened
 * them.
 */
public final class LayeredSource implements ByteSource {

    /** Most extents handed out at once; what comes after is called data. */
    private static final int MAX_EXTENTS = 1 << 20;

    private final Layer layer;
    private final @Nullable ByteSource below;
    private final Origin origin;
    private final Budget budget;
    private final UnpackedBlocks blocks = new UnpackedBlocks();
    private final ConcurrentLinkedDeque<Unpacker> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /**
     * @param below what the layer stands on, closed with it; null where it stands alone
     * @param budget that every read asks
     */
    public LayeredSource(Layer layer, @Nullable ByteSource below, Origin origin, Budget budget) {
        this.layer = layer;
        this.below = below;
        this.origin = origin;
        this.budget = budget;
    }

    @Override
    public long sizeBytes() {
        return layer.virtualBytes();
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
            budget.check(origin);
            long at = offsetBytes + done;
            Run run = run(at, target.byteSize() - done);
            MemorySegment part = target.asSlice(done, run.lengthBytes());
            switch (run) {
                case Run.Stored stored -> readStored(stored, part);
                case Run.Zeros _ -> part.fill((byte) 0);
                case Run.Below _ -> readBelow(at, part);
                case Run.Packed packed -> unpack(packed, part);
            }
            done += run.lengthBytes();
        }
    }

    /** The stretch at a position with those that go on in the same way, at most this long. */
    private Run run(long at, long mostBytes) throws ImageProblem {
        Run run = layer.run(at);
        long length = run.lengthBytes();
        while (length < mostBytes && joins(run, length, at)) {
            length += layer.run(at + length).lengthBytes();
        }
        return run.first(Math.min(length, mostBytes));
    }

    private boolean joins(Run run, long length, long at) throws ImageProblem {
        Run next = layer.run(at + length);
        return switch (run) {
            case Run.Stored stored ->
                next instanceof Run.Stored other
                        && other.offsetBytes() == stored.offsetBytes() + length
                        && other.file().equals(stored.file());
            case Run.Zeros _ -> next instanceof Run.Zeros;
            case Run.Below _ -> next instanceof Run.Below;
            case Run.Packed _ -> false;
        };
    }

    private static void readStored(Run.Stored run, MemorySegment part) throws ImageProblem {
        long held = Math.clamp(run.file().sizeBytes() - run.offsetBytes(), 0, part.byteSize());
        run.file().read(run.offsetBytes(), part.asSlice(0, held));
        part.asSlice(held).fill((byte) 0);
    }

    private void readBelow(long at, MemorySegment part) throws ImageProblem {
        long held = below == null ? 0 : Math.clamp(below.sizeBytes() - at, 0, part.byteSize());
        if (below != null && held > 0) {
            below.read(at, part.asSlice(0, held));
        }
        part.asSlice(held).fill((byte) 0);
    }

    private void unpack(Run.Packed run, MemorySegment part) throws ImageProblem {
        Run.PackedBlock block = run.block();
        MemorySegment whole = blocks.find(block);
        if (whole == null && run.skipBytes() == 0 && part.byteSize() == block.blockBytes()) {
            unpack(block, part); // Nobody needs the rest of it.
            return;
        }
        if (whole == null) {
            whole = MemorySegment.ofArray(new byte[block.blockBytes()]);
            unpack(block, whole);
            blocks.put(block, whole);
        }
        part.copyFrom(whole.asSlice(run.skipBytes(), part.byteSize()));
    }

    private void unpack(Run.PackedBlock block, MemorySegment target) throws ImageProblem {
        Unpacker free = idle.poll();
        Unpacker unpacker = free == null ? new Unpacker() : free;
        try {
            unpacker.unpack(block, target);
        } finally {
            idle.push(unpacker);
            if (closed) {
                free();
            }
        }
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
        requireWithin(offsetBytes, lengthBytes);
        ExtentList extents = new ExtentList();
        long end = offsetBytes + lengthBytes;
        for (long at = offsetBytes; at < end; ) {
            budget.check(origin);
            if (extents.size() >= MAX_EXTENTS) {
                extents.add(at, end - at, false);
                break;
            }
            Run run = run(at, end - at);
            switch (run) {
                case Run.Stored stored -> addStored(extents, at, stored);
                case Run.Zeros zeros -> extents.add(at, zeros.lengthBytes(), true);
                case Run.Below missing -> addBelow(extents, at, missing.lengthBytes());
                case Run.Packed packed -> extents.add(at, packed.lengthBytes(), false);
            }
            at += run.lengthBytes();
        }
        return extents.list();
    }

    /** A block may be a hole of the host's file: preallocated images are full of them. */
    private static void addStored(ExtentList extents, long at, Run.Stored run) throws ImageProblem {
        long held = Math.clamp(run.file().sizeBytes() - run.offsetBytes(), 0, run.lengthBytes());
        extents.addMoved(run.file().extents(run.offsetBytes(), held), at - run.offsetBytes());
        extents.add(at + held, run.lengthBytes() - held, true);
    }

    private void addBelow(ExtentList extents, long at, long length) throws ImageProblem {
        long held = below == null ? 0 : Math.clamp(below.sizeBytes() - at, 0, length);
        if (below != null && held > 0) {
            extents.addMoved(below.extents(at, held), 0);
        }
        extents.add(at + held, length - held, true);
    }

    private void requireWithin(long offsetBytes, long lengthBytes) throws Corrupt {
        if (offsetBytes < 0 || lengthBytes < 0 || offsetBytes > sizeBytes() - lengthBytes) {
            throw new Corrupt(
                    "out-of-bounds",
                    origin,
                    "needs bytes " + offsetBytes + " to " + (offsetBytes + lengthBytes) + " of " + sizeBytes());
        }
    }

    private void free() {
        for (Unpacker unpacker = idle.poll(); unpacker != null; unpacker = idle.poll()) {
            unpacker.close();
        }
    }

    @Override
    public void close() throws ImageProblem {
        closed = true;
        free();
        if (below != null) {
            below.close();
        }
    }

    /** Extents in order, equal neighbours joined. */
    private static final class ExtentList {
        private final List<Extent> extents = new ArrayList<>();

        void add(long offset, long length, boolean hole) {
            if (length == 0) {
                return;
            }
            Extent last = extents.isEmpty() ? null : extents.getLast();
            if (last != null && last.hole() == hole) {
                extents.removeLast();
                extents.add(new Extent(last.offsetBytes(), last.lengthBytes() + length, hole));
            } else {
                extents.add(new Extent(offset, length, hole));
            }
        }

        void addMoved(List<Extent> others, long by) {
            others.forEach(extent -> add(extent.offsetBytes() + by, extent.lengthBytes(), extent.hole()));
        }

        int size() {
            return extents.size();
        }

        List<Extent> list() {
            return extents;
        }
    }
}
