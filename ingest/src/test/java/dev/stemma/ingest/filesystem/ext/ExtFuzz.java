package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.filesystem.TreeFuzz;
import java.nio.file.Files;
import java.nio.file.Path;

/** Damaged ext file systems: extents, maps of blocks, hashed and inline directories, attributes, journals to replay. */
public final class ExtFuzz extends TreeFuzz {

    @Override
    public String name() {
        return "ext";
    }

    @Override
    public void make(Path directory) throws Exception {
        int number = 0;
        for (Path image : ExtImages.make(work(directory))) {
            Files.copy(image, set(directory, "image-" + number++).resolve("disk"));
        }
    }
}
