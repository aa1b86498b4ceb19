package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.image.ova.OvfPackage;
import dev.stemma.ingest.image.qed.QedHeader;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.NotAllowed;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens an image for reading: finds the file, asks the rules, tells the format, vets the headers of its whole chain, keeps
 * machines away, and hands out the guest's bytes. Stateless, for any thread.
 */
public final class ImageOpener {

    /** What a Parallels bundle, which is a directory, keeps its description in. */
    private static final String BUNDLE = "DiskDescriptor.xml";

    private ImageOpener() {}

    /**
     * @param path of the image file, or of a Parallels bundle; links are followed and the rules asked about where it really lies
     * @param budget whose end also ends whatever process reads the image
     * @return the open image, to be closed by the caller
     * @throws NotAllowed {@code path-not-allowed}, {@code backing-forbidden}, {@code extent-forbidden}
     * @throws Unreadable {@code not-found}, {@code is-a-directory}, {@code not-a-file}, {@code unreadable}, {@code in-use},
     *     {@code backing-missing}, {@code extent-missing}, {@code tool-missing}
     * @throws Unsupported {@code empty-image}, {@code unsupported-format}, {@code encrypted}, {@code compressed-file}, …
     */
    public static OpenImage open(Path path, ImageRules rules, Budget budget) throws ImageProblem {
        Origin origin = Origin.of(String.valueOf(path.getFileName()));
        HostFile file = openFile(path, rules, origin);
        ImageFiles files = new ImageFiles(file, rules);
        try {
            return open(file, files, rules, budget);
        } catch (ImageProblem | RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    /** Whether a directory is an image, as Parallels keeps it. */
    static boolean isBundle(Path directory) {
        return Files.isRegularFile(directory.resolve(BUNDLE));
    }

    private static HostFile openFile(Path path, ImageRules rules, Origin origin) throws ImageProblem {
        try {
            return HostFile.open(path, origin, real -> rules.requireImage(real, origin));
        } catch (Unreadable e) {
            // Nobody learns whether a file exists where he may not look.
            rules.requireImage(path.toAbsolutePath().normalize(), origin);
            if (e.code().equals("is-a-directory") && isBundle(path)) {
                return HostFile.open(path.resolve(BUNDLE), origin, real -> rules.requireImage(real, origin));
            }
            throw e;
        }
    }

    private static OpenImage open(HostFile file, ImageFiles files, ImageRules rules, Budget budget)
            throws ImageProblem {
        Origin origin = file.origin();
        budget.check(origin);
        if (file.sizeBytes() == 0) {
            throw new Unsupported("empty-image", origin, "the file is empty", "Copy the image again from its source.");
        }
        file.lockForReading();
        FileSource source = FileSource.of(file);
        DiskFormat format = format(file, source, rules);
        return switch (format) {
            case QED -> openQed(file, source, files, budget);
            case OVA -> PackageOpener.open(OvfPackage.ofArchive(source), "ova", file, files, budget);
            case OVF ->
                PackageOpener.open(
                        OvfPackage.ofEnvelope(source, name -> FileSource.of(files.openExtent(name, file))),
                        "ovf",
                        file,
                        files,
                        budget);
            case RAW, QCOW2, QCOW, VMDK, VDI, VHDX, VPC, PARALLELS, PARALLELS_BUNDLE, GZIP, XZ, ZSTD, BZIP2 ->
                openChain(file, format, files, budget);
        };
    }

    private static OpenImage openQed(HostFile file, FileSource source, ImageFiles files, Budget budget)
            throws ImageProblem {
        QedHeader header = QedHeader.read(source);
        ByteSource bytes = QemuDisk.open(file, DiskFormat.QED, header.virtualBytes(), budget);
        return new OpenImage(facts(file, "qed", header.virtualBytes(), files), List.of(bytes), List.of(), files);
    }

    private static OpenImage openChain(HostFile file, DiskFormat format, ImageFiles files, Budget budget)
            throws ImageProblem {
        BackingChain chain = BackingChain.vet(file, format, files, budget);
        List<ImageFacts.BackingFile> backing = chain.links().stream()
                .skip(1)
                .map(link -> new ImageFacts.BackingFile(
                        link.file().realPath(),
                        link.format().word(),
                        link.layer().virtualBytes(),
                        link.allocatedBytes(),
                        link.file().modifiedAt()))
                .toList();
        BackingChain.Link top = chain.links().getFirst();
        ImageFacts facts = new ImageFacts(
                location(file, format),
                format.word(),
                top.layer().virtualBytes(),
                top.allocatedBytes(),
                file.modifiedAt(),
                backing,
                top.layer().snapshots());
        return OpenImage.standing(facts, chain.foundations(), files);
    }

    /** A bundle is known by its directory, for all of them call their description the same. */
    private static Path location(HostFile file, DiskFormat format) {
        Path path = file.realPath();
        Path parent = path.getParent();
        return format == DiskFormat.PARALLELS_BUNDLE && parent != null && path.endsWith(BUNDLE) ? parent : path;
    }

    static ImageFacts facts(HostFile file, String format, long virtualBytes, ImageFiles files) {
        return new ImageFacts(
                file.realPath(), format, virtualBytes, files.allocatedBytes(), file.modifiedAt(), List.of(), 0);
    }

    private static DiskFormat format(HostFile file, FileSource source, ImageRules rules) throws ImageProblem {
        if (rules.format().isPresent()) {
            String stated = rules.format().get();
            return DiskFormat.find(stated)
                    .orElseThrow(() -> new Unsupported(
                            "unsupported-format",
                            file.origin(),
                            "the format " + stated + " is not known",
                            "State one of " + DiskFormat.readable() + "."));
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
}
