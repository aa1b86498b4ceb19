package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystemReaderContract;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.filesystem.TreeListing;
import dev.stemma.ingest.filesystem.guestfs.GuestfsVolumes;
import dev.stemma.ingest.filesystem.guestfs.LockedDisk;
import dev.stemma.ingest.filesystem.guestfs.Mountable;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.key.KeyFile;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** LUKS 1 and 2, with a key, with a wrong one and with none. */
@ExtendWith(GraphExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineLockedIT {

    private static final Budget BUDGET = Budget.of(Duration.ofMinutes(30));

    private final Graph graph;
    private final Path home;
    private Path image = Path.of("/");

    PipelineLockedIT(Graph graph, @TempDir Path home) {
        this.graph = graph;
        this.home = home;
    }

    @BeforeAll
    void makeDisk() throws Exception {
        image = LockedDisk.make(home).toRealPath();
    }

    private IngestOutcome index(Level level, String... keys) throws Exception {
        return new IngestPipeline(graph, new ManifestStore(home.resolve("manifests")))
                .run(
                        IngestRequest.of(image, level, ImageRules.within(home))
                                .withKeys(Stream.of(keys).map(home::resolve).toList()),
                        ProgressListener.NONE,
                        BUDGET);
    }

    @Test
    void withTheKeyWhatIsInTheContainersIsAPartOfTheSystem() throws Exception {
        IngestOutcome outcome = index(Level.FULL, "key");

        // Another passphrase is needed for the third, and that is said.
        assertThat(outcome.observations()).extracting(Observation::code).containsExactly("encrypted");
        assertThat(outcome.observations().getFirst().where()).contains("partition 3");
        assertThat(outcome.observations().getFirst().message()).contains("no key that was given opens it");
        assertThat(graph.read(Statement.of("""
                        MATCH (i:Inventory {id: $id})-[m:MOUNTS]->(:FileSystem)<-[:HOLDS]-(p:Partition {number: m.partition})
                        RETURN m.path + ' ' + p.type AS mount ORDER BY mount
                        """)
                        .with(java.util.Map.of("id", outcome.inventory().hex()))))
                .extracting(row -> row.text("mount"))
                .containsExactly(
                        "/ lvm:vg/root", "/home lvm:vg/home", "/srv luks:11111111-2222-4333-8444-555555555555");
        assertThat(everything()).doesNotContain("correct horse").doesNotContain("other-key");
    }

    private String everything() throws Exception {
        StringBuilder text = new StringBuilder();
        graph.read(Statement.of("""
                        MATCH (n) RETURN properties(n) AS all UNION ALL MATCH ()-[r]->() RETURN properties(r) AS all
                        """))
                .forEach(row -> text.append(row.find("all")).append('\n'));
        try (Stream<Path> files = Files.walk(home.resolve("manifests"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    @Test
    void withoutAKeyEachContainerSaysWhatToDo() throws Exception {
        assertThat(index(Level.BASIC).observations()).hasSize(3).allSatisfy(observation -> {
            assertThat(observation.code()).isEqualTo("encrypted");
            assertThat(observation.remedy())
                    .hasValueSatisfying(remedy -> assertThat(remedy).contains("--key-file"));
        });
    }

    @Test
    void whatIsInAContainerIsReadWhole() throws Exception {
        Tool.script(FileSystemReaderContract.class, "ext/list-tree.sh", home.resolve("tree"), home.resolve("list"));
        SortedMap<String, Listed> expected = TreeListing.read(home.resolve("list"));
        expected.keySet()
                .removeAll(List.of("/kinds/socket", "/kinds/wide", "/attributes/acl", "/attributes/acl-default"));
        var keys = KeyFile.read(List.of(home.resolve("other-key"), home.resolve("key")), ImageRules.within(home));
        try (FileSource disk = FileSource.open(image);
                GuestfsVolumes volumes = GuestfsVolumes.open(disk, keys, BUDGET)) {
            assertThat(volumes.list().stream().filter(Mountable::encrypted))
                    .hasSize(3)
                    .allMatch(volumes::isUnlocked);
            Mountable opened = volumes.list().stream()
                    .filter(one -> one.label().filter("locked"::equals).isPresent())
                    .findFirst()
                    .orElseThrow();
            assertThat(opened.shortName()).isEqualTo("luks:11111111-2222-4333-8444-555555555555");
            try (FileSystemReader reader = volumes.open(opened)) {
                reader.prepareFullWalk();
                SortedMap<String, Listed> listing = new TreeMap<>(Listed.of(reader));
                assertThat(listing.remove("/lost+found")).isNotNull();
                assertThat(Listed.differences(expected, listing)).isEmpty();
            }
        }
    }

    @Test
    void aKeyFileThatOthersMayReadOrThatLiesElsewhereIsRefused() throws Exception {
        Path open = Files.writeString(home.resolve("open"), "secret\n");
        Files.setPosixFilePermissions(open, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> index(Level.BASIC, "open"))
                .isInstanceOfSatisfying(ImageProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo("key-file-exposed"));
        assertThatThrownBy(() -> index(Level.BASIC, "/etc/shadow"))
                .isInstanceOfSatisfying(ImageProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo("path-not-allowed"));
        Path empty = Files.createFile(
                home.resolve("empty"),
                java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                        java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
        assertThatThrownBy(() -> index(Level.BASIC, empty.toString()))
                .isInstanceOfSatisfying(ImageProblem.class, problem -> assertThat(problem.code())
                        .isEqualTo("key-file-unusable"));
    }
}
