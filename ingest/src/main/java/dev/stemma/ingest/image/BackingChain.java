package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.bytes.TracedDisk;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.LayeredSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A disk image and all that it stands on, each file pinned, allowed, locked and vetted. Nothing is probed: each header states
 * the format of the file below it, or the image is refused, because a guest can write any header into a raw disk.
 */
final class BackingChain {

    /** More than anybody stacks; QEMU itself gets slow long before. */
    static final int MAX_DEPTH = 32;

    private final ImageFiles files;
    private final Budget budget;
    private final List<Link> links = new ArrayList<>();
    private final Set<String> met = new HashSet<>();

    private BackingChain(ImageFiles files, Budget budget) {
        this.files = files;
        this.budget = budget;
    }

    /**
     * An image of the chain.
     *
     * @param file that names it
     * @param extents that the layer asked for
     */
    record Link(HostFile file, List<HostFile> extents, DiskFormat format, Layer layer, long allocatedBytes) {}

    /**
     * Follows the chain from its top.
     *
     * @param top an open and locked file
     * @param format of it
     * @param files takes every file that is opened on the way
     */
    static BackingChain vet(HostFile top, DiskFormat format, ImageFiles files, Budget budget) throws ImageProblem {
        BackingChain chain = new BackingChain(files, budget);
        chain.follow(top, format);
        return chain;
    }

    /** The top first. */
    List<Link> links() {
        return links;
    }

    /** The disk as a guest sees it, and each disk that it stands on; the top first, which closes all of them. */
    List<Foundation> foundations() {
        List<Foundation> all = new ArrayList<>();
        List<HostFile> opened = new ArrayList<>();
        ByteSource below = null;
        for (int i = links.size() - 1; i >= 0; i--) {
            Link link = links.get(i);
            below = link.format == DiskFormat.RAW
                    ? FileSource.of(link.file)
                    : new LayeredSource(link.layer, below, links.getFirst().file.origin(), budget);
            opened.addAll(0, link.extents);
            opened.addFirst(link.file);
            List<Layer> above = links.subList(0, i).stream().map(Link::layer).toList();
            all.addFirst(new Foundation(link.file.realPath(), new TracedDisk(below), opened, above));
        }
        return all;
    }

    private void follow(HostFile top, DiskFormat topFormat) throws ImageProblem {
        HostFile file = top;
        DiskFormat format = topFormat;
        Optional<String> expected = Optional.empty();
        while (true) {
            budget.check(file.origin());
            if (!met.add(file.key())) {
                throw new Corrupt("loop", file.origin(), "the chain of backing files comes back to " + file.realPath());
            }
            HostFile named = file;
            long before = files.allocatedBytes();
            int opened = files.all().size();
            Layer layer = Layers.open(
                    format, FileSource.of(file), name -> FileSource.of(files.openExtent(name, named)), budget);
            requireIdentity(expected, layer, file);
            long extents = files.allocatedBytes() - before;
            List<HostFile> all = files.all();
            links.add(new Link(file, all.subList(opened, all.size()), format, layer, file.allocatedBytes() + extents));
            Optional<Layer.Backing> backing = layer.backing();
            if (backing.isEmpty()) {
                return;
            }
            if (links.size() >= MAX_DEPTH) {
                throw new Corrupt(
                        "chain-too-deep",
                        file.origin(),
                        "more than " + MAX_DEPTH + " files stand on each other",
                        "Flatten it: qemu-img convert -O qcow2.");
            }
            format = format(backing.get(), file.origin());
            expected = backing.get().identity();
            file = files.openBacking(backing.get().name(), file);
        }
    }

    /** An overlay on a base that has changed since reads as a mixture that never existed. */
    private static void requireIdentity(Optional<String> expected, Layer layer, HostFile file) throws Corrupt {
        if (expected.isPresent() && !layer.identity().equals(expected)) {
            throw new Corrupt(
                    "backing-changed",
                    file.origin(),
                    "is not, or no longer, the file that the overlay was made on: its id is "
                            + layer.identity().orElse("missing") + ", not " + expected.get(),
                    "Bring back the file as it was when the overlay was made.");
        }
    }

    private static DiskFormat format(Layer.Backing backing, Origin origin) throws Unsupported {
        Optional<String> stated = backing.format();
        if (stated.isEmpty()) {
            throw new Unsupported(
                    "backing-format-missing",
                    origin,
                    "does not state the format of its backing file, and guessing is not safe",
                    "State it: qemu-img rebase -u -F qcow2 -b BACKING IMAGE (or -F raw).");
        }
        return DiskFormat.find(stated.get())
                .filter(DiskFormat::layered)
                .orElseThrow(() -> new Unsupported(
                        "unsupported-format",
                        origin,
                        "its backing file is of the format " + stated.get(),
                        "Convert the chain into one file: qemu-img convert -O qcow2."));
    }
}
