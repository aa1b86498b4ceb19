package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.image.qcow2.BackingName;
import dev.stemma.ingest.image.qcow2.Qcow2Header;
import dev.stemma.ingest.image.qcow2.Qcow2Tables;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.NotAllowed;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A qcow2 image and all that it stands on, each file pinned, allowed, locked and vetted. Nothing is probed: each header
 * states the format of the file below it, or the image is refused, because a guest can write any header into a raw disk.
 */
final class BackingChain implements AutoCloseable {

    /** More than anybody stacks; QEMU itself gets slow long before. */
    static final int MAX_DEPTH = 32;

    private final ImageRules rules;
    private final Budget budget;
    private final List<Link> links = new ArrayList<>();
    private final List<HostFile> opened = new ArrayList<>();
    private final Set<String> met = new HashSet<>();

    private BackingChain(ImageRules rules, Budget budget) {
        this.rules = rules;
        this.budget = budget;
    }

    /** A file of the chain. */
    record Link(HostFile file, DiskFormat format, long virtualBytes, int snapshots) {}

    /**
     * Follows the chain from its top.
     *
     * @param top an open and locked qcow2 file, which stays the caller's until this returns and is the chain's from then on
     */
    static BackingChain vet(HostFile top, ImageRules rules, Budget budget) throws ImageProblem {
        BackingChain chain = new BackingChain(rules, budget);
        try {
            chain.follow(top);
            return chain;
        } catch (ImageProblem | RuntimeException | Error e) {
            chain.opened.forEach(HostFile::close);
            throw e;
        }
    }

    /** The top first. */
    List<Link> links() {
        return links;
    }

    private void follow(HostFile top) throws ImageProblem {
        HostFile file = top;
        DiskFormat format = DiskFormat.QCOW2;
        while (true) {
            if (!met.add(file.key())) {
                throw new Corrupt("loop", file.origin(), "the chain of backing files comes back to " + file.realPath());
            }
            if (format == DiskFormat.RAW) {
                links.add(new Link(file, format, file.sizeBytes(), 0));
                return;
            }
            FileSource source = FileSource.of(file);
            Qcow2Header header = Qcow2Header.read(source);
            Qcow2Tables.requireSound(source, header, budget);
            links.add(new Link(file, format, header.virtualBytes(), header.snapshots()));
            if (header.backingName().isEmpty()) {
                return;
            }
            if (links.size() >= MAX_DEPTH) {
                throw new Corrupt(
                        "chain-too-deep",
                        file.origin(),
                        "more than " + MAX_DEPTH + " files stand on each other",
                        "Flatten it: qemu-img convert -O qcow2.");
            }
            format = format(header, file.origin());
            file = openBacking(header.backingName().get(), file);
        }
    }

    private static DiskFormat format(Qcow2Header header, Origin origin) throws Unsupported {
        Optional<String> stated = header.backingFormat();
        if (stated.isEmpty()) {
            throw new Unsupported(
                    "backing-format-missing",
                    origin,
                    "does not state the format of its backing file, and guessing is not safe",
                    "State it: qemu-img rebase -u -F qcow2 -b BACKING IMAGE (or -F raw).");
        }
        return switch (stated.get()) {
            case "raw" -> DiskFormat.RAW;
            case "qcow2" -> DiskFormat.QCOW2;
            default ->
                throw new Unsupported(
                        "unsupported-format",
                        origin,
                        "its backing file is of the format " + stated.get(),
                        "Convert the chain into one file: qemu-img convert -O qcow2.");
        };
    }

    private HostFile openBacking(BackingName name, HostFile overlay) throws ImageProblem {
        Path directory = overlay.realPath().getParent();
        Path path = name.resolve(directory == null ? Path.of("/") : directory, overlay.origin());
        Origin origin = overlay.origin().within("backing file " + path.getFileName());
        HostFile file;
        try {
            file = HostFile.open(path, origin, real -> requireAllowed(real, origin));
        } catch (Unreadable e) {
            requireAllowed(path, origin);
            if (e.code().equals("not-found")) {
                throw new Unreadable(
                        "backing-missing",
                        origin,
                        path + ", on which " + overlay.realPath() + " stands, does not exist",
                        "Bring it back, or name where it is now: qemu-img rebase -u -b FILE -F FORMAT.");
            }
            throw e;
        }
        opened.add(file);
        file.lockForReading();
        return file;
    }

    private void requireAllowed(Path path, Origin origin) throws NotAllowed {
        if (!rules.allows(path)) {
            throw new NotAllowed(
                    "backing-forbidden",
                    origin,
                    "the backing file " + path + " lies outside of the allowed directories",
                    "If you trust the image, allow the directory of its backing file.");
        }
    }

    @Override
    public void close() {
        links.forEach(link -> link.file.close());
    }
}
