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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs, worked off one after the other by a thread of its own: an index run uses all cores by itself. A job is on disk
 * before it is acknowledged; whatever had not ended when the service did is taken up again at the next start, without the
 * paths that were done.
 *
 * <p>Safe for use by several threads. Watchers are told in the worker's thread and must be quick.
 */
public final class JobQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);

    private final JobJournal journal;
    private final JobWork work;
    private final ConcurrentSkipListMap<String, Job> jobs = new ConcurrentSkipListMap<>();
    private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private final Map<String, List<Consumer<JobEvent>>> watchers = new ConcurrentHashMap<>();
    private final Thread worker;
    private final SecureRandom random = new SecureRandom();
    private volatile boolean closing;
    private @Nullable Running running;

    /** The path being worked on; guarded by {@code this}. */
    private record Running(String id, Budget budget) {}

    private JobQueue(JobJournal journal, JobWork work) {
        this.journal = journal;
        this.work = work;
        this.worker = Thread.ofPlatform().name("stemma-jobs").daemon().unstarted(this::workOff);
    }

    /** Takes up the jobs that the journal holds and starts working. */
    public static JobQueue start(JobJournal.Opened opened, JobWork work) {
        JobQueue queue = new JobQueue(opened.journal(), work);
        for (Job job : opened.jobs()) {
            queue.jobs.put(job.id(), job);
            if (!job.state().ended()) {
                queue.move(job.id(), JobState.QUEUED);
                queue.queue.add(job.id());
            }
        }
        queue.worker.start();
        return queue;
    }

    /** Accepts a job; when this returns, no crash loses it. */
    public Job submit(JobRequest request) {
        Job job = Job.accepted(newId(), request, Instant.now());
        synchronized (this) {
            journal.append(new JobJournal.Line.Accepted(job));
            jobs.put(job.id(), job);
        }
        queue.add(job.id());
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
        if (running != null && running.id().equals(id)) {
            running.budget().cancel();
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

    private void workOff() {
        try {
            for (String id = queue.take(); !closing; id = queue.take()) {
                runJob(id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runJob(String id) {
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

    private void runItem(Job job, int index) {
        Budget budget = Budget.of(Duration.ofSeconds(job.request().timeLimitSeconds()));
        JobItem item = job.items().get(index);
        synchronized (this) {
            if (required(job.id()).state() != JobState.RUNNING) {
                return;
            }
            running = new Running(job.id(), budget);
            put(job.id(), index, item.in(JobState.RUNNING));
        }
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
            running = null;
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
            if (running != null) {
                running.budget().cancel();
            }
        }
        queue.add("");
        try {
            worker.join(Duration.ofSeconds(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}
