package dev.stemma.ingest.image.layer;

import dev.stemma.ingest.problem.ImageProblem;
import java.util.Optional;

/**
 * What one image file (with its extents) knows of a disk. Safe for use by several threads; holds nothing that must be
 * closed: the files that it reads belong to whoever opened them.
 */
public interface Layer {

    /** Size of the disk that a guest sees, 0 or more. */
    long virtualBytes();

    /**
     * The stretch that begins at a position. Neighbouring stretches may be of one kind.
     *
     * @param offsetBytes on the guest's disk, 0 to {@link #virtualBytes()} - 1
     * @return of at least one byte, never past the end of the disk
     * @throws dev.stemma.ingest.problem.Corrupt when the tables contradict their format
     */
    Run run(long offsetBytes) throws ImageProblem;

    /** The file that holds what this one does not, if its header names one. */
    default Optional<Backing> backing() {
        return Optional.empty();
    }

    /** By which an overlay's header knows this file, in a form of the format's own. */
    default Optional<String> identity() {
        return Optional.empty();
    }

    /** Internal snapshots, which are counted and not read. */
    default int snapshots() {
        return 0;
    }

    /**
     * The file below, as a header names it.
     *
     * @param format QEMU's word for its format, where the header or the format of the overlay states it
     * @param identity that it must have, for formats that keep one
     */
    record Backing(BackingName name, Optional<String> format, Optional<String> identity) {}
}
