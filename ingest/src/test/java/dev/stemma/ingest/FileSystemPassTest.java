package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class FileSystemPassTest {

    private static final Origin DISK = Origin.of("disk");

    private final HeapFileSystem files = new HeapFileSystem();
    private final Budget budget = Budget.of(Duration.ofMinutes(10));
    private final ObservationLog log = new ObservationLog(DISK);
    private final Meter meter = new Meter(ProgressListener.NONE, budget, DISK);

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 2, 7})
    void entriesArriveInTheOrderOfTheWalkWithTheDigestsOfTheirContents(int threads) throws Exception {
        Random random = new Random(threads);
        long directory = HeapFileSystem.rootId();
        for (int i = 0; i < 20_000; i++) {
            if (i % 997 == 0) {
                directory = files.directory(HeapFileSystem.rootId(), "d" + random.nextInt(1_000_000));
            }
            files.file(directory, "f" + i, text("content " + i));
        }

        List<Entry> entries = run(threads);

        assertThat(entries).hasSize(20_000 + 21 + 1).isSortedAccordingTo((a, b) -> a.path()
                .compareTo(b.path()));
        assertThat(entries).allSatisfy(entry -> {
            if (entry.payload() instanceof Payload.File file) {
                String number = entry.path().name().escaped().substring(1);
                assertThat(file.digest()).contains(Digest.sha256(text("content " + number)));
            }
        });
        assertThat(log.all()).isEmpty();
    }

    @Test
    void hardLinksAndEmptyFilesAreNotReadTwiceOrAtAll() throws Exception {
        files.linked(HeapFileSystem.rootId(), text("shared"), "a", "b", "c");
        files.file(HeapFileSystem.rootId(), "empty", new byte[0]);

        List<Entry> entries = run(2);

        assertThat(files.reads).hasValue(1);
        assertThat(digest(entries, "/a")).isEqualTo(digest(entries, "/c")).contains(Digest.sha256(text("shared")));
        assertThat(digest(entries, "/empty")).contains(Digest.EMPTY);
    }

    @Test
    void aFileThatCannotBeReadCostsItselfAndAnObservation() throws Exception {
        long bad = files.file(HeapFileSystem.rootId(), "bad", text("x"));
        long worse = files.file(HeapFileSystem.rootId(), "worse", text("y"));
        files.file(HeapFileSystem.rootId(), "good", text("z"));
        files.breaks(bad, new Corrupt("bad-checksum", files.origin().within("inode 3"), "extent tree"));
        files.breaks(worse, new IndexOutOfBoundsException("a bug that only hostile bytes find"));

        List<Entry> entries = run(2);

        assertThat(digest(entries, "/bad")).isEmpty();
        assertThat(digest(entries, "/worse")).isEmpty();
        assertThat(digest(entries, "/good")).contains(Digest.sha256(text("z")));
        assertThat(log.all()).extracting(Observation::code).containsExactlyInAnyOrder("bad-checksum", "reader-failed");
        assertThat(log.all()).allMatch(seen -> seen.severity() == Observation.Severity.PARTIAL);
        assertThat(log.all())
                .filteredOn(seen -> seen.code().equals("bad-checksum"))
                .containsExactly(new Observation(
                        "bad-checksum",
                        Observation.Severity.PARTIAL,
                        "heap › inode 3",
                        "/bad: extent tree",
                        Optional.empty(),
                        "heap/1"));
    }

    @Test
    void aDirectoryThatCannotBeListedCostsWhatItHoldsAndSaysSo() throws Exception {
        long bad = files.directory(HeapFileSystem.rootId(), "bad");
        files.file(bad, "lost", text("x"));
        files.file(HeapFileSystem.rootId(), "kept", text("y"));
        files.breaks(bad, new Corrupt("loop", files.origin(), "goes around"));

        List<Entry> entries = run(1);

        assertThat(entries).extracting(entry -> entry.path().escaped()).containsExactly("/", "/bad", "/kept");
        assertThat(log.all()).extracting(Observation::message).containsExactly("/bad: goes around");
    }

    @Test
    void aRootThatCannotBeReadEndsThePass() {
        files.breaks(HeapFileSystem.rootId(), new Corrupt("bad-value", files.origin(), "no root"));
        assertThatThrownBy(() -> run(2)).isInstanceOf(Corrupt.class);
    }

    @Test
    void aHostThatCannotReadEndsTheRunAndIsNotTakenForABrokenFile() {
        for (int i = 0; i < 10_000; i++) {
            files.file(HeapFileSystem.rootId(), "f" + i, text("content"));
        }
        long gone = files.file(HeapFileSystem.rootId(), "g", text("x"));
        files.breaks(gone, new Unreadable("unreadable", files.origin(), "input/output error"));
        assertThatThrownBy(() -> run(2)).isInstanceOf(Unreadable.class);
    }

    @Test
    void aSparseFileLargerThanItsFileSystemCanExplainIsNotHashedWhoeverIsFaster() throws Exception {
        files.sparse(HeapFileSystem.rootId(), "a-hole-of-a-petabyte", 1L << 50);
        files.sparse(HeapFileSystem.rootId(), "b-hole-of-ten-mebibytes", 10 << 20);

        List<Entry> entries = run(2);

        assertThat(digest(entries, "/a-hole-of-a-petabyte")).isEmpty();
        assertThat(digest(entries, "/b-hole-of-ten-mebibytes")).contains(Digest.sha256(new byte[10 << 20]));
        assertThat(log.all()).extracting(Observation::code).containsExactly("sparse-limit");
    }

    @Test
    void cancellingEndsThePassInTheMiddleOfAFile() {
        for (int i = 0; i < 40; i++) {
            files.sparse(HeapFileSystem.rootId(), "hole" + i, 400L << 20);
        }
        files.atEachRead(budget::cancel);
        assertThatThrownBy(() -> run(2)).isInstanceOfSatisfying(OverBudget.class, e -> assertThat(e.code())
                .isEqualTo("cancelled"));
        assertThat(files.readsToTheEnd).hasValue(0);
    }

    @Test
    void aSinkThatFailsEndsThePassAndLeavesNoThreadBehind() throws InterruptedException {
        for (int i = 0; i < 30_000; i++) {
            files.file(HeapFileSystem.rootId(), "f" + i, text("content"));
        }
        assertThatThrownBy(() -> new FileSystemPass(files, budget, log, meter).run(2, entry -> {
                    throw new IOException("no space left on device");
                }))
                .isInstanceOf(IOException.class);
        // A pool has terminated an instant before its last thread has ended.
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("stemma-")) {
                assertThat(thread.join(Duration.ofMinutes(1)))
                        .as(thread.getName())
                        .isTrue();
            }
        }
    }

    @Test
    void tooManyObservationsOfAKindAreCounted() throws Exception {
        for (int i = 0; i < ObservationLog.MAX_OF_A_KIND + 50; i++) {
            long bad = files.file(HeapFileSystem.rootId(), "f" + i, text("x"));
            files.breaks(bad, new Corrupt("bad-checksum", files.origin(), "damaged"));
        }
        run(2);
        assertThat(log.all()).hasSize(ObservationLog.MAX_OF_A_KIND + 1);
        assertThat(log.all().getLast().message()).isEqualTo("and 50 more of this kind");
    }

    @Test
    void aSecondDigestComesOfTheSameReadingAndOnlyWhereItIsWanted() throws Exception {
        files.file(HeapFileSystem.rootId(), "owned", text("content"));
        files.file(HeapFileSystem.rootId(), "other", text("content"));
        Map<String, Optional<Checksum>> seconds = new TreeMap<>();
        new FileSystemPass(
                        files,
                        budget,
                        log,
                        meter,
                        KnownContents.NONE,
                        path -> path.escaped().equals("/owned") ? Optional.of(Algorithm.MD5) : Optional.empty(),
                        Optional.empty())
                .run(2, new FileSystemPass.EntrySink() {
                    @Override
                    public void accept(Entry entry) {}

                    @Override
                    public void accept(Entry entry, Node node, Optional<Checksum> second) {
                        seconds.put(entry.path().escaped(), second);
                    }
                });
        assertThat(seconds)
                .containsEntry("/owned", Optional.of(Checksum.of(Algorithm.MD5, text("content"))))
                .containsEntry("/other", Optional.empty())
                .containsEntry("/", Optional.empty());
        assertThat(files.reads).hasValue(2);
    }

    private List<Entry> run(int threads) throws ImageProblem, IOException {
        List<Entry> entries = new ArrayList<>();
        new FileSystemPass(files, budget, log, meter).run(threads, entries::add);
        return entries;
    }

    private static Optional<Digest> digest(List<Entry> entries, String path) {
        return entries.stream()
                .filter(entry -> entry.path().escaped().equals(path))
                .map(entry -> ((Payload.File) entry.payload()).digest())
                .findFirst()
                .orElseThrow();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
