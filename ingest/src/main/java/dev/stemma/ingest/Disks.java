package dev.stemma.ingest;

import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.Volume;
import dev.stemma.ingest.analyze.boot.BootMedium;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.key.VolumeKey;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The disks of one image taken apart, in the order of its volumes; for most images one. Of several, one that holds nothing
 * readable costs an observation; a single one costs the run. Closes what it opened, not the image.
 */
record Disks(List<Disk> all) implements AutoCloseable {

    Disks {
        all = List.copyOf(all);
    }

    /**
     * @param keys to what is encrypted
     * @throws ImageProblem as {@link Disk#probe}, when no disk can be taken apart
     */
    static Disks probe(OpenImage image, List<VolumeKey> keys, Budget budget, ObservationLog log) throws ImageProblem {
        image.problems().forEach(problem -> log.add(problem, Severity.MISSING, ObservationLog.NAME));
        return probe(image.volumes(), keys, budget, log);
    }

    /** The same for disks that were opened some other way. */
    static Disks probe(List<ByteSource> volumes, List<VolumeKey> keys, Budget budget, ObservationLog log)
            throws ImageProblem {
        if (volumes.size() == 1) {
            return new Disks(List.of(Disk.probe(volumes.getFirst(), keys, budget, log)));
        }
        List<Disk> disks = new ArrayList<>();
        try {
            List<ImageProblem> unreadable = new ArrayList<>();
            for (ByteSource volume : volumes) {
                try {
                    disks.add(Disk.probe(volume, keys, budget, log));
                } catch (ImageProblem e) {
                    Walk.requireGoingOn(e, budget, volume.origin());
                    unreadable.add(e);
                    boolean empty = e.code().equals("empty-image");
                    log.add(e, empty ? Severity.NOTE : Severity.MISSING, ObservationLog.NAME);
                    disks.add(Disk.unreadable(volume, budget, log));
                }
            }
            if (unreadable.size() == disks.size()) {
                throw unreadable.getFirst();
            }
            return new Disks(disks);
        } catch (ImageProblem | RuntimeException e) {
            new Disks(disks).close();
            throw e;
        }
    }

    /** All parts, disk after disk. */
    List<Disk.Part> parts() {
        return all.stream().flatMap(disk -> disk.parts().stream()).toList();
    }

    /** The readers of all file systems that can be read. */
    List<FileSystemReader> readers() {
        return all.stream().flatMap(disk -> disk.readers().stream()).toList();
    }

    /** What the first disk, from which machines start, says of how it boots. */
    BootMedium bootMedium(OpenImage image) throws ImageProblem {
        Disk first = all.getFirst();
        return BootMedium.of(
                image.volumes().getFirst(),
                first.table(),
                first.parts().stream().map(Disk.Part::partition).toList());
    }

    /** What a disk is in an inventory. */
    Volume volume(int index, List<Volume.Part> parts) {
        Disk disk = all.get(index);
        return new Volume(index, disk.virtualBytes(), disk.table(), parts);
    }

    /** Which disk a part is of. */
    int index(Disk.Part part) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).parts().stream().anyMatch(one -> one == part)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the part is of no disk of this image");
    }

    @Override
    public void close() throws ImageProblem {
        Optional<ImageProblem> failed = Optional.empty();
        for (Disk disk : all) {
            try {
                disk.close();
            } catch (ImageProblem e) {
                failed = Optional.of(e);
            }
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
    }
}
