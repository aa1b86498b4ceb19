package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the images in a directory and below, as a person would name them: the file that describes a disk and not its parts, a
 * Parallels bundle and not what is in it. What has no magic number is an image when it is called one, or starts as a disk does.
 * Links to directories are not followed, hidden ones not entered. Used once.
 */
public final class ImageFolder {

    /** How deep directories are entered below the one that is asked for. */
    public static final int MAX_DEPTH = 32;

    /** Files and directories that are looked at. */
    public static final int MAX_ENTRIES = 100_000;

    /** A compressed one cannot be read, but must not go unmentioned: its run says what to do. */
    private static final Pattern DISK_NAME = Pattern.compile(
            ".+\\.(?:raw|img|dd|iso|qcow2?|qed|vmdk|vdi|vhdx?|hdd|hds|ova|ovf)(?:\\.(?:gz|xz|zst|bz2))?",
            Pattern.CASE_INSENSITIVE);

    /** As VMware names what a descriptor stands for. */
    private static final Pattern EXTENT =
            Pattern.compile("(.+)-(?:flat|delta|sesparse|ctk|rdm|rdmp|[sf][0-9]{3,6})\\.vmdk");

    private final ImageRules rules;
    private final int limit;
    private final Set<Path> images = new LinkedHashSet<>();
    private final List<Path> passedOver = new ArrayList<>();
    private int entries;
    private boolean complete = true;

    private ImageFolder(ImageRules rules, int limit) {
        this.rules = rules;
        this.limit = limit;
    }

    /**
     * What is there.
     *
     * @param images real paths, a directory's own before those below, by name
     * @param passedOver what is no image, or part of another
     * @param complete false when there are more images or files than are looked at
     */
    public record Found(List<Path> images, List<Path> passedOver, boolean complete) {
        public Found {
            images = List.copyOf(images);
            passedOver = List.copyOf(passedOver);
        }
    }

    /** Whether a path is a directory that holds images, and not itself one, and may be read. */
    public static boolean is(Path path, ImageRules rules) {
        try {
            Path real = path.toRealPath();
            return rules.allows(real) && Files.isDirectory(real) && !ImageOpener.isBundle(real);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @param directory one that {@link #is} true of
     * @param limit on images
     * @throws IOException when the directory cannot be read; one below it counts as passed over then
     */
    public static Found list(Path directory, ImageRules rules, int limit) throws IOException {
        ImageFolder folder = new ImageFolder(rules, limit);
        folder.enter(directory.toRealPath(), 0);
        return new Found(List.copyOf(folder.images), folder.passedOver, folder.complete);
    }

    private void enter(Path directory, int depth) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Path> below = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path entry : stream) {
                if (++entries > MAX_ENTRIES) {
                    complete = false;
                    break;
                }
                (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) ? below : files).add(entry);
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        files.sort(null);
        below.sort(null);
        files.forEach(this::judge);
        for (Path sub : below) {
            descend(sub, depth + 1);
        }
    }

    private void descend(Path directory, int depth) {
        if (ImageOpener.isBundle(directory)) {
            meet(directory);
        } else if (directory.getFileName().toString().startsWith(".")) {
            passedOver.add(directory);
        } else if (depth > MAX_DEPTH) {
            complete = false;
        } else {
            try {
                enter(directory, depth);
            } catch (IOException e) {
                passedOver.add(directory);
            }
        }
    }

    private void judge(Path file) {
        try {
            Path real = file.toRealPath();
            if (!isPart(file) && isImage(real)) {
                meet(real);
                return;
            }
        } catch (IOException | ImageProblem e) {
            // A link that leads nowhere or out of what is allowed, a pipe, a file that may not be read.
        }
        passedOver.add(file);
    }

    private void meet(Path image) {
        if (images.size() < limit || images.contains(image)) {
            images.add(image);
        } else {
            complete = false;
        }
    }

    private static boolean isPart(Path file) {
        Matcher extent = EXTENT.matcher(file.getFileName().toString());
        return extent.matches() && Files.isRegularFile(file.resolveSibling(extent.group(1) + ".vmdk"));
    }

    private boolean isImage(Path real) throws ImageProblem {
        Origin origin = Origin.of(String.valueOf(real.getFileName()));
        try (HostFile file = HostFile.open(real, origin, path -> rules.requireImage(path, origin))) {
            if (DISK_NAME.matcher(real.getFileName().toString()).matches()) {
                return true;
            }
            FileSource source = FileSource.of(file);
            return switch (DiskFormat.detect(source)) {
                case QED, OVA, OVF, QCOW2, QCOW, VMDK, VDI, VHDX, VPC, PARALLELS -> true;
                case RAW -> DiskFormat.startsAsADisk(source);
                case PARALLELS_BUNDLE, GZIP, XZ, ZSTD, BZIP2 -> false;
            };
        }
    }
}
