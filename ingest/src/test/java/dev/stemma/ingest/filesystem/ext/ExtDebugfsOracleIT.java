package dev.stemma.ingest.filesystem.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What mke2fs does not write, debugfs does; it is also the oracle for what only inodes hold. */
class ExtDebugfsOracleIT {

    @TempDir
    Path work;

    private Path tree;

    @BeforeEach
    void makeTree() throws Exception {
        Tool.require("mke2fs", "debugfs");
        tree = Files.createDirectories(work.resolve("tree"));
        Files.createDirectories(tree.resolve("dir/inner"));
        Files.writeString(tree.resolve("file"), "content");
        Files.writeString(tree.resolve("blocks"), "x".repeat(40_000));
        Files.write(tree.resolve("value"), new byte[0]);
    }

    @Test
    void timesHaveNanosecondsAndGoOnAfter2038() throws Exception {
        Debugfs disk = make("-t ext4");
        disk.run(
                "sif /file mtime_extra 0x3ade68b1",
                "sif /file ctime_extra 0x0e6b2802",
                "sif /file crtime_extra 0x00000006",
                "sif /file atime 0x40000000",
                "sif /file atime_extra 0x00000007");
        Times times = read(disk, "/file").attributes().times();
        Debugfs.Stat stat = disk.stat("/file");

        assertThat(times.modified()).isEqualTo(stat.time("mtime")).isAfter("2100-01-01T00:00:00Z");
        assertThat(times.changed()).contains(stat.time("ctime"));
        assertThat(times.accessed()).contains(stat.time("atime"));
        assertThat(times.born()).contains(stat.time("crtime"));
        assertThat(times.modified().getNano()).isEqualTo(0x3ade68b1 >>> 2);
    }

    /**
     * The seconds are signed and what the extra bits say is added, as the table of "Inode Timestamps" in the kernel's documentation of ext4 has it. Newer
     * programs of e2fsprogs take them for unsigned here, so they are no oracle.
     */
    @Test
    void theLastStretchOfTimeIsThatOfTheKernel() throws Exception {
        Debugfs disk = make("-t ext4");
        disk.run("sif /file atime 0x80000000", "sif /file atime_extra 0x00000007");
        assertThat(read(disk, "/file").attributes().times().accessed())
                .contains(Instant.parse("2310-04-04T16:10:40.000000001Z"));
    }

    @Test
    void everyNumberOfAnInodeIsTheOneThatDebugfsSays() throws Exception {
        Debugfs disk = make("-t ext4");
        disk.run(
                "sif /file mode 0104751",
                "sif /file uid 2000000000",
                "sif /file gid 65537",
                "sif /file links_count 7",
                "mknod device b 7 300",
                "mknod old c 4 65",
                "mknod pipe p");
        Node file = read(disk, "/file");
        Debugfs.Stat stat = disk.stat("/file");

        assertThat(file.attributes().uid()).isEqualTo(stat.number("User")).isEqualTo(2_000_000_000L);
        assertThat(file.attributes().gid()).isEqualTo(stat.number("Group")).isEqualTo(65_537);
        assertThat(file.attributes().links()).isEqualTo(stat.number("Links"));
        assertThat(file.attributes().inode()).isEqualTo(stat.number("Inode"));
        assertThat(file.attributes().mode()).isEqualTo(Integer.parseInt(stat.word("Mode"), 8));
        assertThat(read(disk, "/device").payload()).isEqualTo(new Payload.Device(true, 7, 300));
        assertThat(read(disk, "/old").payload()).isEqualTo(new Payload.Device(false, 4, 65));
        assertThat(read(disk, "/pipe").payload()).isEqualTo(new Payload.Pipe());
    }

    @Test
    void preallocatedBlocksAreHoles() throws Exception {
        Debugfs disk = make("-t ext4 -b 1024");
        disk.run("fallocate /file 10 20", "sif /file size 50000", "dump /file " + work.resolve("dumped"));

        assertThat(digest(disk, "/file")).isEqualTo(Digest.sha256(Files.readAllBytes(work.resolve("dumped"))));
        assertThat(Files.size(work.resolve("dumped"))).isEqualTo(50_000);
    }

