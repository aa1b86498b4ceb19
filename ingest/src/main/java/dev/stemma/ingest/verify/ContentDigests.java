package dev.stemma.ingest.verify;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unreadable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Digests contents, each once, on several threads, in the order in which they lie on the medium. */
final class ContentDigests {

    private final GuestFiles files;
    private final BooleanSupplier stopped;
    private final Map<Question.Content, String> digests = new ConcurrentHashMap<>();
    private final Map<Question.Content, ImageProblem> problems = new ConcurrentHashMap<>();

    private record Job(Question.Content content, GuestFiles.Found found, long position) {}

    ContentDigests(GuestFiles files, BooleanSupplier stopped) {
        this.files = files;
        this.stopped = stopped;
    }

    /**
     * @param where a path for each content
     * @return in hexadecimal; what could not be read is missing
     * @throws OverBudget when the run has to end
     */
    Map<Question.Content, String> read(Map<Question.Content, GuestPath> where, int threads) throws ImageProblem {
        List<Job> jobs = jobs(where);
        AtomicInteger next = new AtomicInteger();
        Callable<Void> work = () -> {
            ContentDigest digest = new ContentDigest(files.budget(), files.origin(), stopped);
            for (int i = next.getAndIncrement(); i < jobs.size(); i = next.getAndIncrement()) {
                read(jobs.get(i), digest);
            }
            return null;
        };
        if (threads == 1 || jobs.size() < 2) {
            run(work);
            return digests;
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("stemma-verify-", 1).factory())) {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(work));
            }
            for (Future<Void> each : running) {
                run(() -> get(each));
            }
        }
        return digests;
    }

    /** Why it could not be read. */
    String reason(Question.Content content) {
        ImageProblem problem = problems.get(content);
        return problem == null ? "was not found again" : problem.reason();
    }

    private List<Job> jobs(Map<Question.Content, GuestPath> where) throws ImageProblem {
        List<Job> jobs = new ArrayList<>(where.size());
        for (Map.Entry<Question.Content, GuestPath> one : where.entrySet()) {
            try {
                files.findLink(one.getValue())
                        .ifPresent(found -> jobs.add(
                                new Job(one.getKey(), found, found.reader().position(found.node()))));
            } catch (ImageProblem e) {
                files.budget().check(files.origin());
                problems.put(one.getKey(), e);
            }
        }
        jobs.sort(Comparator.comparingLong(Job::position));
        return jobs;
    }

    private void read(Job job, ContentDigest digest) throws ImageProblem {
        try {
            digest.begin(job.content().algorithm());
            job.found().reader().read(job.found().node(), digest);
            digests.put(job.content(), digest.end());
        } catch (ImageProblem e) {
            digest.requireRunning();
            problems.put(job.content(), e);
        } catch (RuntimeException | StackOverflowError e) {
            // A reader that trips over hostile bytes costs the file, and says so.
            problems.put(
                    job.content(), new Unreadable("reader-failed", files.origin(), "its bytes make no sense: " + e));
        }
    }

    private static Void get(Future<Void> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void run(Callable<Void> work) throws ImageProblem {
        try {
            work.call();
        } catch (ImageProblem | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverBudget("cancelled", files.origin(), "interrupted");
        } catch (Exception e) {
            throw new IllegalStateException("digesting contents failed", e);
        }
    }
}
