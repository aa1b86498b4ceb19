package dev.stemma.ingest.filesystem.ext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.filesystem.TreeListing;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The oracle is what GNU find, stat, getfattr and sha256sum say of a tree, which mke2fs then writes into file systems of
 * every make. Compared whole.
 */
class ExtOracleIT {

    private static final String TREE_SIZE = "200M";

    @TempDir
    static Path shared;

    private static SortedMap<String, Listed> expected;

    @BeforeAll
    static void makeTree() throws Exception {
        Tool.require("mke2fs", "e2fsck", "setfattr", "getfattr", "perl");
        Tool.script(ExtOracleIT.class, "odd-tree.sh", shared.resolve("tree"));
        Tool.script(ExtOracleIT.class, "list-tree.sh", shared.resolve("tree"), shared.resolve("list"));
        expected = TreeListing.read(shared.resolve("list"));
        assertThat(expected.size()).isGreaterThan(540);
    }

    @AfterEach
    void removeImage() throws Exception {
        Files.deleteIfExists(shared.resolve("image"));
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("dev.stemma.ingest.filesystem.ext.ExtMatrix#ALL")
    void everythingThatMke2fsWroteIsReadAsItWas(ExtMatrix make) throws Exception {
        Path image = image(shared.resolve("tree"), TREE_SIZE, make.options());
        if (make.rebuild()) {
            Tool.run(List.of("e2fsck", "-fyD", image.toString()), 0, 1);
        }

        SortedMap<String, Listed> listing = listing(image);
        SortedMap<String, Listed> wanted = new TreeMap<>(expected);
        if (make.options().toString().contains("inline_data")) {
            // mke2fs 1.47 itself cuts a short file that ends in a hole to one block, as debugfs shows.
            assertThat(Tool.run(List.of("debugfs", "-R", "stat /sparse/hole-last", image.toString())))
                    .contains("Size: " + size(listing, "/sparse/hole-last"));
            wanted.remove("/sparse/hole-last");
            listing.remove("/sparse/hole-last");
        }
        assertThat(Listed.differences(wanted, listing)).isEmpty();
    }

    /** mke2fs looks through all blocks of a directory for each name: large blocks for many names, small ones for a deep index. */
    @ParameterizedTest
    @CsvSource({"12000, 65536", "2500, 1024"})
    void largeHashedDirectoriesAreReadWhole(int names, String blockBytes) throws Exception {
        Path tree = shared.resolve("large-" + names);
        Files.createDirectories(tree.resolve("dir"));
        Tool.run(List.of(
                "sh",
                "-c",
                "cd \"$0\" && seq -f 'a-name-of-some-length-%.0f' 1 $1 | xargs touch",
                tree + "/dir",
                "" + names));
        Tool.script(ExtOracleIT.class, "list-tree.sh", tree, shared.resolve("large-list"));
        Path image = image(tree, "200M", List.of("-t", "ext4", "-b", blockBytes, "-N", "30000"));
        Tool.run(List.of("e2fsck", "-fyD", image.toString()), 0, 1);

        SortedMap<String, Listed> listing = listing(image);

        assertThat(listing.size()).isEqualTo(names + 1);
        assertThat(Listed.differences(TreeListing.read(shared.resolve("large-list")), listing))
                .isEmpty();
    }

    @Test
    void sparseFilesPastThirtyTwoBitsAreReadWhole() throws Exception {
        Path tree = Files.createDirectories(shared.resolve("huge"));
        Tool.run(List.of(
                "sh",
                "-c",
                "cd \"$0\" && printf start > huge && truncate -s 2200M huge && printf end >> huge",
                tree.toString()));
        Tool.script(ExtOracleIT.class, "list-tree.sh", tree, shared.resolve("huge-list"));
        for (String options : List.of("-t ext4", "-t ext2 -b 2048 -O large_file")) {
            Path image = image(tree, "100M", List.of(options.split(" ")));

            assertThat(Listed.differences(TreeListing.read(shared.resolve("huge-list")), listing(image)))
                    .isEmpty();
        }
    }

    private static long size(SortedMap<String, Listed> listing, String path) {
        Listed listed = listing.get(path);
        return listed == null ? -1 : listed.sizeBytes();
    }

    private static Path image(Path tree, String size, List<String> options) {
        List<Object> arguments = new ArrayList<>(List.of(tree, shared.resolve("image"), size));
        arguments.addAll(options);
        Tool.script(ExtOracleIT.class, "make-image.sh", arguments.toArray());
        return shared.resolve("image");
    }

    private static SortedMap<String, Listed> listing(Path image) throws Exception {
        try (FileSource source = FileSource.open(image);
                FileSystemReader reader = FileSystems.open(source, Budget.of(Duration.ofMinutes(2)))) {
            SortedMap<String, Listed> listing = Listed.of(reader);
            assertThat(reader.observations()).isEmpty();
            // mke2fs makes it; the tree has none.
            assertThat(listing.remove("/lost+found")).isNotNull();
            return listing;
        }
    }
}