    @Test
    void largeAttributesLieInInodesOfTheirOwn() throws Exception {
        Debugfs disk = make("-t ext4 -b 1024 -O ea_inode");
        byte[] value = new byte[1024];
        new java.util.Random(7).nextBytes(value);
        Files.write(work.resolve("value"), value);
        disk.run("ea_set -f " + work.resolve("value") + " /value user.large");

        assertThat(read(disk, "/value").attributes().xattrs())
                .containsEntry(GuestName.ofText("user.large"), GuestName.of(value));
    }

    @Test
    void encryptedFilesAreListedAndNotRead() throws Exception {
        Debugfs disk = make("-t ext4 -O encrypt");
        disk.run("sif /file flags 0x80800", "sif /dir flags 0x80800");

        assertThat(read(disk, "/file").payload()).isInstanceOf(Payload.File.class);
        assertThatThrownBy(() -> digest(disk, "/file")).satisfies(code(Unsupported.class, "encrypted"));
        assertThatThrownBy(() -> read(disk, "/dir/inner")).satisfies(code(Unsupported.class, "encrypted"));
    }

    @Test
    void aDirectoryThatLeadsBackUpIsALoop() throws Exception {
        Debugfs disk = make("-t ext4");
        disk.run("ln /dir /dir/inner/again");

        assertThatThrownBy(() -> read(disk, "/dir/inner/again/inner")).satisfies(code(Corrupt.class, "loop"));
    }

    @Test
    void aDirectoryInTwoPlacesIsALoopInTheWrongOne() throws Exception {
        Debugfs disk = make("-t ext4");
        disk.run("ln /dir/inner /second");

        assertThat(read(disk, "/dir/inner").payload()).isInstanceOf(Payload.Directory.class);
        try (FileSource source = FileSource.open(disk.image());
                FileSystemReader reader = FileSystems.open(source, budget())) {
            Node second = find(reader, GuestPath.parse("/second"));
            assertThatThrownBy(() -> reader.list(second)).satisfies(code(Corrupt.class, "loop"));
        }
    }

    @Test
    void aBlockMapThatUsesABlockTwiceIsALoop() throws Exception {
        Debugfs disk = make("-t ext2 -b 1024");
        String indirect = disk.run("bmap /blocks 12", "stat /blocks").replaceAll("(?s).*\\(IND\\):(\\d+).*", "$1");
        disk.run("sif /blocks block[DIND] " + indirect, "sif /blocks size 900000");

        assertThatThrownBy(() -> digest(disk, "/blocks")).isInstanceOfSatisfying(Corrupt.class, problem -> assertThat(
                        problem.origin().toString())
                .contains("inode", "block"));
    }

    @Test
    void anUnknownFeatureIsRefusedByName() throws Exception {
        Debugfs disk = make("-t ext4");
        disk.run("ssv feature_incompat 0x800012c2");

        assertThatThrownBy(() -> read(disk, "/file"))
                .satisfies(code(Unsupported.class, "unsupported-feature"))
                .hasMessageContaining("0x80000000");
    }

    private Debugfs make(String options) {
        Path image = work.resolve("image");
        java.util.ArrayList<Object> make = new java.util.ArrayList<>(List.of(tree, image, "20M"));
        make.addAll(List.of(options.split(" ")));
        Tool.script(ExtOracleIT.class, "make-image.sh", make.toArray());
        return new Debugfs(image);
    }

    private static java.util.function.Consumer<Throwable> code(Class<? extends ImageProblem> type, String code) {
        return problem -> {
            assertThat(problem).isInstanceOf(type);
            assertThat(((ImageProblem) problem).code()).isEqualTo(code);
        };
    }

    private static Budget budget() {
        return Budget.of(Duration.ofMinutes(1));
    }

    private static Digest digest(Debugfs disk, String path) throws Exception {
        try (FileSource source = FileSource.open(disk.image());
                FileSystemReader reader = FileSystems.open(source, budget())) {
            return Listed.digest(reader, find(reader, GuestPath.parse(path)));
        }
    }

    private static Node read(Debugfs disk, String path) throws Exception {
        try (FileSource source = FileSource.open(disk.image());
                FileSystemReader reader = FileSystems.open(source, budget())) {
            return find(reader, GuestPath.parse(path));
        }
    }

    private static Node find(FileSystemReader reader, GuestPath path) throws ImageProblem {
        Node node = reader.root();
        for (GuestName name : path.names()) {
            node = reader.list(node).stream()
                    .filter(child -> child.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + path));
        }
        return node;
    }
}
