package dev.stemma.ingest;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.WorkEndedException;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.reference.CheckIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a run goes into the store, beside the index of it; nothing where no store was given. For the run's own thread. */
final class Keeping implements AutoCloseable {

    private final Optional<ContentStore> store;
    private final @Nullable CheckIn checkIn;
    private final Meter meter;

    private Keeping(Optional<ContentStore> store, @Nullable CheckIn checkIn, Meter meter) {
        this.store = store;
        this.checkIn = checkIn;
        this.meter = meter;
    }

    /**
     * Begins; close it.
     *
     * @throws ImageProblem when a disk of the image is missing, so that it cannot be kept whole
     */
    static Keeping of(IngestRequest request, OpenImage image, Meter meter) throws ImageProblem {
        Optional<ContentStore> store = request.store();
        if (store.isPresent() && !image.problems().isEmpty()) {
            throw image.problems().getFirst();
        }
        if (store.isEmpty()) {
            return new Keeping(store, null, meter);
        }
        CheckIn checkIn;
        try {
            checkIn = request.turn().isPresent()
                    ? CheckIn.into(request.turn().get())
                    : CheckIn.into(store.get(), _ -> requireRunning(meter));
        } catch (WorkEndedException e) {
            throw e.why();
        } catch (IOException e) {
            throw failed(e);
        }
        Keeping keeping = new Keeping(store, checkIn, meter);
        try {
            checkIn.whenFailed(meter::stop);
            checkIn.requireSpace(image.volumes());
            return keeping;
        } catch (ImageProblem | RuntimeException e) {
            try (keeping) {
                throw e;
            }
        } catch (IOException e) {
            try (keeping) {
                throw failed(e);
            }
        }
    }

    /** What the store could not take ends the run at once: nothing would come of it. */
    void requireTaken() {
        if (checkIn != null) {
            try {
                checkIn.requireNoFailure();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    private static void requireRunning(Meter meter) throws WorkEndedException {
        try {
            meter.requireRunning();
        } catch (OverBudget e) {
            throw new WorkEndedException(e);
        }
    }

    /** The files of the next disk. */
    Optional<CheckIn.DiskFiles> disk() {
        return Optional.ofNullable(checkIn).map(CheckIn::disk);
    }

    /** The files of the disk have been read: the rest of it follows. */
    void end(Optional<CheckIn.DiskFiles> files, ByteSource disk) throws ImageProblem {
        if (checkIn == null || files.isEmpty()) {
            return;
        }
        meter.enter(Stage.STORING);
        try {
            checkIn.end(files.get(), disk, bytes -> {
                meter.read(bytes);
                meter.requireRunning();
                meter.tick();
            });
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** All disks have ended, and are what they were: the image is durable. */
    Optional<IngestOutcome.Kept> finish() {
        if (checkIn == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IngestOutcome.Kept(checkIn.finish(), checkIn.added()));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** What came after failed: an image that was not there before goes again, since no version will name it. */
    void forget(Optional<IngestOutcome.Kept> kept) {
        if (store.isPresent() && kept.isPresent() && kept.get().added().image()) {
            try {
                store.get().forget(kept.get().image(), () -> true);
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    private static UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("the image could not be kept: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        if (checkIn != null) {
            try {
                checkIn.close();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }
}
