package dev.stemma.ingest.reference;

import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.LongConsumer;

/**
 * Writes a stored disk as a raw file, every byte as the guest saw it, zeros as holes. What lies at the destination already may be a seed. Used by one
 * thread at a time; several write.
 */
public final class CheckOut {

    /** Zeros that may lie between a file's end and that of its last block. */
    private static final long MAX_SLACK_BYTES = (4 << 10) - 1;

    private final ContentStore store;
    private final StoreRuns stored;
    private final Budget budget;
    private final int threads;

    /** @param threads that read and write, 1 or more */
    public CheckOut(ContentStore store, Budget budget, int threads) {
        this.store = store;
        this.stored = new StoreRuns(store);
        this.budget = budget;
        this.threads = threads;
    }

    /**
     * Writes one disk. It is not forced to the medium: after a failure of power it can be written again.
     *
     * @param target a file that is not there yet; a check-out that fails removes it
     * @return bytes written that are not zeros
     * @throws java.nio.file.FileAlreadyExistsException when the target is there; it is left alone
     * @throws DamagedStoreException when the store does not hold what it promised
     */
    public long raw(ImageManifest.Disk disk, Path target) throws ImageProblem, IOException {
        return raw(disk, target, List.of()).bytesMoved();
    }

    /**
     * The same, and whatever a seed has is not read from the store. Seeds are asked in their order, and at most half a million runs of each are known.
     *
     * @param seeds raw disks that are there already
     * @throws dev.stemma.ingest.problem.Unreadable when a seed cannot be opened
     */
    public DeltaReport raw(ImageManifest.Disk disk, Path target, List<Seed> seeds) throws ImageProblem, IOException {
        return raw(disk, target, seeds, _ -> {});
    }

    /**
     * The same, told of as it goes on.
     *
     * @param told how many bytes that are not zeros came out of the store or of seeds so far, now and then and from any thread
     */
    public DeltaReport raw(ImageManifest.Disk disk, Path target, List<Seed> seeds, LongConsumer told)
            throws ImageProblem, IOException {
        List<SeedFile> open = new ArrayList<>();
        try (TargetFile file = TargetFile.create(target, budget)) {
            for (Seed seed : seeds) {
                open.add(SeedFile.open(store, seed));
            }
            Tally tally = new Tally(told);
            try (Workers workers = new Workers("stemma-check-out", threads)) {
                if (open.isEmpty()) {
                    fromStore(disk, file, tally, workers);
                } else {
                    fromSeeds(disk, file, open, tally, workers);
                }
                workers.finish();
            }
            file.setLength(disk.sizeBytes());
            file.keep();
            return tally.report();
        } finally {
            open.forEach(SeedFile::close);
        }
    }

    /**
     * Whether a file holds a disk already, as it does when a check-out was ended by a crash after the file had got its name.
     *
     * @param rules that say its format, and where files that it stands on may lie
     * @throws ImageProblem when it cannot be read
     */
    public boolean holds(ImageManifest.Disk disk, Path file, ImageRules rules) throws ImageProblem, IOException {
        try (OpenImage found = ImageOpener.open(file, rules, budget)) {
            new BackingCheck(store, found.bytes(), budget).require(disk, threads);
            return true;
        } catch (Corrupt e) {
            return false;
        }
    }

    private void fromStore(ImageManifest.Disk disk, TargetFile file, Tally tally, Workers workers)
            throws ImageProblem, IOException {
        Deque<SliceWriter> idle = new ConcurrentLinkedDeque<>();
        Batches<RunSlice> batches = new Batches<>(batch -> workers.take(() -> {
            SliceWriter found = idle.poll();
            SliceWriter writer = found == null ? new SliceWriter(stored, file) : found;
            for (RunSlice slice : batch) {
                writer.write(slice, true);
                tally.moved.add(slice.lengthBytes());
            }
            writer.end();
            tally.tell();
            idle.add(writer);
        }));
        DiskRuns runs = new DiskRuns(store, disk);
        for (Optional<RunSlice> next = runs.next(); next.isPresent(); next = runs.next()) {
            RunSlice run = next.get();
            if (run.run() instanceof DiskRun.Zeros) {
                tally.zero.add(run.lengthBytes());
                continue;
            }
            for (long at = 0; at < run.lengthBytes(); at += Batches.BYTES) {
                long length = Math.min(Batches.BYTES, run.lengthBytes() - at);
                batches.add(run.part(at, length), length);
            }
        }
        batches.finish();
    }

    private void fromSeeds(ImageManifest.Disk disk, TargetFile file, List<SeedFile> seeds, Tally tally, Workers workers)
            throws ImageProblem, IOException {
        Fragments fragments = Fragments.of(store, disk);
        Deque<SeedCopies> idle = new ConcurrentLinkedDeque<>();
        Batches<Wanted> batches = new Batches<>(batch -> workers.take(() -> {
            SeedCopies found = idle.poll();
            SeedCopies copies = found == null ? new SeedCopies(stored, seeds, file, tally) : found;
            copies.write(batch);
            tally.tell();
            idle.add(copies);
        }));
        DiskRuns runs = new DiskRuns(store, disk);
        for (Optional<RunSlice> next = runs.next(); next.isPresent(); next = runs.next()) {
            RunSlice run = next.get();
            boolean zeros = run.run() instanceof DiskRun.Zeros;
            if (zeros) {
                tally.zero.add(run.lengthBytes());
            }
            if (zeros ? run.lengthBytes() <= MAX_SLACK_BYTES : !fragments.take(run)) {
                batches.add(Wanted.of(run), run.lengthBytes());
            }
        }
        for (Wanted pieces : fragments.wanted()) {
            batches.add(pieces, pieces.lengthBytes());
        }
        batches.finish();
    }
}
