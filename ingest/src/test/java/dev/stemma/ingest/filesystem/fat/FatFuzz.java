package dev.stemma.ingest.filesystem.fat;

import dev.stemma.ingest.filesystem.TreeFuzz;
import java.nio.file.Path;

/** Damaged FAT volumes of each width: chains of clusters, long names, directories. */
public final class FatFuzz extends TreeFuzz {

    @Override
    public String name() {
        return "fat";
    }

    @Override
    public void make(Path directory) throws Exception {
        Path tree = FatVolumes.tree(work(directory), 0);
        FatVolumes.volume(tree, set(directory, "fat12").resolve("disk"), 2_048, "-F 12 -s 8");
        FatVolumes.volume(tree, set(directory, "fat16").resolve("disk"), 5_000, "-F 16 -s 1");
        FatVolumes.volume(tree, set(directory, "fat32").resolve("disk"), 34_000, "-F 32 -s 1");
    }
}
