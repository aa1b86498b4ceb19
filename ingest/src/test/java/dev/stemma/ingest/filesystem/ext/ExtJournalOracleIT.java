package dev.stemma.ingest.filesystem.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.filesystem.Listed;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A journal is replayed in memory as e2fsck replays it on a copy, compared whole; and what cannot be replayed is refused, never read as
 * it is.
 */
class ExtJournalOracleIT {

    private static final String SIZE = "24M";
    private static final String PLAIN = "-t ext4 -b 1024 -O ^metadata_csum,^64bit";

    @TempDir
    Path work;

    @ParameterizedTest
    @CsvSource({
        "'', -t ext4 -b 1024 -O 64bit",
        "'', -t ext4 -b 4096 -O ^64bit",
        "'', -t ext3 -b 2048",
        "-c, -t ext3 -b 1024",
        "-c, -t ext4 -b 4096 -O ^metadata_csum",
        "-c -v 2, -t ext4 -b 1024 -O metadata_csum,64bit",
        "-c -v 2, '-t ext4 -b 4096 -O metadata_csum,^64bit'",
        "-c -v 3, -t ext4 -b 1024 -O metadata_csum,64bit",
        "-c -v 3, '-t ext4 -b 4096 -O metadata_csum,^64bit,inline_data,metadata_csum_seed'",
    })
    void aJournalIsReplayedAsE2fsckDoes(String journal, String mke2fs) throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, journal, mke2fs);
        byte[] before = Files.readAllBytes(image.dirty());

        replayedAsRepaired(image);

        assertThat(Arrays.equals(Files.readAllBytes(image.dirty()), before))
                .as("nothing was written")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'', 20", "'', 150", "-c, 100"})
    void transactionsGoOverTheEndOfTheRing(String journal, int before) throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, journal, PLAIN);
        image.turn(image.journalBlocks() - 1 - before);
        Files.copy(image.dirty(), image.repaired(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Tool.run(List.of("e2fsck", "-fy", image.repaired().toString()), 0, 1);

        replayedAsRepaired(image);
    }

    @ParameterizedTest
    @CsvSource({"-c, -t ext3 -b 1024", "-c -v 2, -t ext4 -b 1024", "-c -v 3, -t ext4 -b 1024"})
    void aDamagedTransactionIsCorruptAndNeverPassedOver(String journal, String mke2fs) throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, journal, mke2fs);
        long at = image.at(5, 700);
        image.put(at, ~image.number(at));

        assertThatThrownBy(() -> listing(image.dirty())).satisfies(code(Corrupt.class, "bad-checksum"));

        image.put(at, ~image.number(at));
        // In the UUID behind the first tag, which nobody reads.
        long unused = image.at(1, 28);
        image.put(unused, ~image.number(unused));

        assertThatThrownBy(() -> listing(image.dirty())).satisfies(code(Corrupt.class, "bad-checksum"));
    }

    /** Linux takes the first block that does not fit for the end of the log. */
    @ParameterizedTest
    @CsvSource({"1, 0", "1, 4", "1, 8", "1, 16", "2, 8"})
    void aLogThatBreaksOffBeforeItsEndIsCorrupt(int control, int offset) throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, "", PLAIN);
        int block = 1;
        for (int left = control; ; block++) {
            if (image.number(image.at(block, 0)) == JournalSuperblock.MAGIC && --left == 0) {
                break;
            }
        }
        image.put(image.at(block, offset), ~image.number(image.at(block, offset)));

        assertThatThrownBy(() -> listing(image.dirty())).satisfies(code(Corrupt.class, "bad-value"));
    }

    @Test
    void aLostBeginningOfTheLogIsCorrupt() throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, "", PLAIN);
        image.put(image.at(0, 0x1c), 0);

        assertThatThrownBy(() -> listing(image.dirty())).satisfies(code(Corrupt.class, "bad-value"));
    }

    @Test
    void aJournalWithoutASuperblockIsCorrupt() throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, "", PLAIN);
        image.put(image.at(0, 0), new int[256]);

        assertThatThrownBy(() -> listing(image.dirty())).satisfies(code(Corrupt.class, "bad-magic"));
    }

    @Test
    void aTransactionThatWritesOutsideOfTheFileSystemIsCorrupt() throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, "", PLAIN);
        image.put(image.at(1, 12), 0x7fff_ffff);

        assertThatThrownBy(() -> listing(image.dirty())).satisfies(code(Corrupt.class, "out-of-bounds"));
    }

    @Test
    void aRingOfDescriptorsEndsAsALoop() throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, "", PLAIN);
        for (int block = 1; block < image.journalBlocks(); block += 2) {
            // One tag, the last: the next descriptor follows after one block.
            image.put(image.at(block, 0), JournalSuperblock.MAGIC, 1, 1, 1, 8);
        }
        image.put(image.at(image.journalBlocks() - 1, 0), JournalSuperblock.MAGIC, 5, 1, 16);

        assertThatThrownBy(() -> listing(image.dirty())).satisfies(code(Corrupt.class, "loop"));
    }

    @Test
    void anUnknownFeatureOfTheJournalIsLeftToLinux() throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, "", PLAIN);
        image.put(image.at(0, 0x28), 0x1000);

        assertThatThrownBy(() -> listing(image.dirty())).satisfies(code(Unsupported.class, "unsupported-feature"));
    }

    @Test
    void fastCommitsInUseAreLeftToLinuxAndOldOnesDoNotCount() throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, "", PLAIN + " -J size=8");
        int incompat = image.number(image.at(0, 0x28));
        image.put(image.at(0, 0x28), incompat | 0x20);
        int first = image.journalBlocks() - 256 + 1;
        // A head (tag 9, 8 bytes: features, transaction), little-endian.
        image.put(image.at(first, 0), 0x09000800, 0, Integer.reverseBytes(4));
        assertThatThrownBy(() -> listing(image.dirty())).satisfies(code(Unsupported.class, "needs-recovery"));

        image.put(image.at(first, 0), 0x09000800, 0, Integer.reverseBytes(3));
        replayedAsRepaired(image);
    }

    @Test
    void aJournalOnAnotherDeviceIsLeftToLinux() throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, "", PLAIN);
        image.put(1024 + 0xe0, 0);

        assertThatThrownBy(() -> listing(image.dirty())).satisfies(code(Unsupported.class, "needs-recovery"));
    }

    @Test
    void aJournalThatIsNeededAndMissingIsCorrupt() throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, "", PLAIN);
        image.put(1024 + 0x5c, image.number(1024 + 0x5c) & ~0x04000000);

        assertThatThrownBy(() -> listing(image.dirty())).satisfies(code(Corrupt.class, "bad-value"));
    }

    @Test
    void aJournalThatNobodyAskedForIsReportedAndNotReplayed() throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, "", PLAIN);
        image.incompat(Feature.INCOMPAT_RECOVER, false);

        try (FileSource source = FileSource.open(image.dirty());
                FileSystemReader reader = FileSystems.open(source, budget())) {
            assertThat(Listed.of(reader)).containsKey("/random").doesNotContainKey("/added");
            assertThat(reader.observations())
                    .extracting(Observation::code, Observation::severity)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("journal-ignored", Observation.Severity.PARTIAL));
        }
    }

    @Test
    void anEmptyJournalChangesNothing() throws Exception {
        DirtyImage image = DirtyImage.make(work, SIZE, "", PLAIN);
        Files.copy(image.repaired(), image.dirty(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        image.incompat(Feature.INCOMPAT_RECOVER, true);

        replayedAsRepaired(image);
    }

    private static void replayedAsRepaired(DirtyImage image) throws Exception {
        SortedMap<String, Listed> replayed = listing(image.dirty());

        assertThat(replayed)
                .containsKeys("/added", "/new/link", "/new/pipe", "/dir/second")
                .doesNotContainKeys("/random", "/new/again");
        assertThat(content(replayed, "/revoked"))
                .isEqualTo(Digest.sha256("o".repeat(9_000).getBytes(StandardCharsets.US_ASCII))
                        .hex());
        byte[] rewritten = "o".repeat(9_000).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy("\u00c0;9\u0098magic".getBytes(StandardCharsets.ISO_8859_1), 0, rewritten, 0, 9);
        assertThat(content(replayed, "/rewritten"))
                .isEqualTo(Digest.sha256(rewritten).hex());
        try (FileSource source = FileSource.open(image.repaired());
                FileSystemReader reader = FileSystems.open(source, budget())) {
            assertThat(Listed.differences(Listed.of(reader), replayed)).isEmpty();
            assertThat(reader.observations()).isEmpty();
        }
    }

    private static String content(SortedMap<String, Listed> listing, String path) {
        Listed listed = listing.get(path);
        return listed == null ? "not listed" : listed.content();
    }

    private static SortedMap<String, Listed> listing(Path image) throws Exception {
        try (FileSource source = FileSource.open(image);
                FileSystemReader reader = FileSystems.open(source, budget())) {
            SortedMap<String, Listed> listing = Listed.of(reader);
            assertThat(reader.observations())
                    .extracting(Observation::code, Observation::severity)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("journal-replayed", Observation.Severity.NOTE));
            return listing;
        }
    }

    private static java.util.function.Consumer<Throwable> code(Class<? extends ImageProblem> type, String code) {
        return problem -> assertThat(problem)
                .isInstanceOfSatisfying(type, it -> assertThat(it.code()).isEqualTo(code));
    }

    private static Budget budget() {
        return Budget.of(Duration.ofMinutes(1));
    }
}
