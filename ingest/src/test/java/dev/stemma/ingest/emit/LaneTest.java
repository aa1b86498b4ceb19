package dev.stemma.ingest.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final List<Integer> done = new CopyOnWriteArrayList<>();

    @Test
    void doesEverythingInOrder() {
        try (Lane lane = new Lane("test", 2)) {
            for (int i = 0; i < 100; i++) {
                int number = i;
                lane.submit(() -> done.add(number));
            }
            lane.finish();

            assertThat(done).hasSize(100).isSorted();
        }
    }

    @Test
    void afterAFailureItDoesNothingMoreAndSaysSo() {
        try (Lane lane = new Lane("test", 2)) {
            CountDownLatch go = new CountDownLatch(1);
            lane.submit(() -> {
                await(go);
                throw new IllegalStateException("no room");
            });
            CompletableFuture<Void> dropped = lane.submit(() -> done.add(1));
            go.countDown();
            dropped.join();

            assertThatThrownBy(lane::finish).hasMessage("no room");
            assertThatThrownBy(() -> lane.submit(() -> done.add(2))).hasMessage("no room");
            assertThat(done).isEmpty();
        }
    }

    @Test
    void closingWaitsForWhatIsBeingDoneAndDropsTheRest() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Lane lane = new Lane("test", 2);
        lane.submit(() -> {
            begun.countDown();
            await(go);
            done.add(1);
        });
        lane.submit(() -> done.add(2));
        await(begun);
        Thread.ofVirtual().start(() -> {
            // The lane is told to close before what it does may end.
            while (!lane.closing()) {
                Thread.onSpinWait();
            }
            go.countDown();
        });
        lane.close();

        assertThat(done).containsExactly(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
