package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.image.layer.BackingName;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.NotAllowed;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of the host that one image consists of. The only way to one that a header names: each is found without opening it,
 * checked against the rules by its real path, opened through the pin and locked. For one thread; closed with the image.
 */
final class ImageFiles implements AutoCloseable {

    private static final int MAX_FILES = 2_048;

    private final ImageRules rules;
    private final List<HostFile> files = new ArrayList<>();

    /** @param top open and allowed; closed with the others from now on */
    ImageFiles(HostFile top, ImageRules rules) {
        this.rules = rules;
        files.add(top);
    }

    List<HostFile> all() {
        return List.copyOf(files);
    }

    /** What the host stores of all files opened so far. */
    long allocatedBytes() {
        return files.stream().mapToLong(HostFile::allocatedBytes).sum();
    }

    /** The file below an overlay. */
    HostFile openBacking(BackingName name, HostFile overlay) throws ImageProblem {
        Path path = name.resolve(directory(overlay), overlay.origin());
        Origin origin = overlay.origin().within("backing file " + path.getFileName());
        return open(
                path,
                origin,
                () -> new NotAllowed(
                        "backing-forbidden",
                        origin,
                        "the backing file " + path + " lies outside of the allowed directories",
                        "If you trust the image, allow the directory of its backing file."),
                () -> new Unreadable(
                        "backing-missing",
                        origin,
                        path + ", on which " + overlay.realPath() + " stands, does not exist",
                        "Bring it back, or name where it is now: qemu-img rebase -u -b FILE -F FORMAT."));
    }

    /** A part of a disk, beside the file that describes it. */
    HostFile openExtent(BackingName name, HostFile descriptor) throws ImageProblem {
        if (!name.plain()) {
            throw new NotAllowed(
                    "extent-forbidden",
                    descriptor.origin(),
                    "names the extent '" + name.name().escaped() + "', which is not one plain name",
                    "If you trust the image, put the extent beside the descriptor and name it there.");
        }
        Path path = directory(descriptor).resolve(name.name().escaped());
        Origin origin = descriptor.origin().within("extent " + path.getFileName());
        HostFile file = open(
                path,
                origin,
                () -> new NotAllowed(
                        "extent-forbidden",
                        origin,
                        "the extent " + path + " lies outside of the allowed directories",
                        "If you trust the image, put the extent itself beside the descriptor."),
                () -> new Unreadable(
                        "extent-missing",
                        origin,
                        path + ", a part of " + descriptor.realPath() + ", does not exist",
                        "Bring it back: all files of the disk must lie in one directory."));
        if (file.key().equals(descriptor.key())) {
            throw new Corrupt("loop", origin, "names itself as its extent");
        }
        return file;
    }

    private static Path directory(HostFile file) {
        Path directory = file.realPath().getParent();
        return directory == null ? Path.of("/") : directory;
    }

    private interface Refusal<T extends ImageProblem> {
        T problem();
    }

    private HostFile open(Path path, Origin origin, Refusal<NotAllowed> forbidden, Refusal<Unreadable> missing)
            throws ImageProblem {
        if (files.size() >= MAX_FILES) {
            throw new Corrupt("bad-value", origin, "the image consists of more than " + MAX_FILES + " files");
        }
        HostFile file;
        try {
            file = HostFile.open(path, origin, real -> requireAllowed(real, forbidden));
        } catch (Unreadable e) {
            // Nobody learns whether a file exists where he may not look.
            requireAllowed(path, forbidden);
            throw e.code().equals("not-found") ? missing.problem() : e;
        }
        files.add(file);
        file.lockForReading();
        return file;
    }

    private void requireAllowed(Path path, Refusal<NotAllowed> forbidden) throws NotAllowed {
        if (!rules.allows(path)) {
            throw forbidden.problem();
        }
    }

    @Override
    public void close() {
        files.forEach(HostFile::close);
    }
}
