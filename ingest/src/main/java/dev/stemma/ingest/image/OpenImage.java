package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.util.List;

/**
 * An image that is open for reading. While it is, no machine can start on it or on a file of its chain (QEMU's own
 * locks). Safe for use by several threads; closed by whoever opened it, which closes the bytes too.
 */
public final class OpenImage implements AutoCloseable {

    private final ImageFacts facts;
    private final List<ByteSource> volumes;
    private final List<ImageProblem> problems;
    private final List<HostFile> opened;
    private final ImageFiles files;
    private final List<Foundation> foundations;

    /** @param volumes at least one */
    OpenImage(ImageFacts facts, List<ByteSource> volumes, List<ImageProblem> problems, ImageFiles files) {
        this(facts, volumes, problems, files, List.of());
    }

    private OpenImage(
            ImageFacts facts,
            List<ByteSource> volumes,
            List<ImageProblem> problems,
            ImageFiles files,
            List<Foundation> foundations) {
        this.facts = facts;
        this.volumes = List.copyOf(volumes);
        this.problems = List.copyOf(problems);
        this.opened = files.all();
        this.files = files;
        this.foundations = List.copyOf(foundations);
    }

    /** One disk with what it stands on, itself first. */
    static OpenImage standing(ImageFacts facts, List<Foundation> foundations, ImageFiles files) {
        return new OpenImage(facts, List.of(foundations.getFirst().bytes()), List.of(), files, foundations);
    }

    /** What is known of it without reading the disk. */
    public ImageFacts facts() {
        return facts;
    }

    /** The place that all its disks lie in: the only disk's own, or the file that holds several. */
    public Origin origin() {
        return volumes.size() == 1 ? bytes().origin() : opened.getFirst().origin();
    }

    /** Its disks as a guest sees them, at least one; more than one in an OVF package alone. */
    public List<ByteSource> volumes() {
        return volumes;
    }

    /** The first disk as a guest sees it: for most images the only one. */
    public ByteSource bytes() {
        return volumes.getFirst();
    }

    /** Why further disks of it cannot be read; empty for most images. */
    public List<ImageProblem> problems() {
        return problems;
    }

    /**
     * The disks that it stands on, the nearest first, and itself before all; empty for images whose files do not tell where a
     * stretch of the disk comes from (QED, packages).
     */
    public List<Foundation> foundations() {
        return foundations;
    }

    /**
     * Asks the host whether each file of the image is still what it was when opened; to be asked before what was read is
     * believed. QEMU's locks keep machines away, but not every tool.
     *
     * @throws Corrupt {@code changed-while-read} when one is not
     */
    public void requireUnchanged() throws ImageProblem {
        for (HostFile file : opened) {
            if (file.changed()) {
                throw new Corrupt(
                        "changed-while-read",
                        file.origin(),
                        file.realPath() + " changed while it was read",
                        "Index it again when nothing writes it.");
            }
        }
    }

    @Override
    public void close() throws ImageProblem {
        try {
            for (ByteSource volume : volumes) {
                volume.close();
            }
        } finally {
            files.close();
        }
    }
}
