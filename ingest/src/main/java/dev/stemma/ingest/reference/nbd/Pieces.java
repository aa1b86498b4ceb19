package dev.stemma.ingest.reference.nbd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which stretches of a disk were written, and which were made zeros; some 100 bytes of memory each. Not thread-safe. */
final class Pieces {

    private final NavigableMap<Long, Piece> pieces = new TreeMap<>();

    /** Who has the bytes of a stretch. */
    enum Holder {
        /** The disk below. */
        BELOW,
        /** The overlay's file. */
        FILE,
        /** Nobody: they are zeros. */
        ZEROS
    }

    private record Piece(long endBytes, Holder holder) {}

    /** A stretch of one holder. */
    record Stretch(long offsetBytes, long lengthBytes, Holder holder) {}

    /** How many stretches there are that are not below. */
    int count() {
        return pieces.size();
    }

    /**
     * The stretch has another holder from now on.
     *
     * @param holder not {@code BELOW}
     */
    void mark(long from, long to, Holder holder) {
        long start = from;
        long end = to;
        cutAt(from);
        cutAt(to);
        pieces.subMap(from, true, to, false).clear();
        Map.Entry<Long, Piece> before = pieces.lowerEntry(from);
        if (before != null && before.getValue().equals(new Piece(from, holder))) {
            start = before.getKey();
        }
        Piece after = pieces.get(to);
        if (after != null && after.holder() == holder) {
            pieces.remove(to);
            end = after.endBytes();
        }
        pieces.put(start, new Piece(end, holder));
    }

    private void cutAt(long at) {
        Map.Entry<Long, Piece> around = pieces.lowerEntry(at);
        if (around != null && around.getValue().endBytes() > at) {
            Piece piece = around.getValue();
            pieces.put(around.getKey(), new Piece(at, piece.holder()));
            pieces.put(at, piece);
        }
    }

    /** Who holds what of a stretch, in order and without gaps. */
    List<Stretch> within(long from, long to) {
        List<Stretch> stretches = new ArrayList<>();
        long at = from;
        Long first = pieces.floorKey(from);
        for (Map.Entry<Long, Piece> one : pieces.subMap(first == null ? from : first, true, Math.max(to, from), false)
                .entrySet()) {
            long start = Math.max(from, one.getKey());
            long end = Math.min(to, one.getValue().endBytes());
            if (end > start) {
                add(stretches, at, start, Holder.BELOW);
                add(stretches, start, end, one.getValue().holder());
                at = end;
            }
        }
        add(stretches, at, to, Holder.BELOW);
        return stretches;
    }

    private static void add(List<Stretch> stretches, long from, long to, Holder holder) {
        if (to > from) {
            stretches.add(new Stretch(from, to - from, holder));
        }
    }
}
