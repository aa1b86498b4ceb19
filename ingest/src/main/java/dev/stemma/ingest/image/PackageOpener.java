package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.LayeredSource;
import dev.stemma.ingest.image.ova.OvfPackage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.NotAllowed;
import dev.stemma.ingest.problem.Unsupported;
import java.util.ArrayList;
import java.util.List;

/** The disks of an OVF package as the volumes of one image. A disk that cannot be read is a problem, and the others go on. */
final class PackageOpener {

    private PackageOpener() {}

    /**
     * @param word for the format of the whole
     * @throws ImageProblem of the first disk, when none can be read
     */
    static OpenImage open(OvfPackage contents, String word, HostFile file, ImageFiles files, Budget budget)
            throws ImageProblem {
        List<ByteSource> volumes = new ArrayList<>();
        List<ImageProblem> problems = new ArrayList<>();
        for (OvfPackage.PackagedDisk disk : contents.disks()) {
            try {
                volumes.add(volume(disk, budget));
            } catch (ImageProblem e) {
                budget.check(file.origin());
                problems.add(e);
            }
        }
        if (volumes.isEmpty()) {
            throw problems.getFirst();
        }
        long virtualBytes = volumes.stream().mapToLong(ByteSource::sizeBytes).reduce(0, Math::addExact);
        return new OpenImage(ImageOpener.facts(file, word, virtualBytes, files), volumes, problems, files);
    }

    private static ByteSource volume(OvfPackage.PackagedDisk disk, Budget budget) throws ImageProblem {
        ByteSource bytes = disk.bytes();
        DiskFormat format = disk.format().flatMap(DiskFormat::find).orElse(DiskFormat.RAW);
        if (disk.format().isEmpty()) {
            format = DiskFormat.detect(bytes);
        }
        if (format == DiskFormat.RAW) {
            return bytes;
        }
        Layer layer = Layers.open(
                format,
                bytes,
                name -> {
                    throw new Unsupported(
                            "unsupported-feature",
                            bytes.origin(),
                            "has a disk that is spread over several files",
                            "Export it as streamOptimized, as OVF asks for.");
                },
                budget);
        if (layer.backing().isPresent()) {
            throw new NotAllowed(
                    "backing-forbidden",
                    bytes.origin(),
                    "the disk names a file below it, which a package does not have",
                    "Export it without snapshots.");
        }
        return new LayeredSource(layer, null, bytes.origin(), budget);
    }
}
