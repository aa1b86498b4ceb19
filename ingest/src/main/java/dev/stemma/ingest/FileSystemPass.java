package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.reference.CheckIn;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Walks one file system and hashes its files: one thread walks ahead, several hash, and the caller's takes the entries in
 * the order of the walk. Memory holds a fixed number of {@link Window}s.
 */
final class FileSystemPass {

    private static final int OPEN_WINDOWS = 3;

    /** The first window is small and each next one twice as large, so that hashing begins while the walk is still cold. */
    private static final int FIRST_WINDOW_ENTRIES = 64;

    private static final long WAIT_MILLIS = 100;
    private static final int MAX_HARD_LINKS = 200_000;

    /** Logical bytes that may be hashed however small a file system is, and beyond its size so many times: holes cost time too. */
    private static final long FREE_BYTES = 16L << 30;

    private static final long LOGICAL_RATIO = 4;

    private final FileSystemReader reader;
    private final Budget budget;
    private final ObservationLog log;
    private final Meter meter;
    private final BlockingQueue<Window> windows = new ArrayBlockingQueue<>(OPEN_WINDOWS);
    private final Map<Long, HashJob> hardLinks = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, HashJob> eldest) {
            return size() > MAX_HARD_LINKS;
        }
    };
    private final KnownContents known;
    private final SecondDigest second;
    private final CheckIn.@Nullable DiskFiles kept;
    private long logicalBytesLeft;
    private volatile @Nullable Throwable failure;
    private volatile boolean ended;

    /** Takes the entries of a pass, in the order of the walk. */
    interface EntrySink {
        void accept(Entry entry) throws IOException;

        /**
         * The same.
         *
         * @param node by which the reader finds the entry again
         * @param second what the content digests to, if a second digest was asked for and the content was read
         */
        default void accept(Entry entry, Node node, Optional<Checksum> second) throws IOException {
            accept(entry);
        }
    }

    /** Tells which contents are digested by a second algorithm too, as they are read anyway. Asked by another thread. */
    interface SecondDigest {
        /** For none. */
        SecondDigest NONE = _ -> Optional.empty();

        /** @param path in the file system */
        Optional<Algorithm> of(GuestPath path);
    }

    FileSystemPass(FileSystemReader reader, Budget budget, ObservationLog log, Meter meter) {
        this(reader, budget, log, meter, KnownContents.NONE, SecondDigest.NONE, Optional.empty());
    }

    /**
     * @param known contents that need not be read
     * @param kept takes the contents into the reference repository as they are read
     */
    FileSystemPass(
            FileSystemReader reader,
            Budget budget,
            ObservationLog log,
            Meter meter,
            KnownContents known,
            SecondDigest second,
            Optional<CheckIn.DiskFiles> kept) {
        this.known = known;
        this.second = second;
        this.kept = kept.orElse(null);
        this.reader = reader;
        this.budget = budget;
        this.log = log;
        this.meter = meter;
        this.logicalBytesLeft = FREE_BYTES + LOGICAL_RATIO * reader.facts().sizeBytes();
    }

    /**
     * Runs the pass.
     *
     * @param threads that hash
     * @throws ImageProblem when the root cannot be read, or the run has to end
     * @throws IOException from the sink
     */
    void run(int threads, EntrySink sink) throws ImageProblem, IOException {
        ExecutorService pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("stemma-hash-", 1).factory());
        Thread walker = Thread.ofPlatform().daemon().name("stemma-walk").start(() -> walk(pool, threads));
        try {
            for (Window window = take(); window != null; window = take()) {
                deliver(window, sink);
            }
            walker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverBudget("cancelled", reader.origin(), "interrupted");
        } finally {
            ended = true;
            pool.shutdown();
            join(walker, pool);
        }
    }

    /** Nothing reads the image any more when this returns: it may be closed. */
    private void join(Thread walker, ExecutorService pool) {
        if (walker.isAlive() || failure != null || !windows.isEmpty()) {
            meter.stop();
        }
        boolean interrupted = false;
        while (true) {
            try {
                walker.join();
                if (pool.awaitTermination(1, TimeUnit.HOURS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Window take() throws ImageProblem, InterruptedException {
        while (true) {
            Window window = windows.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            if (window != null) {
                return window.slots.isEmpty() ? null : window;
            }
            meter.tick();
            Throwable failed = failure;
            if (failed instanceof ImageProblem problem) {
                throw problem;
            }
            if (failed != null) {
                throw new IllegalStateException("the walk of " + reader.origin() + " failed", failed);
            }
        }
    }

    private void deliver(Window window, EntrySink sink) throws ImageProblem, IOException, InterruptedException {
        while (!window.await(WAIT_MILLIS)) {
            meter.tick();
        }
        for (Window.Slot slot : window.slots) {
            HashJob job = slot.job();
            sink.accept(
                    entry(slot),
                    slot.found().node(),
                    job == null ? Optional.empty() : Optional.ofNullable(job.checksum));
        }
        meter.tick();
    }

    private Entry entry(Window.Slot slot) throws ImageProblem {
        Walk.Found found = slot.found();
        Payload payload = found.node().payload();
        HashJob job = slot.job();
        if (payload instanceof Payload.File file) {
            meter.file();
            if (job != null) {
                if (job.taken) {
                    meter.takenOver(file.sizeBytes());
                }
                payload = new Payload.File(file.sizeBytes(), result(found, job));
            }
        }
        return new Entry(found.path(), found.node().attributes(), payload);
    }

    private Optional<Digest> result(Walk.Found found, HashJob job) throws ImageProblem {
        ImageProblem problem = job.problem;
        if (problem != null) {
            Walk.requireGoingOn(problem, budget, reader);
            log.add(problem, Severity.PARTIAL, reader.name(), found.path().escaped() + ": ");
        }
        return Optional.ofNullable(job.digest);
    }

    /** The walker's thread. */
    private void walk(ExecutorService pool, int threads) {
        try {
            Walk walk = new Walk(reader, budget, log);
            int room = FIRST_WINDOW_ENTRIES;
            Window window = new Window(room);
            for (Optional<Walk.Found> found = walk.next(); found.isPresent(); found = walk.next()) {
                add(window, found.get());
                if (window.full()) {
                    hand(window, pool, threads);
                    room = Math.min(2 * room, Window.MAX_ENTRIES);
                    window = new Window(room);
                }
            }
            if (!window.slots.isEmpty()) {
                hand(window, pool, threads);
            }
            put(new Window(1));
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            failure = e;
        }
    }

    private void hand(Window window, ExecutorService pool, int threads) throws ImageProblem, InterruptedException {
        window.seal();
        put(window);
        for (int i = 0; i < threads; i++) {
            pool.execute(() -> drain(window));
        }
    }

    private void put(Window window) throws ImageProblem, InterruptedException {
        while (!windows.offer(window, WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
            if (ended) {
                throw new OverBudget("cancelled", reader.origin(), "the run has ended");
            }
        }
    }

    private void drain(Window window) {
        CheckIn.DiskFiles files = kept;
        try (CheckIn.Lane lane = files == null ? null : files.lane()) {
            drain(window, new HashJob.Hasher(meter, lane));
        }
    }

    private void drain(Window window, HashJob.Hasher hasher) {
        for (HashJob job = window.take(); job != null; job = window.take()) {
            try {
                if (job.problem == null) {
                    job.run(reader, hasher, known);
                }
            } finally {
                window.done();
            }
        }
    }

    private void add(Window window, Walk.Found found) {
        Node node = found.node();
        if (!(node.payload() instanceof Payload.File file) || file.digest().isPresent()) {
            window.add(found, null, false);
            return;
        }
        if (file.sizeBytes() == 0) {
            Payload empty = new Payload.File(0, Optional.of(Digest.EMPTY));
            Node known = new Node(node.name(), node.id(), node.attributes(), empty);
            window.add(new Walk.Found(found.path(), known), null, false);
            return;
        }
        boolean linked = node.attributes().links() > 1;
        HashJob earlier = linked ? hardLinks.get(node.attributes().inode()) : null;
        if (earlier != null && earlier.sizeBytes == file.sizeBytes()) {
            window.add(found, earlier, false);
            return;
        }
        HashJob job = new HashJob(
                node,
                file.sizeBytes(),
                reader.position(node),
                second.of(found.path()).orElse(null));
        affordable(job);
        if (linked) {
            hardLinks.put(node.attributes().inode(), job);
        }
        window.add(found, job, true);
    }

    /** Asked in the order of the walk, so that the answer is the same however fast the threads are. */
    private void affordable(HashJob job) {
        if (job.sizeBytes > logicalBytesLeft) {
            job.problem = new OverBudget(
                    "sparse-limit",
                    reader.origin(),
                    "has " + job.sizeBytes + " bytes, more than the file system has room for; not hashed",
                    "It is sparse, or the file system is damaged: check it with fsck on a copy.");
        } else {
            logicalBytesLeft -= job.sizeBytes;
        }
    }
}
