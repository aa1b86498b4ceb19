package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Long work on a store tells how far it is, ends when it is told to, and keeps no quick work waiting. */
@Timeout(120)
class StoreWatchTest {

    private static final Duration NO_GRACE = Duration.ofSeconds(-5);

    @TempDir
    private Path directory;

    private final List<byte[]> contents = new ArrayList<>();
    private Digest image = Digest.EMPTY;

    @BeforeEach
    void fill() throws IOException {
        Random random = new Random(77);
        for (int i = 0; i < 40; i++) {
            byte[] bytes = new byte[400_000];
            random.nextBytes(bytes);
            contents.add(bytes);
        }
        try (ContentStore store = ContentStore.open(directory)) {
            image = StoredImages.add(store, contents);
            StoredImages.add(store, contents.subList(0, 20));
        }
    }

    private static StoreWatch asking(Budget budget) {
        return _ -> {
            try {
                budget.check(Origin.of("the store"));
            } catch (OverBudget e) {
                throw new WorkEndedException(e);
            }
        };
    }

    private interface Work {
        void run(StoreWatch watch) throws IOException;
    }

    /** Ends a work at each of its steps, from the first on, until it comes to its end. */
    private void endEverywhere(Path store, Work work) throws IOException {
        int steps = 0;
        for (boolean ended = true; ended; steps++) {
            int last = steps;
            int[] step = new int[1];
            try {
                work.run(_ -> {
                    if (step[0]++ >= last) {
                        throw new WorkEndedException(new OverBudget("cancelled", Origin.of("test"), "enough"));
                    }
                });
                ended = false;
            } catch (WorkEndedException e) {
                assertThat(e.why().code()).isEqualTo("cancelled");
                assertThat(step[0])
                        .as("nothing is done after it was told to end")
                        .isEqualTo(last + 1);
            }
        }
        assertThat(steps).as("how often %s could be ended", store).isGreaterThan(2);
    }

    @Test
    void workThatIsEndedAnywhereLeavesAWholeStore() throws IOException {
        try (ContentStore store = ContentStore.open(directory)) {
            endEverywhere(directory, watch -> StoreCheck.run(store, 1, 1, watch));
            endEverywhere(directory, watch -> StoreRepair.run(store, Set.of(), watch));
            endEverywhere(directory, watch -> StoreStatistics.of(store, watch));
            endEverywhere(
                    directory, watch -> GarbageCollection.run(store, NO_GRACE, () -> present(store, image), watch));
            assertThat(StoreCheck.run(store, 1, 1).damages()).isEmpty();
            assertThat(store.roots().all()).hasSize(1);
            assertThat(GarbageCollection.run(store, NO_GRACE).packs()).isZero();
            for (byte[] bytes : contents.subList(0, 20)) {
                assertThat(store.content(Digest.sha256(bytes)).stream().readAllBytes())
                        .isEqualTo(bytes);
            }
            assertThat(store.contains(Digest.sha256(contents.getLast()))).isFalse();
        }
        try (ContentStore store = ContentStore.open(directory)) {
            assertThat(StoreCheck.run(store, 1, 1).damages()).isEmpty();
        }
    }

    private static Set<Digest> present(ContentStore store, Digest image) throws IOException {
        return store.roots().has(image) ? Set.of(image) : Set.of();
    }

    @Test
    void aCheckTellsHowFarItIsUpToAllOfIt() throws IOException {
        List<StoreWatch.Step> steps = new ArrayList<>();
        try (ContentStore store = ContentStore.open(directory)) {
            StoreCheck.run(store, 1, 1, steps::add);
            List<StoreWatch.Step> reading = steps.stream()
                    .filter(step -> step.stage().equals("reading"))
                    .toList();
            assertThat(reading).hasSizeGreaterThan(5);
            assertThat(reading).extracting(StoreWatch.Step::bytes).isSorted();
            StoreWatch.Step last = reading.getLast();
            assertThat(last.totalObjects()).isEqualTo(store.size().objects());
            assertThat(last.totalBytes()).isEqualTo(store.size().packBytes());
            assertThat(last.bytes()).isBetween(last.totalBytes() / 2, last.totalBytes());
            assertThat(last.objects()).isBetween(last.totalObjects() / 2, last.totalObjects());
            assertThat(steps).extracting(StoreWatch.Step::stage).anyMatch(stage -> stage.endsWith("2 of 2"));
        }
    }

    @Test
    void statisticsAndCheckInsDoNotWaitForACheck() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            CompletableFuture<StoreCheck.Found> check = CompletableFuture.supplyAsync(() -> {
                try {
                    return StoreCheck.run(store, 1, 1, _ -> {
                        begun.countDown();
                        await(go);
                    });
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            await(begun);
            assertThat(StoreStatistics.of(store).images()).hasSize(2);
            assertThat(StoredImages.add(store, contents.subList(5, 7))).isNotEqualTo(image);
            assertThat(check).isNotDone();
            go.countDown();
            assertThat(check.get(1, TimeUnit.MINUTES).damages()).isEmpty();
        }
    }

    @Test
    void whoWaitsForItsTurnHearsThatItIsToEnd() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            Budget collection = Budget.of(Duration.ofMinutes(5));
            Budget writing = Budget.of(Duration.ofMinutes(5));
            CompletableFuture<Void> waitsForWriter;
            CompletableFuture<Void> waitsBehind;
            try (WritingTurn _ = store.turn(StoreWatch.NONE)) {
                waitsForWriter = run(() -> GarbageCollection.run(store, NO_GRACE, Set::of, asking(collection)));
                Thread.sleep(500);
                waitsBehind = run(() -> store.turn(asking(writing)).close());
                Thread.sleep(500);
                assertThat(waitsForWriter).isNotDone();
                assertThat(waitsBehind)
                        .as("it must not overtake, or the other would wait for ever")
                        .isNotDone();
                long began = System.nanoTime();
                writing.cancel();
                assertThatThrownBy(() -> waitsBehind.get(1, TimeUnit.MINUTES))
                        .isInstanceOf(ExecutionException.class)
                        .hasRootCauseInstanceOf(OverBudget.class);
                collection.cancel();
                assertThatThrownBy(() -> waitsForWriter.get(1, TimeUnit.MINUTES))
                        .hasRootCauseInstanceOf(OverBudget.class);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
                store.turn(StoreWatch.NONE).close();
            }
            GarbageCollection.run(store, NO_GRACE);
        }
    }

    /** Two bring the same image, and one is refused: what it brought may be all that the other has. */
    @Test
    void anImageIsNotForgottenWhileAnotherMayJustHaveBroughtIt() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            WritingTurn other = store.turn(StoreWatch.NONE);
            try (WritingTurn _ = store.turn(StoreWatch.NONE)) {
                store.forget(image, () -> true);
                assertThat(store.roots().has(image)).isTrue();
                assertThat(store.forgotten()).containsExactly(image);
                other.close();
                store.forget(image, () -> false);
                assertThat(store.roots().has(image)).isTrue();
                store.forget(image, () -> true);
                assertThat(store.roots().has(image)).isFalse();
            }
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> run(Step step) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        step.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
