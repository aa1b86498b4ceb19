package dev.stemma.ingest;

import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts, times and reports one run. Hashing threads count bytes; the run's own thread does the rest and is the one that
 * the listener hears.
 */
final class Meter {

    private static final long REPORT_EVERY_NANOS = Duration.ofMillis(200).toNanos();

    private final ProgressListener listener;
    private final Budget budget;
    private final Origin origin;
    private final LongAdder bytes = new LongAdder();
    private final LongAdder takenBytes = new LongAdder();
    private final Map<Stage, Duration> stages = new EnumMap<>(Stage.class);
    private Stage stage = Stage.OPENING;
    private long stageBegan = System.nanoTime();
    private long readingBegan;
    private long reported;
    private long files;
    private long takenFiles;
    private long takenFileBytes;
    private long totalBytes;
    private volatile boolean stopped;

    Meter(ProgressListener listener, Budget budget, Origin origin) {
        this.listener = listener;
        this.budget = budget;
        this.origin = origin;
    }

    /** From any thread. */
    void read(long count) {
        bytes.add(count);
    }

    /** From any thread: so many bytes need not be read, for their digest is known. */
    void take(long count) {
        takenBytes.add(count);
    }

    /** A file, or a further name of one, has a digest that was known. */
    void takenOver(long sizeBytes) {
        takenFiles++;
        takenFileBytes += sizeBytes;
    }

    /** What was taken over so far, from a parent. */
    IngestOutcome.TakenOver takenOver(Path from) {
        return new IngestOutcome.TakenOver(from, takenFiles, takenFileBytes);
    }

    /** Forgets what was read: all of it is read again. */
    void again() {
        bytes.reset();
        takenBytes.reset();
        files = 0;
        takenFiles = 0;
        takenFileBytes = 0;
        totalBytes = 0;
    }

    /** Ends the work of other threads at their next step. */
    void stop() {
        stopped = true;
    }

    /** From any thread. */
    void requireRunning() throws OverBudget {
        if (stopped) {
            throw new OverBudget("cancelled", origin, "the run has ended");
        }
        budget.check(origin);
    }

    /** How much there is to read, as far as the file systems say. */
    void expect(long more) {
        totalBytes += more;
    }

    void file() {
        files++;
    }

    /** The next stage; the one before is over. */
    void enter(Stage next) throws ImageProblem {
        budget.check(origin);
        close(System.nanoTime());
        stage = next;
        if (next == Stage.READING) {
            readingBegan = stageBegan;
        }
        report();
    }

    private void close(long now) {
        stages.merge(stage, Duration.ofNanos(now - stageBegan), Duration::plus);
        stageBegan = now;
    }

    /** Reports when the last report is old enough, and lets the budget speak. */
    void tick() throws ImageProblem {
        if (System.nanoTime() - reported >= REPORT_EVERY_NANOS) {
            budget.check(origin);
            report();
        }
    }

    private void report() {
        reported = System.nanoTime();
        long taken = takenBytes.sum();
        long done = bytes.sum() + taken;
        long total = Math.max(done, totalBytes);
        double seconds = readingBegan == 0 ? 0 : (reported - readingBegan) / 1e9;
        long rate = seconds <= 0 ? 0 : (long) (done / seconds);
        boolean estimable = stage == Stage.READING && rate > 0 && totalBytes > 0 && seconds > 0.5;
        Optional<Duration> left =
                estimable ? Optional.of(Duration.ofMillis((total - done) * 1_000 / rate)) : Optional.empty();
        listener.progress(new Progress(stage, files, done, taken, totalBytes == 0 ? 0 : total, rate, left));
    }

    /** The run is over: time spent in each stage. */
    Map<Stage, Duration> finish() {
        close(System.nanoTime());
        report();
        return Map.copyOf(stages);
    }
}
