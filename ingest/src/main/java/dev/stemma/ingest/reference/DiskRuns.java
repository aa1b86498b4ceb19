package dev.stemma.ingest.reference;

import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.DiskManifestReader;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.ImageManifest;
import java.io.IOException;
import java.util.Optional;

/** The runs of a stored disk with their places, one after the other. Not thread-safe; needs no closing. */
final class DiskRuns {

    private final DiskManifestReader runs;
    private long at;

    /** @throws DamagedStoreException when the disk manifest is of a disk of another size */
    DiskRuns(ContentStore store, ImageManifest.Disk disk) throws IOException {
        this.runs = new DiskManifestReader(store, disk.manifest());
        if (runs.sizeBytes() != disk.sizeBytes()) {
            throw new DamagedStoreException("the disk manifest " + disk.manifest() + " is of a disk of "
                    + runs.sizeBytes() + " bytes, not " + disk.sizeBytes());
        }
    }

    /** The next run, placed where it lies on the disk; empty when the disk has ended. */
    Optional<RunSlice> next() throws IOException {
        Optional<DiskRun> run = runs.next();
        if (run.isEmpty()) {
            return Optional.empty();
        }
        RunSlice placed = RunSlice.whole(run.get(), at);
        at += placed.lengthBytes();
        return Optional.of(placed);
    }
}
