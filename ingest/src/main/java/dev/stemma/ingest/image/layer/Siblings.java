package dev.stemma.ingest.image.layer;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;

/** The way to the other files of an image, for formats that spread a disk over several: they ask, and do not open. */
@FunctionalInterface
public interface Siblings {

    /**
     * The file of this name beside the one that names it; closed with the image.
     *
     * @throws dev.stemma.ingest.problem.NotAllowed {@code extent-forbidden} for anything but one plain name, or what may not be
     *     read
     * @throws dev.stemma.ingest.problem.Unreadable {@code extent-missing}
     */
    ByteSource open(BackingName name) throws ImageProblem;
}
