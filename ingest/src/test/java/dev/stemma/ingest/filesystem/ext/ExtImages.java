package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.filesystem.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small file systems of every kind, by mke2fs and debugfs, two of them with a journal that is not written back. */
final class ExtImages {

    private static final List<String> MAKES = List.of(
            "-t ext2 -b 1024 -I 128",
            "-t ext4 -b 1024 -O ^metadata_csum,^has_journal",
            "-t ext4 -b 1024 -O metadata_csum,^has_journal",
            "-t ext4 -b 1024 -O inline_data,ea_inode,^metadata_csum,^has_journal",
            "-t ext4 -b 4096 -O meta_bg,bigalloc,^resize_inode,^metadata_csum,^has_journal -C 16384");

    private ExtImages() {}

    static List<Path> make(Path work) throws Exception {
        Tool.require("mke2fs", "setfattr");
        Path tree = work.resolve("tree");
        Files.createDirectories(tree.resolve("a/b/c"));
        Tool.run(List.of("sh", "-ec", """
                cd "$0"
                seq -f 'a-rather-long-name-to-fill-blocks-%03g' 1 120 | (cd a && xargs touch)
                for i in $(seq 0 2 190); do printf x | dd of=comb bs=1024 seek=$i conv=notrunc status=none; done
                printf end | dd of=far bs=1M seek=30 conv=notrunc status=none
                ln -s short a/b/short && ln -s "$(printf '%0200d' 0)" a/b/long
                ln comb a/b/c/hard
                echo short > short && setfattr -n user.short -v 1 short && setfattr -n user.long -v "$(printf '%0400d' 0)" short
                """, tree.toString()));
        List<Path> images = new ArrayList<>();
        for (int i = 0; i < MAKES.size(); i++) {
            Path image = work.resolve("image-" + i);
            List<Object> make = new ArrayList<>(List.of(tree, image, "2M", "-N", "256"));
            make.addAll(List.of(MAKES.get(i).split(" ")));
            Tool.script(ExtOracleIT.class, "make-image.sh", make.toArray());
            images.add(image);
        }
        for (String journal : List.of("", "-c")) {
            Path dirty = Files.createDirectories(work.resolve("dirty" + journal));
            images.add(DirtyImage.make(dirty, "3M", journal, "-t ext4 -b 1024 -O ^metadata_csum -N 64 -J size=1")
                    .dirty());
        }
        return images;
    }
}
