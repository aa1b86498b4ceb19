package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.ingest.filesystem.FileSystemReaderContract;
import dev.stemma.ingest.filesystem.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the disk of {@code make-subvolumes.sh}, which takes an appliance of its own and the better part of a minute. */
final class SubvolumeDisk {

    private SubvolumeDisk() {}

    /** Makes it, and leaves the trees that went in beside it. */
    static Path make(Path work) throws Exception {
        Tool.require("mke2fs", "setfattr", "getfattr", "perl", "guestfish", "sfdisk");
        Class<?> scripts = FileSystemReaderContract.class;
        Tool.script(scripts, "ext/odd-tree.sh", work.resolve("tree"));
        for (String sparse : List.of("far", "comb")) {
            Files.delete(work.resolve("tree/sparse").resolve(sparse));
        }
        Tool.script(scripts, "guestfs/make-subvolumes.sh", work.resolve("tree"), work);
        return work.resolve("disk");
    }
}
