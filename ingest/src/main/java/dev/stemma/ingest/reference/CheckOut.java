package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.DiskManifestReader;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.content.StoredContent;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Writes a stored disk as a raw file, every byte as the guest saw it, zeros as holes. Used once; one thread calls it, several write. */
public final class CheckOut {

    /** What one thread writes before it looks for more. */
    private static final long BATCH_BYTES = 4 << 20;

    private static final int BATCH_RUNS = 4_096;

    private final ContentStore store;
    private final Budget budget;
    private final int threads;

    /** @param threads that read and write, 1 or more */
    public CheckOut(ContentStore store, Budget budget, int threads) {
        this.store = store;
        this.budget = budget;
        this.threads = threads;
    }

    private record Placed(long diskBytes, DiskRun run) {}

    /**
     * Writes one disk. It is not forced to the medium: after a failure of power it can be written again.
     *
     * @param target a file that is not there yet; a check-out that fails removes it
     * @return bytes written that are not zeros
     * @throws DamagedStoreException when the store does not hold what it promised
     */
    public long raw(ImageManifest.Disk disk, Path target) throws ImageProblem, IOException {
        FileChannel made = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = made) {
            long written = write(disk, channel, Origin.of(String.valueOf(target.getFileName())));
            setLength(channel, disk.sizeBytes());
            return written;
        } catch (ImageProblem | IOException | RuntimeException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    private static void setLength(FileChannel channel, long sizeBytes) throws IOException {
        if (channel.size() < sizeBytes) {
            channel.write(ByteBuffer.allocate(1), sizeBytes - 1);
        }
    }

    private long write(ImageManifest.Disk disk, FileChannel channel, Origin origin) throws ImageProblem, IOException {
        DiskManifestReader runs = new DiskManifestReader(store, disk.manifest());
        if (runs.sizeBytes() != disk.sizeBytes()) {
            throw damaged(disk, "is of a disk of " + runs.sizeBytes() + " bytes, not " + disk.sizeBytes());
        }
        Semaphore room = new Semaphore(2 * threads);
        List<Future<Long>> batches = new ArrayList<>();
        long written = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().daemon().name("stemma-check-out-", 1).factory())) {
            try {
                List<Placed> batch = new ArrayList<>();
                long batchBytes = 0;
                long at = 0;
                for (Optional<DiskRun> run = runs.next(); run.isPresent(); run = runs.next()) {
                    if (!(run.get() instanceof DiskRun.Zeros)) {
                        batch.add(new Placed(at, run.get()));
                        batchBytes += run.get().lengthBytes();
                    }
                    at += run.get().lengthBytes();
                    if (batchBytes >= BATCH_BYTES || batch.size() >= BATCH_RUNS) {
                        submit(pool, room, batches, List.copyOf(batch), channel);
                        written += takeEnded(batches, false);
                        batch.clear();
                        batchBytes = 0;
                        budget.check(origin);
                    }
                }
                submit(pool, room, batches, List.copyOf(batch), channel);
                return written + takeEnded(batches, true);
            } finally {
                batches.forEach(rest -> rest.cancel(false));
            }
        }
    }

    private void submit(
            ExecutorService pool, Semaphore room, List<Future<Long>> batches, List<Placed> batch, FileChannel channel) {
        room.acquireUninterruptibly();
        batches.add(pool.submit(() -> {
            try {
                return write(batch, channel);
            } finally {
                room.release();
            }
        }));
    }

    /** Bytes of the batches that are done, or of all; a failure of one is the check-out's. */
    private static long takeEnded(List<Future<Long>> batches, boolean all) throws IOException {
        long bytes = 0;
        while (!batches.isEmpty() && (all || batches.getFirst().isDone())) {
            try {
                bytes += batches.removeFirst().get();
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case IOException io -> throw io;
                    case RuntimeException bad -> throw bad;
                    case null, default -> throw new IllegalStateException("a stretch could not be written", e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new java.io.InterruptedIOException("interrupted while it wrote");
            }
        }
        return bytes;
    }

    private long write(List<Placed> batch, FileChannel channel) throws IOException {
        long bytes = 0;
        for (Placed placed : batch) {
            switch (placed.run()) {
                case DiskRun.Zeros _ -> {}
                case DiskRun.Part(long length, var content, long offset) ->
                    write(content(content), offset, length, placed.diskBytes(), channel);
                case DiskRun.Data(long length, var chunk) -> {
                    StoredContent content = content(chunk);
                    if (content.sizeBytes() != length) {
                        throw new DamagedStoreException(
                                "a disk manifest wants all of a chunk that is longer: " + chunk);
                    }
                    write(content, 0, length, placed.diskBytes(), channel);
                }
            }
            bytes += placed.run().lengthBytes();
        }
        return bytes;
    }

    private StoredContent content(Digest digest) throws IOException {
        try {
            return store.content(digest);
        } catch (NoSuchFileException e) {
            throw new DamagedStoreException("the store lacks " + digest + ", which a disk manifest names", e);
        }
    }

    private static void write(StoredContent content, long offset, long length, long diskBytes, FileChannel channel)
            throws IOException {
        if (offset > content.sizeBytes() - length) {
            throw new DamagedStoreException("a disk manifest wants more of a content than there is of it");
        }
        content.read(offset, length, new StoredContent.Sink() {
            private long at = diskBytes;

            @Override
            public void data(byte[] bytes, int from, int lengthBytes) throws IOException {
                ByteBuffer rest = ByteBuffer.wrap(bytes, from, lengthBytes);
                while (rest.hasRemaining()) {
                    at += channel.write(rest, at);
                }
            }

            @Override
            public void zeros(long lengthBytes) {
                at += lengthBytes;
            }
        });
    }

    private static DamagedStoreException damaged(ImageManifest.Disk disk, String what) {
        return new DamagedStoreException("the disk manifest " + disk.manifest() + " " + what);
    }
}
