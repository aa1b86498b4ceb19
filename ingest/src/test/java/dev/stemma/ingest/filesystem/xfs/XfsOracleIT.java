package dev.stemma.ingest.filesystem.xfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystemReaderContract;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.filesystem.TreeListing;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * XFS of many makes, filled by Linux itself in one appliance; the oracle is what GNU find, stat, getfattr and sha256sum said
 * there. Compared whole.
 */
class XfsOracleIT {

    private static final Budget BUDGET = Budget.of(Duration.ofMinutes(30));

    @TempDir
    static Path work;

    private static @Nullable FileSource source;
    private static @Nullable FileSystemReader reader;

    @BeforeAll
    static void makeImages() throws Exception {
        Tool.require("mkfs.xfs", "xfs_db", "xfs_repair", "guestfish", "setfattr", "perl");
        Path scripts = Path.of(FileSystemReaderContract.class.getResource("ext").toURI());
        Tool.script(
                XfsOracleIT.class,
                "make-images.sh",
                work,
                scripts.resolve("list-tree.sh"),
                scripts.resolve("odd-tree.sh"));
        source = FileSource.open(work.resolve("default"));
        reader = FileSystems.open(source, BUDGET);
    }

    @AfterAll
    static void close() throws Exception {
        Objects.requireNonNull(reader).close();
        Objects.requireNonNull(source).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "small", "wide", "stripes", "old", "older"})
    void whatLinuxWroteIsReadAsItSaysItself(String name) throws Exception {
        SortedMap<String, Listed> expected =
                TreeListing.read(work.resolve("lists").resolve(name));
        assertThat(expected.size()).isGreaterThan(2_000);

        try (FileSource image = FileSource.open(work.resolve(name));
                FileSystemReader xfs = FileSystems.open(image, BUDGET)) {
            assertThat(Listed.differences(expected, Listed.of(xfs))).isEmpty();
            assertThat(xfs.observations()).isEmpty();
            assertThat(xfs.facts().uuid().orElseThrow())
                    .isEqualTo(Tool.run(List.of(
                                    "blkid",
                                    "-p",
                                    "-o",
                                    "value",
                                    "-s",
                                    "UUID",
                                    work.resolve(name).toString()))
                            .strip());
        }
    }

    /** It has everything on disk but the log's last transactions: without the log it reads well, and wrong. */
    @Test
    void whatWasNotUnmountedIsLeftToLinux() throws Exception {
        try (FileSource image = FileSource.open(work.resolve("dirty"))) {
            assertThatThrownBy(() -> FileSystems.open(image, BUDGET))
                    .isInstanceOfSatisfying(Unsupported.class, problem -> {
                        assertThat(problem.code()).isEqualTo("needs-recovery");
                        assertThat(FileSystems.readableByAppliance(problem)).isTrue();
                    });
        }
        assertThat(Tool.run(List.of("xfs_repair", "-n", work.resolve("dirty").toString()), 0, 1, 2))
                .contains("log");
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Contract extends FileSystemReaderContract {
        @Override
        protected FileSystemReader reader() {
            return Objects.requireNonNull(reader);
        }
    }
}
