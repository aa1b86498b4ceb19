package dev.stemma.ingest.bytes;

import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Random access to bytes of a known length: a raw disk, a qcow2's guest view, a partition, a file's content.
 *
 * <p>Safe for use by several threads. Whoever opened the outermost source closes it; slices are not closed.
 */
public interface ByteSource extends AutoCloseable {

    /** Length in bytes, 0 or more; never changes. */
    long sizeBytes();

    /** Where it came from. */
    Origin origin();

    /**
     * Fills the whole target from this position.
     *
     * @param offsetBytes from the start, 0 or more
     * @throws dev.stemma.ingest.problem.Corrupt when the stretch does not lie within the source
     * @throws dev.stemma.ingest.problem.Unreadable when the host cannot read it
     */
    void read(long offsetBytes, MemorySegment target) throws ImageProblem;

    /**
     * Where there is data and where there are known zeros, within a stretch; the extents cover it without gaps, in order.
     * A source that cannot tell says that everything is data. Holes are never read (row C3).
     */
    List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem;

    /**
     * Hands out where a stretch lies on the disk that all of this comes from, piece by piece and in order. Only what lies
     * there byte for byte has a place; a source that makes bytes, or does not know, has none.
     *
     * @return false when some of the stretch has no place; what was handed out until then means nothing
     */
    default boolean trace(long offsetBytes, long lengthBytes, Trace trace) throws ImageProblem {
        return false;
    }

    /** Takes places on a disk. */
    @FunctionalInterface
    interface Trace {
        /**
         * @param diskBytes where the next piece begins, from the start of the disk
         * @param lengthBytes more than 0
         */
        void at(long diskBytes, long lengthBytes) throws ImageProblem;
    }

    /**
     * A part of this source as a source of its own. Reading outside of it is {@code Corrupt}, with the inner name.
     *
     * @throws dev.stemma.ingest.problem.Corrupt when the part does not lie within this source
     */
    default ByteSource slice(String name, long offsetBytes, long lengthBytes) throws ImageProblem {
        return Slice.of(this, origin().within(name), offsetBytes, lengthBytes);
    }

    @Override
    void close() throws ImageProblem;

    /**
     * A stretch of one kind.
     *
     * @param offsetBytes from the start of the source
     * @param lengthBytes more than 0
     * @param hole true for known zeros that need not be read
     */
    record Extent(long offsetBytes, long lengthBytes, boolean hole) {}
}
