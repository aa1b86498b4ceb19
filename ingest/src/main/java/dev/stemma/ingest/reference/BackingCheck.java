package dev.stemma.ingest.reference;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.content.StoredContent;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Holds all of a disk that lies somewhere against the stored one that it should be: its size, every byte by digests, and that zeros are zeros. Bytes
 * are read from the store only where no digest tells. For one thread; several read.
 */
final class BackingCheck {

    private static final int SECTOR_BYTES = 512;

    private final ContentStore store;
    private final StoreRuns stored;
    private final ByteSource bytes;
    private final Budget budget;

    BackingCheck(ContentStore store, ByteSource bytes, Budget budget) {
        this.store = store;
        this.stored = new StoreRuns(store);
        this.bytes = bytes;
        this.budget = budget;
    }

    /** @throws Corrupt {@code backing-changed} when it is not that disk */
    void require(ImageManifest.Disk disk, int threads) throws ImageProblem, IOException {
        long size = bytes.sizeBytes();
        // A qcow2 has whole sectors.
        if (size < disk.sizeBytes() || size - disk.sizeBytes() >= SECTOR_BYTES) {
            throw changed("has " + size + " bytes, and the version that it should be has " + disk.sizeBytes());
        }
        Deque<RunCheck> idle = new ConcurrentLinkedDeque<>();
        try (Workers workers = new Workers("stemma-backing-check", threads)) {
            Batches<Wanted> batches = new Batches<>(batch -> workers.take(() -> {
                RunCheck found = idle.poll();
                RunCheck check = found == null ? new RunCheck(stored, this::read) : found;
                for (Wanted wanted : batch) {
                    require(wanted, check);
                }
                idle.add(check);
            }));
            Fragments fragments = Fragments.of(store, disk);
            DiskRuns runs = new DiskRuns(store, disk);
            for (Optional<RunSlice> next = runs.next(); next.isPresent(); next = runs.next()) {
                RunSlice run = next.get();
                if (run.run() instanceof DiskRun.Zeros) {
                    zeros(run, batches);
                } else if (!fragments.take(run)) {
                    batches.add(Wanted.of(run), run.lengthBytes());
                }
            }
            for (Wanted pieces : fragments.wanted()) {
                batches.add(pieces, pieces.lengthBytes());
            }
            batches.finish();
            workers.finish();
        }
    }

    /** What the file leaves out is zeros. */
    private void zeros(RunSlice run, Batches<Wanted> batches) throws ImageProblem, IOException {
        for (ByteSource.Extent extent : bytes.extents(run.at(), run.lengthBytes())) {
            if (!extent.hole()) {
                batches.add(
                        Wanted.of(run.part(extent.offsetBytes() - run.at(), extent.lengthBytes())),
                        extent.lengthBytes());
            }
        }
    }

    private boolean read(long at, byte[] into, int lengthBytes) throws ImageProblem {
        budget.check(bytes.origin());
        bytes.read(at, MemorySegment.ofArray(into).asSlice(0, lengthBytes));
        return true;
    }

    private void require(Wanted wanted, RunCheck check) throws ImageProblem, IOException {
        if (!check.holds(wanted)) {
            for (RunSlice piece : wanted.pieces()) {
                compare(piece);
            }
        }
    }

    private void compare(RunSlice piece) throws ImageProblem, IOException {
        Comparison comparison = new Comparison(piece.at());
        stored.read(piece, comparison);
        if (comparison.problem.isPresent()) {
            throw comparison.problem.get();
        }
    }

    /** Holds bytes of the store against those of the file, until some differ. */
    private final class Comparison implements StoredContent.Sink {
        private long at;
        private Optional<ImageProblem> problem = Optional.empty();

        Comparison(long at) {
            this.at = at;
        }

        @Override
        public void data(byte[] expected, int offset, int lengthBytes) {
            compare(Arrays.copyOfRange(expected, offset, offset + lengthBytes));
        }

        @Override
        public void zeros(long lengthBytes) {
            for (long left = lengthBytes; left > 0 && problem.isEmpty(); ) {
                int some = (int) Math.min(1 << 16, left);
                compare(new byte[some]);
                left -= some;
            }
        }

        private void compare(byte[] expected) {
            if (problem.isPresent()) {
                return;
            }
            byte[] found = new byte[expected.length];
            try {
                read(at, found, found.length);
                int differs = Arrays.mismatch(expected, found);
                if (differs >= 0) {
                    problem = Optional.of(
                            changed("differs from the version that it should be at byte " + (at + differs)));
                }
            } catch (ImageProblem e) {
                problem = Optional.of(e);
            }
            at += expected.length;
        }
    }

    private Corrupt changed(String what) {
        return new Corrupt(
                "backing-changed", bytes.origin(), what, "Check that version out again, under another name.");
    }
}
