package dev.stemma.ingest.volume;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import java.util.List;

/**
 * A stretch of a volume that is laid out in one way.
 *
 * @param lengthBytes more than 0, a whole number of rows unless there is one column only
 * @param chunkBytes how much lies on one column before the next has its turn
 * @param columns as long as their part of the stretch, at least
 */
record Segment(long lengthBytes, long chunkBytes, Layout layout, List<ByteSource> columns) {

    Segment {
        columns = List.copyOf(columns);
    }

    /** The whole of one source, which must not be empty. */
    static Segment linear(ByteSource bytes) {
        return new Segment(bytes.sizeBytes(), bytes.sizeBytes(), Layout.STRIPED, List.of(bytes));
    }

    /**
     * Chunks over several columns, each as long as the shortest of them, rounded down to chunks.
     *
     * @throws Corrupt {@code bad-value} where the columns cannot be divided that way
     */
    static Segment chunked(long chunkBytes, Layout layout, List<ByteSource> columns, Origin origin) throws Corrupt {
        long column = columns.stream().mapToLong(ByteSource::sizeBytes).min().orElse(0);
        int data = layout.dataColumns(columns.size());
        if (chunkBytes < 512 || data < 1 || column < chunkBytes || column > Long.MAX_VALUE / columns.size()) {
            throw new Corrupt(
                    "bad-value",
                    origin,
                    "has chunks of " + chunkBytes + " bytes on " + columns.size() + " members of " + column + " bytes");
        }
        return new Segment(column / chunkBytes * chunkBytes * data, chunkBytes, layout, columns);
    }

    /** Where the bytes from a position of the stretch on lie. */
    Place place(long offsetBytes) {
        long chunk = offsetBytes / chunkBytes;
        long within = offsetBytes % chunkBytes;
        int data = layout.dataColumns(columns.size());
        long row = chunk / data;
        int column = layout.column(row, (int) (chunk % data), columns.size());
        long left = Math.min(chunkBytes - within, lengthBytes - offsetBytes);
        return new Place(columns.get(column), row * chunkBytes + within, left);
    }

    /**
     * A stretch that lies in one piece.
     *
     * @param lengthBytes up to where the piece ends
     */
    record Place(ByteSource source, long offsetBytes, long lengthBytes) {}
}
