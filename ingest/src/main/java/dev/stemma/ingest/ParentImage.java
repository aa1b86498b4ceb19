package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.image.Foundation;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.manifest.ManifestLine;
import dev.stemma.ingest.manifest.ManifestReader;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.seal.Seal;
import dev.stemma.ingest.seal.SealStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nearest disk that an image stands on, or the image itself, that was indexed in full and has not been touched since. Closes its
 * readers; the bytes are the open image's.
 */
final class ParentImage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ParentImage.class);

    private final Foundation disk;
    private final Disk opened;
    private final Map<Place, KnownContents> contents;
    private final AtomicBoolean contradicted;

    private record Place(int volume, int partition) {}

    private ParentImage(Foundation disk, Disk opened, Map<Place, KnownContents> contents, AtomicBoolean contradicted) {
        this.disk = disk;
        this.opened = opened;
        this.contents = contents;
        this.contradicted = contradicted;
    }

    /** Finds the parent; empty when nothing that the image stands on is known and unchanged. */
    static Optional<ParentImage> find(OpenImage image, SealStore seals, ManifestStore manifests, Budget budget)
            throws ImageProblem {
        for (Foundation disk : image.foundations()) {
            Optional<Seal> seal = seals.find(disk.location())
                    .filter(known -> known.files().equals(disk.stamps()) && manifests.contains(known.manifest()));
            if (seal.isPresent()) {
                try {
                    return Optional.of(open(disk, seal.get(), manifests, budget));
                } catch (ImageProblem | IOException e) {
                    budget.check(image.origin());
                    LOG.warn("{} cannot serve as a parent; all of {} is read", disk.location(), image.origin(), e);
                }
            }
        }
        return Optional.empty();
    }

    private static ParentImage open(Foundation disk, Seal seal, ManifestStore manifests, Budget budget)
            throws ImageProblem, IOException {
        // What is odd about the parent was said when it was indexed.
        Disk opened = Disk.probeFirstWay(
                disk.bytes(), budget, new ObservationLog(disk.bytes().origin()));
        try {
            Map<Place, FileSystemReader> readers = readers(opened, seal);
            AtomicBoolean contradicted = new AtomicBoolean();
            Map<Place, KnownContents> contents = new HashMap<>();
            try (ManifestReader manifest = manifests.open(seal.manifest())) {
                manifest.digests(section -> matches(section, readers)).forEach((section, digests) -> {
                    FileSystemReader reader = Objects.requireNonNull(readers.get(place(section)));
                    contents.put(
                            place(section),
                            KnownContents.of(new KnownContents.Source(reader, digests, disk, budget), contradicted));
                });
            }
            return new ParentImage(disk, opened, contents, contradicted);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static Place place(ManifestLine.Section section) {
        return new Place(section.volume(), section.partition());
    }

    /** The readers that read the same way as those of the sealed run. */
    private static Map<Place, FileSystemReader> readers(Disk opened, Seal seal) {
        Map<Place, FileSystemReader> readers = new HashMap<>();
        for (Disk.Part part : opened.parts()) {
            int number = part.partition().number();
            part.reader()
                    .filter(reader -> seal.parts().contains(new Seal.Part(0, number, reader.name())))
                    .ifPresent(reader -> readers.put(new Place(0, number), reader));
        }
        return readers;
    }

    private static boolean matches(ManifestLine.Section section, Map<Place, FileSystemReader> readers) {
        FileSystemReader reader = readers.get(place(section));
        return reader != null
                && reader.facts().type().equals(section.type())
                && reader.facts().uuid().equals(section.uuid())
                && reader.facts().label().equals(section.label());
    }

    /** What it knows of a file system of the image. */
    KnownContents contents(int volume, int partition) {
        return contents.getOrDefault(new Place(volume, partition), KnownContents.NONE);
    }

    /** Where it lies. */
    Path location() {
        return disk.location();
    }

    /** Whether it was not, or is no longer, what was indexed: a file was found to be another, or somebody touched it meanwhile. */
    boolean contradicted() throws ImageProblem {
        for (HostFile file : disk.files()) {
            if (!file.stamp().equals(file.openedStamp())) {
                return true;
            }
        }
        return contradicted.get();
    }

    @Override
    public void close() throws ImageProblem {
        opened.close();
    }

    /**
     * Seals an image that was just indexed in full, unless that would promise too much: a file that was changed right before it
     * was opened could have been changed once more within the same tick of the clock. Without a seal, later runs read everything.
     */
    static void seal(OpenImage image, Disks disks, Digest manifest, SealStore seals) {
        if (image.foundations().isEmpty()) {
            return;
        }
        Foundation disk = image.foundations().getFirst();
        try {
            for (HostFile file : disk.files()) {
                if (!file.settled() || !file.stamp().equals(file.openedStamp())) {
                    seals.remove(disk.location());
                    return;
                }
            }
            List<Seal.Part> parts = new ArrayList<>();
            for (Disk.Part part : disks.parts()) {
                part.reader()
                        .ifPresent(reader -> parts.add(new Seal.Part(
                                disks.index(part), part.partition().number(), reader.name())));
            }
            seals.put(disk.location(), new Seal(manifest, disk.stamps(), parts));
        } catch (IOException | ImageProblem e) {
            LOG.warn("{} was indexed and could not be sealed; later runs read all of it", disk.location(), e);
        }
    }
}
