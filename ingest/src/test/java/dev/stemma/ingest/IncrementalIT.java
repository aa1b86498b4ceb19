package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.filesystem.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken over from an indexed parent is what reading gives, bit for bit, whatever was done to the overlay. */
@ExtendWith(GraphExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncrementalIT {

    /** Where {@code debian-disks.sh} puts the file system. */
    private static final long FILE_SYSTEM = 2L << 20;

    private static final String MANY = "/srv/traps/many/file-";

    private final DebianDisks disks = DebianDisks.built();
    private final TwoWays ways;
    private final Overlays overlays;

    IncrementalIT(Graph graph, @TempDir Path directory) throws Exception {
        Path real = directory.toRealPath();
        this.ways = new TwoWays(graph, real, disks.directory());
        this.overlays = new Overlays(real, disks.base(), FILE_SYSTEM);
    }

    @BeforeAll
    void indexBase() throws Exception {
        TwoWays.settle(disks.base());
        assertThat(ways.incremental(disks.base()).takenOver()).isEmpty();
    }

    @Test
    void onlyWhatAnOverlayStoresIsRead() throws Exception {
        Path added = Files.writeString(overlays.directory().resolve("added"), "added\n");
        List<String> commands = new ArrayList<>(List.of("mkdir /opt/added"));
        IntStream.range(0, 10).forEach(i -> commands.add("write " + added + " /opt/added/" + i));
        commands.add("rm " + MANY + "7");

        IngestOutcome outcome = ways.same(overlays.changed("added", commands));

        IngestOutcome.TakenOver taken = outcome.takenOver().orElseThrow();
        assertThat(taken.from()).isEqualTo(disks.base());
        assertThat(outcome.counts().files() - taken.files())
                .isBetween(10L, outcome.counts().files() / 10);
    }

    /** No inode tells of it: size, both times and extents stay. */
    @Test
    void aContentThatWasChangedInPlaceIsRead() throws Exception {
        long block = overlays.blocks(List.of(MANY + "1500")).getFirst();
        IngestOutcome outcome = ways.same(overlays.written("in-place", List.of("write -P 88 " + block + " 512")));

        assertThat(outcome.inventory())
                .isNotEqualTo(ways.incremental(disks.base()).inventory());
        assertThat(outcome.takenOver().orElseThrow().files()).isGreaterThan(7_500);
    }

    /** Each of the two has the other's content then, and neither's content was written. */
    @Test
    void contentsThatChangedPlacesAreRead() throws Exception {
        List<Long> blocks = overlays.blocks(List.of(MANY + "1001", MANY + "1002"));
        long one = (blocks.get(0) - FILE_SYSTEM) / Overlays.BLOCK_BYTES;
        long two = (blocks.get(1) - FILE_SYSTEM) / Overlays.BLOCK_BYTES;

        IngestOutcome outcome = ways.same(overlays.changed(
                "places",
                List.of(
                        "sif " + MANY + "1001 block[5] " + two,
                        "sif " + MANY + "1002 block[5] " + one,
                        "sif " + MANY + "1003 block[5] " + one)));

        assertThat(outcome.inventory())
                .isNotEqualTo(ways.incremental(disks.base()).inventory());
    }

    @Test
    void filesThatWereReplacedLinkedRemovedOrCutAreAsTheyAre() throws Exception {
        Path other = Files.writeString(overlays.directory().resolve("other"), "CONTENT 42\n");
        ways.same(overlays.changed(
                "replaced",
                List.of(
                        // The inode that becomes free is taken again, with the old one's times.
                        "rm " + MANY + "42",
                        "write " + other + " " + MANY + "42",
                        "sif " + MANY + "42 mtime @1750000000",
                        "sif " + MANY + "42 ctime @1750000000",
                        "ln /srv/traps/a /srv/traps/many/d",
                        "sif /srv/traps/a links_count 4",
                        "rm /srv/traps/b",
                        "sif /srv/traps/sparse size 50000001",
                        "sif " + MANY + "43 size 5",
                        "sif " + MANY + "44 mode 0100600",
                        "sif " + MANY + "45 mtime @1760000000",
                        "rm " + MANY + "46",
                        "ln " + MANY + "47 " + MANY + "46")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverWasWrittenAtRandom(long seed) throws Exception {
        ways.same(overlays.written("random-" + seed, Scribble.writes(seed, FILE_SYSTEM, Files.size(disks.base()))));
    }

    @Test
    void anOverlayOfAnOverlayTakesOverFromTheNearestThatIsKnown() throws Exception {
        Path first = overlays.written("first", List.of("write -P 1 200M 1M"));
        Path second = new Overlays(overlays.directory(), first, FILE_SYSTEM)
                .written("second", "qcow2", List.of("write -P 2 220M 1M"));
        assertThat(ways.same(second).takenOver().orElseThrow().from()).isEqualTo(disks.base());

        TwoWays.settle(first);
        ways.incremental(first);
        Path third = new Overlays(overlays.directory(), first, FILE_SYSTEM)
                .written("third", "qcow2", List.of("write -P 2 220M 1M"));
        assertThat(ways.same(third).takenOver().orElseThrow().from()).isEqualTo(first);
    }

    @Test
    void aParentThatWasTouchedTellsNothing() throws Exception {
        Path parent = copy("touched");
        Overlays onIt = new Overlays(overlays.directory(), parent, FILE_SYSTEM);
        ways.incremental(parent);
        assertThat(ways.same(onIt.written("before", List.of("write -P 1 200M 64k")))
                        .takenOver())
                .isPresent();

        Overlays.change(
                parent, overlays.blocks(List.of(MANY + "9")), _ -> "CONTENT\n".getBytes(StandardCharsets.UTF_8));
        assertThat(ways.same(onIt.written("after", List.of("write -P 1 200M 64k")))
                        .takenOver())
                .isEmpty();
    }

    /** Here even the host is made to say that nothing happened. */
    @Test
    void aParentThatIsAnotherInSpiteOfItsSealIsFoundOut() throws Exception {
        Path parent = copy("forged");
        ways.incremental(parent);
        List<String> all = IntStream.range(0, 3_000).mapToObj(i -> MANY + i).toList();
        Overlays.change(parent, overlays.blocks(all), _ -> "CONTENT\n".getBytes(StandardCharsets.UTF_8));
        TwoWays.settle(parent);
        ways.forgeSeal(parent);

        Overlays onIt = new Overlays(overlays.directory(), parent, FILE_SYSTEM);
        assertThat(ways.same(onIt.written("found-out", List.of("write -P 1 200M 64k")))
                        .takenOver())
                .isEmpty();
    }

    @Test
    void anImageThatWasChangedRightBeforeItWasIndexedIsNotSealed() throws Exception {
        Path young = overlays.directory().resolve("young.raw");
        Tool.run(List.of("cp", "--sparse=always", disks.base().toString(), young.toString()));
        Overlays.sync(young);
        // Any change counts, also one of attributes.
        Files.setPosixFilePermissions(young, PosixFilePermissions.fromString("rw-r-----"));
        ways.incremental(young);

        assertThat(ways.same(young).takenOver()).isEmpty();
    }

    private Path copy(String name) throws Exception {
        Path copy = overlays.directory().resolve(name + ".raw");
        Tool.run(List.of("cp", "--sparse=always", disks.base().toString(), copy.toString()));
        Overlays.sync(copy);
        TwoWays.settle(copy);
        return copy;
    }
}
