package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;

/**
 * An image that is open for reading. While it is, no machine can start on it or on a file of its chain (QEMU's own
 * locks). Safe for use by several threads; closed by whoever opened it, which closes the bytes too.
 */
public final class OpenImage implements AutoCloseable {

    private final ImageFacts facts;
    private final ByteSource bytes;
    private final List<HostFile> files;

    OpenImage(ImageFacts facts, ByteSource bytes, List<HostFile> files) {
        this.facts = facts;
        this.bytes = bytes;
        this.files = List.copyOf(files);
    }

    /** What is known of it without reading the disk. */
    public ImageFacts facts() {
        return facts;
    }

    /** The disk as a guest sees it. */
    public ByteSource bytes() {
        return bytes;
    }

    /**
     * Asks the host whether each file of the chain is still what it was when opened; to be asked before what was read is
     * believed. QEMU's locks keep machines away, but not every tool.
     *
     * @throws Corrupt {@code changed-while-read} when one is not
     */
    public void requireUnchanged() throws ImageProblem {
        for (HostFile file : files) {
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
            bytes.close();
        } finally {
            files.forEach(HostFile::close);
        }
    }
}
