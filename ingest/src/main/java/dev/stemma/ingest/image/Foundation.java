package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.HostFile;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.Run;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk that an open image stands on: a file of its chain with all that is below it. Also the image itself, which stands on
 * itself with nothing between. Safe for use by several threads; open as long as the image is.
 *
 * @param location real path of the file, by which it is known as an image of its own
 * @param bytes the disk, traced by its own positions
 * @param files of the host that it consists of, in the order in which they are opened
 * @param above the layers between it and the image, the image's own first; empty for the image itself
 */
public record Foundation(Path location, ByteSource bytes, List<HostFile> files, List<Layer> above) {

    private static final int CHECK_EVERY = 1 << 12;

    public Foundation {
        files = List.copyOf(files);
        above = List.copyOf(above);
    }

    /** What the host said of its files when they were opened. */
    public List<HostFile.Stamp> stamps() {
        return files.stream().map(HostFile::openedStamp).toList();
    }

    /**
     * Whether the image shows, in a stretch, this disk's bytes: no layer between stores any of it, and none ends before. Equal
     * bytes that were written again count as others.
     *
     * @param offsetBytes on the guest's disk, 0 or more
     */
    public boolean shows(long offsetBytes, long lengthBytes, Budget budget) throws ImageProblem {
        long end = offsetBytes + lengthBytes;
        if (end > bytes.sizeBytes()) {
            return false;
        }
        for (Layer layer : above) {
            if (end > layer.virtualBytes()) {
                return false;
            }
            int steps = 0;
            for (long at = offsetBytes; at < end; ) {
                if (++steps % CHECK_EVERY == 0) {
                    budget.check(bytes.origin());
                }
                Run run = layer.run(at);
                if (!(run instanceof Run.Below)) {
                    return false;
                }
                at += run.lengthBytes();
            }
        }
        return true;
    }
}
