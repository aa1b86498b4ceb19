package dev.stemma.ingest.filesystem.fat;

import dev.stemma.ingest.filesystem.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes FAT volumes by mkfs.vfat and mtools, which others wrote. */
final class FatVolumes {

    private FatVolumes() {}

    /** A tree of what FAT can hold, with a largest file of this many MiB. */
    static Path tree(Path work, int largestMib) {
        Path tree = work.resolve("tree");
        Tool.script(FatVolumes.class, "make-tree.sh", tree, largestMib);
        return tree;
    }

    /** A volume of this tree; {@code pieces}, a fragmented copy of {@code random}, stands beside it. */
    static Path volume(Path tree, Path image, int kibibytes, String options) {
        Tool.require("mkfs.vfat", "mcopy");
        List<Object> arguments = new ArrayList<>(List.of(tree, image, kibibytes));
        arguments.addAll(List.of(options.split(" ")));
        Tool.script(FatVolumes.class, "make-volume.sh", arguments.toArray());
        return image;
    }
}
