package dev.stemma.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.api.problem.ProblemException;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unsupported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class JobQueueTest {

    @TempDir
    private Path directory;

    private final List<String> worked = new CopyOnWriteArrayList<>();

    private final JobWork recording = (work, index, _, _) -> {
        String path = work.request().subjects().get(index);
        worked.add(path);
        if (path.endsWith("bad")) {
            throw new Unsupported("not-an-image", Origin.of(path), "is no image");
        }
        return done(path);
    };

    private static JobWork.Done done(String name) {
        return new JobWork.Done(
                new JobResult.Indexed("img-1", name, "00", "full", false, 1, 2, null, 3, 0, 4), Optional.empty());
    }

    private static JobRequest request(String... paths) {
        return new IndexRequest(List.of(paths), "full", 60, "tester");
    }

    private JobQueue start(JobWork work) throws IOException {
        return JobQueue.start(JobJournal.open(directory), work);
    }

    private static Job await(JobQueue queue, String id) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (JobQueue.Watch _ = queue.watch(id, event -> {
            if (event instanceof JobEvent.Changed changed
                    && changed.job().state().ended()) {
                ended.countDown();
            }
        })) {
            assertThat(ended.await(5, TimeUnit.MINUTES)).isTrue();
        }
        return queue.find(id).orElseThrow();
    }

    @Test
    void aBatchGoesOnAfterABadImage() throws Exception {
        try (JobQueue queue = start(recording)) {
            Job job = await(queue, queue.submit(request("/a", "/bad", "/c")).id());
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(job.items())
                    .extracting(JobItem::state)
                    .containsExactly(JobState.DONE, JobState.FAILED, JobState.DONE);
            assertThat(job.items().get(1).problem()).satisfies(problem -> {
                assertThat(problem).isNotNull();
                assertThat(problem.code()).isEqualTo("not-an-image");
                assertThat(problem.outcome()).isEqualTo("unreadable");
            });
        }
    }

    @Test
    void aDefectCostsTheItemOnlyAndTheQueueGoesOn() throws Exception {
        try (JobQueue queue = start((work, index, _, _) -> {
            if (index == 0) {
                throw new IllegalStateException("a defect");
            }
            return done(work.request().subjects().get(index));
        })) {
            Job job = await(queue, queue.submit(request("/a", "/b")).id());
            assertThat(job.items()).extracting(JobItem::state).containsExactly(JobState.FAILED, JobState.DONE);
        }
    }

    @Test
    void whatWasAcceptedButNotDoneIsDoneAfterARestartAndOnlyThat() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        JobWork stuck = (work, index, budget, _) -> {
            String path = work.request().subjects().get(index);
            worked.add(path);
            if (index == 1) {
                reached.countDown();
                while (true) {
                    budget.check(Origin.of(path));
                    Thread.onSpinWait();
                }
            }
            return done(path);
        };
        String first;
        String second;
        try (JobQueue queue = start(stuck)) {
            first = queue.submit(request("/a", "/b", "/c")).id();
            second = queue.submit(request("/d")).id();
            assertThat(reached.await(5, TimeUnit.MINUTES)).isTrue();
        }
        worked.clear();
        try (JobQueue queue = start(recording)) {
            assertThat(await(queue, first).state()).isEqualTo(JobState.DONE);
            assertThat(await(queue, second).state()).isEqualTo(JobState.DONE);
            assertThat(worked).containsExactly("/b", "/c", "/d");
        }
    }

    @Test
    void aRunningJobIsCancelledAtItsNextStepAndAQueuedOneAtOnce() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        JobWork endless = (work, index, budget, _) -> {
            reached.countDown();
            while (true) {
                budget.check(Origin.of(work.request().subjects().get(index)));
                Thread.onSpinWait();
            }
        };
        try (JobQueue queue = start(endless)) {
            String running = queue.submit(request("/a", "/b")).id();
            String queued = queue.submit(request("/c")).id();
            assertThat(reached.await(5, TimeUnit.MINUTES)).isTrue();
            assertThat(queue.cancel(queued).state()).isEqualTo(JobState.CANCELLED);
            assertThat(queue.cancel(running).state()).isEqualTo(JobState.CANCELLED);
            Job ended = await(queue, running);
            assertThat(ended.items()).extracting(JobItem::state).containsOnly(JobState.CANCELLED);
            assertThatThrownBy(() -> queue.cancel(running))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("conflict"));
        }
    }

    @Test
    void aTimeLimitEndsAnItem() throws Exception {
        JobWork endless = (work, index, budget, _) -> {
            while (true) {
                budget.check(Origin.of(work.request().subjects().get(index)));
                Thread.onSpinWait();
            }
        };
        try (JobQueue queue = start(endless)) {
            Job job = await(
                    queue,
                    queue.submit(new IndexRequest(List.of("/a"), "full", 1, "tester"))
                            .id());
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(job.items().getFirst().problem())
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo("time-limit"));
        }
    }

    @Test
    void aLineThatACrashCutOffIsDroppedAndTheRestIsKept() throws Exception {
        String id;
        try (JobQueue queue = start(recording)) {
            id = await(queue, queue.submit(request("/a")).id()).id();
        }
        Path journal = directory.resolve("journal.jsonl");
        Files.writeString(journal, "{\"event\":\"accepted\",\"job\":{\"id\":\"job-f", StandardOpenOption.APPEND);
        try (JobQueue queue = start(recording)) {
            assertThat(queue.find(id)).map(Job::state).contains(JobState.DONE);
            assertThat(queue.count()).isEqualTo(1);
        }
        assertThat(Files.readAllLines(journal)).hasSize(1);
    }

    @Test
    void listsPageFromTheLatestBackwards() throws Exception {
        try (JobQueue queue = start(recording)) {
            for (int i = 0; i < 5; i++) {
                queue.submit(request("/" + i));
                Thread.sleep(2);
            }
            List<Job> latest = queue.list(null, 2);
            List<Job> before = queue.list(latest.getLast().id(), 10);
            assertThat(latest)
                    .extracting(job -> job.request().subjects().getFirst())
                    .containsExactly("/4", "/3");
            assertThat(before)
                    .extracting(job -> job.request().subjects().getFirst())
                    .containsExactly("/2", "/1", "/0");
        }
    }

    @Test
    void requestsAreCheckedBeforeTheyAreAccepted() {
        assertThatThrownBy(() -> request("relative")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IndexRequest(List.of("/a"), "deep", 1, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IndexRequest(List.of("/a"), "full", 0, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static JobRequest checkIn(String path) {
        return new CheckInRequest(path, null, null, "why", 60, "tester", List.of(), null);
    }

    /** Waits until it may go on, and hears a cancel meanwhile. */
    private static void stay(CountDownLatch until, Budget budget, String path) throws OverBudget {
        while (until.getCount() > 0) {
            budget.check(Origin.of(path));
            Thread.onSpinWait();
        }
    }

    @Test
    void aJobDoesNotWaitForOneOfAnotherKind() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        JobWork longVerify = (work, _, budget, _) -> {
            if (work.request() instanceof VerifyRequest) {
                stay(go, budget, "the content store");
            }
            return done("x");
        };
        try (JobQueue queue = start(longVerify)) {
            String verify = queue.submit(new VerifyRequest(1, false, List.of(), 600, "tester"))
                    .id();
            String collect = queue.submit(new CollectRequest(0, 600, "tester")).id();
            assertThat(await(queue, queue.submit(request("/a")).id()).state()).isEqualTo(JobState.DONE);
            assertThat(await(queue, queue.submit(checkIn("/b")).id()).state()).isEqualTo(JobState.DONE);
            assertThat(queue.find(verify)).map(Job::state).contains(JobState.RUNNING);
            assertThat(queue.find(collect)).map(Job::state).contains(JobState.QUEUED);
            queue.cancel(verify);
            assertThat(await(queue, collect).state()).isEqualTo(JobState.DONE);
            go.countDown();
        }
    }

    @Test
    void checkInsGoOnSideBySideUpToTheWidthOfTheirLane() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(Lane.CHECK_IN.width());
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        JobWork counting = (work, _, budget, _) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            begun.countDown();
            stay(go, budget, work.request().subjects().getFirst());
            now.decrementAndGet();
            return done("x");
        };
        try (JobQueue queue = start(counting)) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 2 * Lane.CHECK_IN.width() + 1; i++) {
                ids.add(queue.submit(checkIn("/" + i)).id());
            }
            assertThat(begun.await(5, TimeUnit.MINUTES)).isTrue();
            go.countDown();
            for (String id : ids) {
                assertThat(await(queue, id).state()).isEqualTo(JobState.DONE);
            }
        }
        assertThat(Lane.CHECK_IN.width()).isGreaterThan(1);
        assertThat(most).hasValue(Lane.CHECK_IN.width());
    }

    @Test
    void oneImageIsNotWorkedOnTwiceAtTheSameTimeAndWhoWaitsForItCanBeCancelled() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        JobWork holding = (work, _, budget, _) -> {
            String path = work.request().subjects().getFirst();
            worked.add(work.request().agent() + path);
            begun.countDown();
            if (work.request() instanceof IndexRequest) {
                stay(go, budget, path);
            }
            return done(path);
        };
        try (JobQueue queue = start(holding)) {
            String first = queue.submit(request("/a")).id();
            assertThat(begun.await(5, TimeUnit.MINUTES)).isTrue();
            String same = queue.submit(checkIn("/a")).id();
            String other = queue.submit(checkIn("/b")).id();
            String given = queue.submit(checkIn("/a")).id();
            assertThat(await(queue, other).state()).isEqualTo(JobState.DONE);
            assertThat(worked).containsExactly("tester/a", "tester/b");
            assertThat(queue.cancel(given).state()).isEqualTo(JobState.CANCELLED);
            go.countDown();
            assertThat(await(queue, first).state()).isEqualTo(JobState.DONE);
            assertThat(await(queue, same).state()).isEqualTo(JobState.DONE);
            assertThat(worked).containsExactly("tester/a", "tester/b", "tester/a");
        }
    }
}
