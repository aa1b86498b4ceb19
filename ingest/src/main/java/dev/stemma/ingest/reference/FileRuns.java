package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.filesystem.Places;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * Which stretches of a disk are parts of which files, in the order of the disk. Of stretches that lie over one another, as those of shared extents
 * do, the first is whole and the next begins behind it. Some 80 bytes for each piece of each file. Not thread-safe.
 */
final class FileRuns {

    /** More are kept as data of the disk: how many pieces there are, a guest decides. */
    private static final int MAX_RUNS = 4_000_000;

    private final List<Run> runs = new ArrayList<>();

    /**
     * @param diskBytes where it begins on the disk
     * @param offsetBytes where it begins in the content
     */
    record Run(long diskBytes, long lengthBytes, Digest content, long offsetBytes) {
        long endBytes() {
            return diskBytes + lengthBytes;
        }

        Run from(long start) {
            long cut = start - diskBytes;
            return new Run(start, lengthBytes - cut, content, offsetBytes + cut);
        }
    }

    /** A file whose content was stored. */
    void add(Places places, Digest content) {
        for (Places.Piece piece : places.pieces()) {
            // The last block of a file is longer than what is left of the file.
            long length = Math.min(piece.lengthBytes(), places.sizeBytes() - piece.contentBytes());
            if (length > 0 && runs.size() < MAX_RUNS) {
                runs.add(new Run(piece.diskBytes(), length, content, piece.contentBytes()));
            }
        }
    }

    /** All, in the order of the disk, none over another. */
    Iterator<Run> inOrder() {
        runs.sort(Comparator.comparingLong(Run::diskBytes).thenComparing(Run::lengthBytes, Comparator.reverseOrder()));
        List<Run> apart = new ArrayList<>(runs.size());
        long end = 0;
        for (Run run : runs) {
            if (run.endBytes() > end) {
                apart.add(run.diskBytes() >= end ? run : run.from(end));
                end = run.endBytes();
            }
        }
        return apart.iterator();
    }
}
