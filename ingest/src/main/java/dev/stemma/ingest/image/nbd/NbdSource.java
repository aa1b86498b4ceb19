package dev.stemma.ingest.image.nbd;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * The export of an NBD server as bytes. Small reads go through a cache of whole blocks, so that a compressed cluster is not
 * unpacked again for each of its inodes; long ones go past it. Holes never cross the socket.
 *
 * <p>Safe for use by several threads: each read takes a connection of its own, of at most {@link #MAX_CONNECTIONS}.
 */
public final class NbdSource implements ByteSource {

    /** Threads that read at once; more wait. */
    public static final int MAX_CONNECTIONS = 8;

    /** Most bytes of one request. */
    static final int MAX_READ_BYTES = 2 << 20;

    private static final int MAX_STATUS_BYTES = 1 << 30;
    /** Most extents handed out at once; what comes after is called data. */
    private static final int MAX_EXTENTS = 1 << 20;

    private final Path socket;
    private final Origin origin;
    private final Budget budget;
    private final long sizeBytes;
    private final boolean tellsHoles;
    private final BlockCache cache = new BlockCache();
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
    private final ConcurrentLinkedDeque<NbdConnection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    private NbdSource(Path socket, Origin origin, Budget budget, NbdConnection first) {
        this.socket = socket;
        this.origin = origin;
        this.budget = budget;
        this.sizeBytes = first.sizeBytes();
        this.tellsHoles = first.tellsHoles();
        idle.push(first);
    }

    /**
     * Connects.
     *
     * @throws IOException when nobody listens, or not as expected
     */
    public static NbdSource open(Path socket, Origin origin, Budget budget) throws IOException {
        return new NbdSource(socket, origin, budget, NbdConnection.open(socket));
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
            budget.check(origin);
            long at = offsetBytes + done;
            long left = target.byteSize() - done;
            long inBlock = at % BlockCache.BLOCK_BYTES;
            long piece;
            if (inBlock == 0 && left >= BlockCache.BLOCK_BYTES) {
                piece = Math.min(left - left % BlockCache.BLOCK_BYTES, MAX_READ_BYTES);
                fetch(at, target.asSlice(done, piece));
            } else {
                piece = Math.min(left, BlockCache.BLOCK_BYTES - inBlock);
                MemorySegment.copy(block(at - inBlock), inBlock, target, done, piece);
            }
            done += piece;
        }
    }

    private MemorySegment block(long start) throws ImageProblem {
        MemorySegment block = cache.find(start);
        if (block == null) {
            block = MemorySegment.ofArray(new byte[(int) Math.min(BlockCache.BLOCK_BYTES, sizeBytes - start)]);
            fetch(start, block);
            cache.put(start, block);
        }
        return block;
    }

    private void fetch(long offsetBytes, MemorySegment target) throws ImageProblem {
        ask(offsetBytes, connection -> {
            connection.read(offsetBytes, target);
            return target;
        });
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
        requireWithin(offsetBytes, lengthBytes);
        List<Extent> extents = new ArrayList<>();
        long end = offsetBytes + lengthBytes;
        long at = offsetBytes;
        while (at < end) {
            budget.check(origin);
            if (!tellsHoles || extents.size() >= MAX_EXTENTS) {
                join(extents, new Extent(at, end - at, false));
                break;
            }
            long from = at;
            int length = (int) Math.min(MAX_STATUS_BYTES, end - at);
            for (Extent extent : ask(from, connection -> connection.blockStatus(from, length))) {
                join(extents, extent);
                at = extent.offsetBytes() + extent.lengthBytes();
            }
        }
        return extents;
    }

    private static void join(List<Extent> extents, Extent next) {
        Extent last = extents.isEmpty() ? null : extents.getLast();
        if (last != null && last.hole() == next.hole()) {
            extents.removeLast();
            extents.add(new Extent(last.offsetBytes(), last.lengthBytes() + next.lengthBytes(), last.hole()));
        } else {
            extents.add(next);
        }
    }

    private interface Question<T> {
        T ask(NbdConnection connection) throws IOException;
    }

    private <T> T ask(long offsetBytes, Question<T> question) throws ImageProblem {
        free.acquireUninterruptibly();
        NbdConnection connection = idle.poll();
        try {
            if (connection == null) {
                connection = NbdConnection.open(socket);
            }
            T answer = question.ask(connection);
            release(connection);
            return answer;
        } catch (IOException e) {
            if (connection != null) {
                connection.close();
            }
            budget.check(origin); // The process is ended with the budget; then that is the reason.
            throw new Unreadable(
                    "unreadable",
                    origin,
                    "reading at byte " + offsetBytes + " failed: " + e.getMessage(),
                    "Check the image: qemu-img check.",
                    e);
        } finally {
            free.release();
        }
    }

    private void release(NbdConnection connection) {
        idle.push(connection);
        if (closed) {
            close();
        }
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
    public void close() {
        closed = true;
        for (NbdConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }
}
