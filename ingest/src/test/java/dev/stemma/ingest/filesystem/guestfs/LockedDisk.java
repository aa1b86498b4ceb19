package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.ingest.filesystem.FileSystemReaderContract;
import dev.stemma.ingest.filesystem.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the disk of {@code make-locked.sh}: LUKS of both versions, which {@code cryptsetup} makes and an appliance fills. */
public final class LockedDisk {

    private LockedDisk() {}

    /** Makes it, and leaves the tree that went in and the keys beside it. */
    public static Path make(Path work) throws Exception {
        Tool.require("mke2fs", "setfattr", "getfattr", "perl", "guestfish", "sfdisk", "cryptsetup");
        Class<?> scripts = FileSystemReaderContract.class;
        Tool.script(scripts, "ext/odd-tree.sh", work.resolve("tree"));
        for (String sparse : List.of("far", "comb")) {
            Files.delete(work.resolve("tree/sparse").resolve(sparse));
        }
        Tool.script(scripts, "guestfs/make-locked.sh", work.resolve("tree"), work);
        return work.resolve("disk");
    }
}
