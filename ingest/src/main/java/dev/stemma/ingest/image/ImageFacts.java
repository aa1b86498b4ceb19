package dev.stemma.ingest.image;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What an image file says of itself and what the host says of it, when it was opened.
 *
 * @param location real path, without links; of a Parallels bundle its directory
 * @param format {@code raw}, {@code qcow2}, {@code vmdk}, … as docs/reference/graph-schema.adoc lists them
 * @param virtualBytes size that a guest sees, of all disks together
 * @param allocatedBytes that the host stores of this file and its extents, not of what it stands on
 * @param modifiedAt when its content last changed
 * @param backing the files it stands on, the nearest first; empty when it stands alone
 * @param snapshots internal snapshots, which are counted and not read
 */
public record ImageFacts(
        Path location,
        String format,
        long virtualBytes,
        long allocatedBytes,
        Instant modifiedAt,
        List<BackingFile> backing,
        int snapshots) {

    public ImageFacts {
        backing = List.copyOf(backing);
    }

    /**
     * A file that an image stands on: an image of its own. The components are as in {@link ImageFacts}.
     */
    public record BackingFile(
            Path location, String format, long virtualBytes, long allocatedBytes, Instant modifiedAt) {}
}
