package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.filesystem.Tool;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same of small file systems of other kinds, and of a journal that says more than the blocks do. */
@ExtendWith(GraphExtension.class)
class IncrementalFileSystemIT {

    private final TwoWays ways;
    private final Path directory;

    IncrementalFileSystemIT(Graph graph, @TempDir Path directory) throws Exception {
        this.directory = directory.toRealPath();
        this.ways = new TwoWays(graph, this.directory, this.directory);
    }

    /**
     * Base and overlay differ in the superblock alone, which says whether the journal counts. With it files have other contents, though
     * neither their inodes nor their blocks were written.
     */
    @ParameterizedTest
    @ValueSource(strings = {"-t ext4 -b 4096 -O metadata_csum,^64bit", "-t ext3 -b 1024"})
    void whatAJournalSaysIsRead(String mke2fs) throws Exception {
        Tool.require("mke2fs", "debugfs", "e2fsck", "cmp");
        Object[] arguments = Stream.concat(Stream.of(directory, "24M", ""), Stream.of(mke2fs.split(" ")))
                .toArray();
        run("filesystem/ext/dirty-journal.sh", arguments);
        Path dirty = directory.resolve("dirty");
        Path base = directory.resolve("base.raw");
        Files.copy(dirty, base);
        Tool.run(List.of("debugfs", "-w", "-R", "feature -needs_recovery", base.toString()));
        TwoWays.settle(base);
        ways.incremental(base);

        IngestOutcome outcome = ways.same(new Overlays(directory, base, 0).standingOn("dirty", dirty));

        assertThat(outcome.takenOver().orElseThrow().from()).isEqualTo(base);
        assertThat(outcome.observations()).anyMatch(one -> one.code().equals("journal-replayed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"old", "older", "new"})
    void xfsIsReadWhereItDiffers(String name) throws Exception {
        Tool.require("mkfs.xfs");
        run("filesystem/xfs/small-images.sh", directory);
        Path base = Files.move(directory.resolve(name), directory.resolve(name + ".raw"));
        TwoWays.settle(base);
        IngestOutcome first = ways.incremental(base);
        Overlays overlays = new Overlays(directory, base, 0);

        IngestOutcome same = ways.same(overlays.written("same", List.of("read 0 512")));
        assertThat(same.inventory()).isEqualTo(first.inventory());
        assertThat(same.takenOver().orElseThrow().from()).isEqualTo(base);

        long content = find(base, Files.readAllBytes(directory.resolve("content")));
        IngestOutcome changed = ways.same(overlays.written("changed", List.of("write -P 7 " + content + " 512")));
        assertThat(changed.inventory()).isNotEqualTo(first.inventory());
        for (long seed = 1; seed <= 3; seed++) {
            ways.same(overlays.written("random-" + seed, Scribble.writes(seed, 0, Files.size(base))));
        }
    }

    private static long find(Path file, byte[] wanted) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += 512) {
            if (bytes[at] == wanted[0] && Arrays.equals(bytes, at, at + 512, wanted, 0, 512)) {
                return at;
            }
        }
        throw new AssertionError("the content is not on the disk");
    }

    private static void run(String script, Object... arguments) throws URISyntaxException {
        Tool.script(IncrementalFileSystemIT.class, script, arguments);
    }
}
