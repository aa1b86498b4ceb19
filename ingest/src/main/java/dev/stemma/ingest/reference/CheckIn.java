package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ContentWriter;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.content.SpaceEstimate;
import dev.stemma.ingest.content.StoreWatch;
import dev.stemma.ingest.content.StoreWriter;
import dev.stemma.ingest.content.WritingTurn;
import dev.stemma.ingest.filesystem.Places;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings one image into the store while its files are read for the index, each byte once: the contents of files from the threads that digest them,
 * then disk by disk what no file owns. Nothing of it can be found before {@link #finish}; closing without that leaves garbage at most.
 */
public final class CheckIn implements AutoCloseable {

    private final ContentStore store;
    private final StoreWriter writer;
    private final Deque<ContentWriter> idle = new ConcurrentLinkedDeque<>();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private final List<ImageManifest.Disk> disks = new ArrayList<>();
    private volatile Runnable stop = () -> {};
    private long dataBytes;
    private boolean fresh;

    private CheckIn(ContentStore store, StoreWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    /** As {@link #into(ContentStore, StoreWatch)}, however long it waits. */
    public static CheckIn into(ContentStore store) throws IOException {
        return into(store, StoreWatch.NONE);
    }

    /**
     * Begins a check-in; close it. Waits while garbage is removed.
     *
     * @param watch may end the waiting
     * @throws dev.stemma.ingest.content.DamagedPackException while the store has a pack that cannot be read
     */
    public static CheckIn into(ContentStore store, StoreWatch watch) throws IOException {
        return new CheckIn(store, store.writer(watch));
    }

    /** Begins a check-in in a turn that lasts longer; close it before that. */
    public static CheckIn into(WritingTurn turn) {
        return new CheckIn(turn.store(), turn.store().writer(turn));
    }

    /**
     * To be asked before anything is read: whether the store plainly has no place for all of it.
     *
     * @throws dev.stemma.ingest.content.StoreFullException when it has none
     */
    public void requireSpace(List<ByteSource> volumes) throws ImageProblem, IOException {
        new DiskSamples(volumes).require(new SpaceEstimate(store));
    }

    /** Has somebody hear at once when the store could not take something: from then on it takes nothing, and reading on is in vain. Before the first disk. */
    public void whenFailed(Runnable stop) {
        this.stop = stop;
    }

    /** Hears how reading goes on, and may end it. */
    @FunctionalInterface
    public interface Steps {
        /**
         * Some more was read.
         *
         * @throws ImageProblem to end
         */
        void read(long lengthBytes) throws ImageProblem;
    }

    /** The files of the image's next disk, to be filled while they are read. */
    public DiskFiles disk() {
        return new DiskFiles();
    }

    /**
     * The disk's files have been read: the rest of it follows.
     *
     * @param disk as the guest sees it
     * @param steps hears of what is read, by the caller's thread
     * @throws IOException when the store could not take something, now or before
     */
    public void end(DiskFiles files, ByteSource disk, Steps steps) throws ImageProblem, IOException {
        requireNoFailure();
        ContentWriter data = borrow();
        ContentWriter manifest = borrow();
        try {
            DiskCheckIn rest = new DiskCheckIn(disk, data, manifest, steps);
            disks.add(new ImageManifest.Disk(disk.sizeBytes(), rest.run(files.runs)));
            dataBytes += rest.dataBytes();
        } finally {
            idle.add(data);
            idle.add(manifest);
        }
    }

    /** All disks have ended: makes the image durable, and gives the name of its manifest. */
    public Digest finish() throws IOException {
        requireNoFailure();
        try {
            for (ContentWriter content : idle) {
                content.finish();
            }
            writer.commit();
            ImageManifest image = new ImageManifest(disks);
            fresh = !store.roots().whole(image.name());
            return store.roots().add(image);
        } catch (IOException | RuntimeException e) {
            // What broke is not gone on with.
            failed(e);
            throw e;
        }
    }

    /** What it brought to the store so far. */
    public Added added() {
        return new Added(fresh, writer.newObjects(), writer.newBytes(), writer.storedBytes(), dataBytes);
    }

    /**
     * What a check-in brought to the store.
     *
     * @param image whether the image as a whole was not there, once it has finished
     * @param objects that were not there
     * @param bytes of those
     * @param storedBytes that they take, compressed
     * @param dataBytes that no file owns, there before or not
     */
    public record Added(boolean image, long objects, long bytes, long storedBytes, long dataBytes) {}

    /**
     * For any thread, at any time.
     *
     * @throws IOException what kept the store from taking something, if anything did
     */
    public void requireNoFailure() throws IOException {
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    /** The first failure is the one that tells. */
    private void failed(Exception e) {
        IOException failed =
                e instanceof IOException io ? io : new IOException("the store could not take a content", e);
        failure.updateAndGet(first -> first == null ? failed : first);
        stop.run();
    }

    private ContentWriter borrow() {
        ContentWriter content = idle.poll();
        if (content == null) {
            return writer.content();
        }
        // Whoever had it may have broken off.
        content.reset();
        return content;
    }

    @Override
    public void close() throws IOException {
        idle.forEach(ContentWriter::close);
        idle.clear();
        writer.close();
    }

    /** The files of one disk. Safe for use by several threads, each with a lane. */
    public final class DiskFiles {
        private final FileRuns runs = new FileRuns();

        private DiskFiles() {}

        /** A lane for one thread; close it, and another gets it. */
        public Lane lane() {
            return new Lane(this, borrow());
        }
    }

    /**
     * Takes contents of one thread, one after another. A store that cannot take them fails the check-in, and not the reading; see
     * {@link #whenFailed} and {@link #requireNoFailure}. Not thread-safe.
     */
    public final class Lane implements AutoCloseable {
        private final DiskFiles files;
        private final ContentWriter content;

        private Lane(DiskFiles files, ContentWriter content) {
            this.files = files;
            this.content = content;
        }

        /** Whether a content need not be read, since the store has it. */
        public boolean has(Digest digest) {
            return store.contains(digest);
        }

        /** Where a content lies that the store has. */
        public void place(Places places, Digest digest) {
            synchronized (files.runs) {
                files.runs.add(places, digest);
            }
        }

        /** The next content begins, whatever became of the one before. */
        public void begin() {
            content.beginDigested();
        }

        /** The next bytes of the content. */
        public void data(byte[] bytes, int lengthBytes) {
            try {
                if (failure.get() == null) {
                    content.data(bytes, 0, lengthBytes);
                }
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
        }

        /** The next stretch is zeros. */
        public void zeros(long lengthBytes) {
            try {
                if (failure.get() == null) {
                    content.zeros(lengthBytes);
                }
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
        }

        /** The content has ended; who read it has digested it. */
        public void end(Places places, Digest digest) {
            try {
                if (failure.get() == null) {
                    content.end(digest);
                    place(places, digest);
                }
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
        }

        @Override
        public void close() {
            idle.add(content);
        }
    }
}
