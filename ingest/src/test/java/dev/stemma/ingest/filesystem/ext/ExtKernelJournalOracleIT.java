package dev.stemma.ingest.filesystem.ext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals that Linux itself wrote, up to the moment in which its machine was ended; the oracle is e2fsck on a copy. */
class ExtKernelJournalOracleIT {

    private static final Budget BUDGET = Budget.of(Duration.ofMinutes(30));

    @TempDir
    static Path work;

    @BeforeAll
    static void makeImages() {
        Tool.require("mke2fs", "e2fsck", "guestfish");
        Tool.script(ExtOracleIT.class, "kernel-journal.sh", work);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ordered", "journal", "async", "old"})
    void whatLinuxLeftIsReplayedAsE2fsckDoes(String name) throws Exception {
        try (FileSource dirty = FileSource.open(work.resolve(name));
                FileSource repaired = FileSource.open(work.resolve(name + ".repaired"));
                FileSystemReader replayed = FileSystems.open(dirty, BUDGET);
                FileSystemReader expected = FileSystems.open(repaired, BUDGET)) {
            SortedMap<String, Listed> listing = Listed.of(replayed);

            assertThat(listing)
                    .containsKeys("/dir/large", "/dir/link", "/dir/device", "/again/new", "/again/late")
                    .doesNotContainKeys("/gone", "/dir/file-8");
            assertThat(Listed.differences(Listed.of(expected), listing)).isEmpty();
            assertThat(replayed.observations()).extracting(Observation::code).containsExactly("journal-replayed");
            assertThat(replayed.facts().uuid()).isEqualTo(expected.facts().uuid());
            assertThat(expected.observations()).isEmpty();
        }
    }
}
