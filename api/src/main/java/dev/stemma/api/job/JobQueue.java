package dev.stemma.api.job;

import dev.stemma.api.problem.ImageProblems;
import dev.stemma.api.problem.Problem;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.problem.ProblemException;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs, worked off in {@linkplain Lane lanes}, so that a quick one does not wait behind a long one of another kind. One path is never worked on twice at
 * the same time. A job is on disk before it is acknowledged; whatever had not ended when the service did is taken up again at the next start, without
 * the paths that were done.
 *
 * <p>Safe for use by several threads. Watchers are told in the workers' threads and must be quick.
 */
public final class JobQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);

    private final JobJournal journal;
    private final JobWork work;
    private final ConcurrentSkipListMap<String, Job> jobs = new ConcurrentSkipListMap<>();
    private final Map<Lane, BlockingQueue<String>> queues = new EnumMap<>(Lane.class);
    private final Map<String, List<Consumer<JobEvent>>> watchers = new ConcurrentHashMap<>();
    private final List<Thread> workers = new ArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private volatile boolean closing;

    /** What each job is at, by its id; guarded by {@code this}. */
    private final Map<String, Running> running = new HashMap<>();

    /** What is being worked on; guarded by {@code this}. */
    private final Set<String> busy = new HashSet<>();

    /** The path being worked on, and its cancel switch. */
    private record Running(String path, Budget budget) {}

    private JobQueue(JobJournal journal, JobWork work) {
        this.journal = journal;
        this.work = work;
        for (Lane lane : Lane.values()) {
            BlockingQueue<String> queue = new LinkedBlockingQueue<>();
            queues.put(lane, queue);
            for (int i = 0; i < lane.width(); i++) {
                workers.add(Thread.ofPlatform()
                        .name("stemma-" + lane.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + (i + 1))
                        .daemon()
                        .unstarted(() -> workOff(queue)));
            }
        }
    }

    private BlockingQueue<String> queue(JobRequest request) {
        return Objects.requireNonNull(queues.get(Lane.of(request)));
    }

    /** Takes up the jobs that the journal holds and starts working. */
    public static JobQueue start(JobJournal.Opened opened, JobWork work) {
        JobQueue queue = new JobQueue(opened.journal(), work);
        for (Job job : opened.jobs()) {
            queue.jobs.put(job.id(), job);
            if (!job.state().ended()) {
                queue.move(job.id(), JobState.QUEUED);
                queue.queue(job.request()).add(job.id());
            }
        }
        queue.workers.forEach(Thread::start);
        return queue;
    }

    /** Accepts a job; when this returns, no crash loses it. */
    public Job submit(JobRequest request) {
        Job job = Job.accepted(newId(), request, Instant.now());
        synchronized (this) {
            journal.append(new JobJournal.Line.Accepted(job));
            jobs.put(job.id(), job);
        }
        queue(request).add(job.id());
        return job;
    }

    /** The job of that id. */
    public Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /**
     * Jobs, the latest first.
     *
     * @param before only those older than this id; null for the latest
     */
    public List<Job> list(@Nullable String before, int limit) {
        var older = before == null
                ? jobs.descendingMap()
                : jobs.headMap(before, false).descendingMap();
        return older.values().stream().limit(limit).toList();
    }

    /** How many are remembered. */
    public long count() {
        return jobs.size();
    }

    /** How many have not ended. */
    public long open() {
        return jobs.values().stream().filter(job -> !job.state().ended()).count();
    }

    /**
     * Asks a job to end. One that runs ends at its next step; its state tells.
     *
     * @throws dev.stemma.api.problem.ProblemException when it has ended already
     */
    public synchronized Job cancel(String id) {
        Job job = jobs.get(id);
        if (job == null) {
            throw ProblemCode.NOT_FOUND.because("there is no job " + id, "See: stemma jobs");
        }
        if (job.state().ended()) {
            throw ProblemCode.CONFLICT.because(
                    "job " + id + " has ended already (" + job.state().word() + ")");
        }
        Job cancelled = move(id, JobState.CANCELLED);
        Running now = running.get(id);
        if (now != null) {
            now.budget().cancel();
        }
        return cancelled;
    }

    /** Tells a watcher how the job stands and then all that happens to it; close the answer to hear no more. */
    public Watch watch(String id, Consumer<JobEvent> watcher) {
        var list = watchers.computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>());
        synchronized (this) {
            list.add(watcher);
            find(id).ifPresent(job -> watcher.accept(new JobEvent.Changed(job)));
        }
        return () -> list.remove(watcher);
    }

    /** Somebody watching a job. */
    @FunctionalInterface
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private void workOff(BlockingQueue<String> queue) {
        try {
            for (String id = queue.take(); !closing; id = queue.take()) {
                runJob(id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runJob(String id) throws InterruptedException {
        synchronized (this) {
            if (required(id).state() != JobState.QUEUED) {
                return;
            }
            move(id, JobState.RUNNING);
        }
        int count = required(id).items().size();
        for (int index = 0; index < count && !closing; index++) {
            Job job = required(id);
            if (job.state() != JobState.RUNNING) {
                return;
            }
            if (!job.items().get(index).state().ended()) {
                runItem(job, index);
            }
        }
        synchronized (this) {
            if (!closing && required(id).state() == JobState.RUNNING) {
                move(id, required(id).verdict());
            }
        }
    }

    /** Waits until nobody else works on the same path; false when the job is over before. */
    private synchronized boolean begin(String id, int index, String path) throws InterruptedException {
        while (!closing && required(id).state() == JobState.RUNNING && busy.contains(path)) {
            wait();
        }
        if (closing || required(id).state() != JobState.RUNNING) {
            return false;
        }
        // The time of the limit is that of the work, not of the wait.
        Budget budget = Budget.of(Duration.ofSeconds(required(id).request().timeLimitSeconds()));
        busy.add(path);
        running.put(id, new Running(path, budget));
        put(id, index, required(id).items().get(index).in(JobState.RUNNING));
        return true;
    }

    private synchronized Budget budget(String id) {
        return Objects.requireNonNull(running.get(id)).budget();
    }

    private void runItem(Job job, int index) throws InterruptedException {
        JobItem item = job.items().get(index);
        if (!begin(job.id(), index, item.path())) {
            return;
        }
        Budget budget = budget(job.id());
        JobItem ended;
        try {
            JobWork.Done done =
                    work.run(job, index, budget, progress -> tell(job.id(), new JobEvent.Progressed(progress)));
            ended = item.done(done.result(), done.problem().orElse(null));
        } catch (ImageProblem problem) {
            boolean cancelled = problem.code().equals("cancelled");
            ended = item.ended(cancelled ? JobState.CANCELLED : JobState.FAILED, ImageProblems.problem(problem));
        } catch (ProblemException e) {
            ended = item.ended(JobState.FAILED, e.problem());
        } catch (RuntimeException | Error e) {
            LOG.error("the work on {} broke", item.path(), e);
            ended = item.ended(
                    JobState.FAILED,
                    Problem.of(ProblemCode.INTERNAL, "it broke: " + e, "The service's log has the details."));
        }
        synchronized (this) {
            running.remove(job.id());
            busy.remove(item.path());
            notifyAll();
            if (!closing) {
                put(job.id(), index, ended);
            }
        }
    }

    private Job required(String id) {
        Job job = jobs.get(id);
        if (job == null) {
            throw new IllegalStateException("no job " + id);
        }
        return job;
    }

    private synchronized Job move(String id, JobState state) {
        Instant now = Instant.now();
        journal.append(new JobJournal.Line.Moved(id, state, now));
        Job moved = required(id).in(state, now);
        jobs.put(id, moved);
        notifyAll();
        tell(id, new JobEvent.Changed(moved));
        return moved;
    }

    private synchronized void put(String id, int index, JobItem item) {
        journal.append(new JobJournal.Line.Item(id, index, item));
        Job changed = required(id).with(index, item);
        jobs.put(id, changed);
        tell(id, new JobEvent.Changed(changed));
    }

    private void tell(String id, JobEvent event) {
        List<Consumer<JobEvent>> list = watchers.get(id);
        if (list != null) {
            new ArrayList<>(list).forEach(watcher -> watcher.accept(event));
            if (event instanceof JobEvent.Changed changed
                    && changed.job().state().ended()) {
                watchers.remove(id);
            }
        }
    }

    private String newId() {
        byte[] noise = new byte[4];
        random.nextBytes(noise);
        return "job-%012x%s"
                .formatted(System.currentTimeMillis(), HexFormat.of().formatHex(noise));
    }

    /** Stops at the next step. What has not ended stays so and is taken up at the next start. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closing = true;
            running.values().forEach(now -> now.budget().cancel());
            notifyAll();
        }
        queues.forEach((lane, queue) -> queue.addAll(Collections.nCopies(lane.width(), "")));
        Instant patience = Instant.now().plusSeconds(15);
        try {
            for (Thread worker : workers) {
                worker.join(Duration.between(Instant.now(), patience));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}
