package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.NotAllowed;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens an image for reading: finds the file, asks the rules, tells the format, vets the headers of its whole chain, keeps
 * machines away, and hands out the guest's bytes. Stateless, for any thread.
 */
public final class ImageOpener {

    private ImageOpener() {}

    /**
     * @param path of the image file; links are followed and the rules asked about where it really lies
     * @param budget whose end also ends whatever process reads the image
     * @return the open image, to be closed by the caller
     * @throws NotAllowed {@code path-not-allowed}, {@code backing-forbidden}
     * @throws Unreadable {@code not-found}, {@code is-a-directory}, {@code not-a-file}, {@code unreadable}, {@code in-use},
     *     {@code backing-missing}, {@code tool-missing}
     * @throws Unsupported {@code empty-image}, {@code unsupported-format}, {@code encrypted}, {@code compressed-file}, …
     */
    public static OpenImage open(Path path, ImageRules rules, Budget budget) throws ImageProblem {
        Origin origin = Origin.of(String.valueOf(path.getFileName()));
        HostFile file = openFile(path, rules, origin);
        try {
            return open(file, rules, budget);
        } catch (ImageProblem | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static HostFile openFile(Path path, ImageRules rules, Origin origin) throws ImageProblem {
        try {
            return HostFile.open(path, origin, real -> rules.requireImage(real, origin));
        } catch (Unreadable e) {
            // Nobody learns whether a file exists where he may not look.
            rules.requireImage(path.toAbsolutePath().normalize(), origin);
            throw e;
        }
    }

    private static OpenImage open(HostFile file, ImageRules rules, Budget budget) throws ImageProblem {
        Origin origin = file.origin();
        budget.check(origin);
        if (file.sizeBytes() == 0) {
            throw new Unsupported("empty-image", origin, "the file is empty", "Copy the image again from its source.");
        }
        file.lockForReading();
        FileSource source = FileSource.of(file);
        DiskFormat format = format(file, source, rules);
        return switch (format) {
            case RAW -> openRaw(file, source);
            case QCOW2 -> openChain(file, rules, budget);
            case QCOW, QED, VMDK, VDI, VHDX, VPC, PARALLELS, OVA, GZIP, XZ, ZSTD, BZIP2 ->
                throw unsupported(format, origin);
        };
    }

    private static OpenImage openRaw(HostFile file, FileSource source) {
        ImageFacts facts = new ImageFacts(
                file.realPath(), "raw", file.sizeBytes(), file.allocatedBytes(), file.modifiedAt(), List.of(), 0);
        return new OpenImage(facts, source, List.of(file));
    }

    private static OpenImage openChain(HostFile file, ImageRules rules, Budget budget) throws ImageProblem {
        BackingChain chain = BackingChain.vet(file, rules, budget);
        try {
            List<ImageFacts.BackingFile> backing = chain.links().stream()
                    .skip(1)
                    .map(link -> new ImageFacts.BackingFile(
                            link.file().realPath(),
                            link.format().word(),
                            link.virtualBytes(),
                            link.file().allocatedBytes(),
                            link.file().modifiedAt()))
                    .toList();
            BackingChain.Link top = chain.links().getFirst();
            ImageFacts facts = new ImageFacts(
                    file.realPath(),
                    top.format().word(),
                    top.virtualBytes(),
                    file.allocatedBytes(),
                    file.modifiedAt(),
                    backing,
                    top.snapshots());
            List<HostFile> files =
                    chain.links().stream().map(BackingChain.Link::file).toList();
            return new OpenImage(facts, QemuDisk.open(chain, file.origin(), budget), files);
        } catch (ImageProblem | RuntimeException | Error e) {
            chain.close();
            throw e;
        }
    }

    private static DiskFormat format(HostFile file, FileSource source, ImageRules rules) throws ImageProblem {
        if (rules.format().isPresent()) {
            String stated = rules.format().get();
            return DiskFormat.find(stated)
                    .orElseThrow(() -> new Unsupported(
                            "unsupported-format",
                            file.origin(),
                            "the format " + stated + " is not known",
                            "State raw or qcow2."));
        }
        DiskFormat detected = DiskFormat.detect(source);
        if (detected != DiskFormat.RAW && file.realPath().toString().endsWith(".raw")) {
            throw new Unsupported(
                    "format-ambiguous",
                    file.origin(),
                    "is called raw and starts as " + detected.word() + " does; a guest can write that into a raw disk",
                    "State the format, or rename the file.");
        }
        return detected;
    }

    private static Unsupported unsupported(DiskFormat format, Origin origin) {
        return switch (format) {
            case GZIP, XZ, ZSTD, BZIP2 ->
                new Unsupported(
                        "compressed-file",
                        origin,
                        "the file is compressed with " + format.word(),
                        "Uncompress it, then index the result.");
            case OVA ->
                new Unsupported(
                        "unsupported-format",
                        origin,
                        "the file is an OVA archive",
                        "Unpack it with tar and convert its disks with qemu-img convert -O qcow2.");
            case RAW, QCOW2, QCOW, QED, VMDK, VDI, VHDX, VPC, PARALLELS ->
                new Unsupported(
                        "unsupported-format",
                        origin,
                        "the format " + format.word() + " is not read yet",
                        "Convert it: qemu-img convert -f " + format.word() + " -O qcow2 SOURCE TARGET.");
        };
    }
}
